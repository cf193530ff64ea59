/** What a person searches for, by kind; the same every time. */
import { noteOf, numbers, vocabulary } from './texts.ts';

export interface QueryClass {
  name: string;
  queries: string[];
}

const EACH = 60;

export function queryClasses(): QueryClass[] {
  const next = numbers(7);
  const word = (from: number, to: number): string => vocabulary[from + Math.floor(next() * (to - from))] ?? '';
  const some = (make: (turn: number) => string): string[] => Array.from({ length: EACH }, (_, turn) => make(turn));
  const prefix = (length: number) => (): string => {
    let found = word(0, 5_000);
    while (found.length < length) found = word(0, 5_000);
    return found.slice(0, length);
  };
  const punctuation = [
    '"',
    '*',
    'a*b',
    '(',
    'c++',
    '-x',
    'NEAR(',
    "it's",
    '12/7',
    '^a',
    ':',
    'title:',
    '"un',
    '.',
    '%_',
  ];
  return [
    { name: 'rare word', queries: some(() => `${word(15_000, 30_000)} `) },
    // Three that stand in one note together.
    {
      name: '3 words',
      queries: some((turn) =>
        noteOf(turn * 97)
          .body.split(/[^a-z]+/)
          .slice(20, 23)
          .join(' '),
      ),
    },
    { name: '1-letter prefix', queries: some(prefix(1)) },
    { name: '2-letter prefix', queries: some(prefix(2)) },
    { name: '4-letter prefix', queries: some(prefix(4)) },
    { name: 'very common word', queries: some((turn) => `${vocabulary[turn % 10]} `) },
    { name: 'punctuation', queries: some((turn) => punctuation[turn % punctuation.length] ?? '') },
  ];
}
