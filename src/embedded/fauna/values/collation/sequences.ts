/** Sequences of characters that weigh something else than the characters do one by one (ICU's contractions). */
import { CONTRACTIONS } from './table.ts';

export interface Sequence {
  /** In UTF-16. */
  readonly length: number;
  /** What it counts as. */
  readonly codes: readonly number[];
}

/** Vowels of Thai, Lao, New Tai Lue and Tai Viet that are written before a consonant and count after it. */
const PREVOWEL = /[\u0E40-\u0E44\u0EC0-\u0EC4\u19B5-\u19B7\u19BA\uAAB5\uAAB6\uAAB9\uAABB\uAABC]/;
const SWAPPED =
  /(?:[\u0E40-\u0E44][\u0E01-\u0E2E]|[\u0EC0-\u0EC4][\u0E81\u0E82\u0E84\u0E86-\u0E8A\u0E8C-\u0EA3\u0EA5\u0EA7-\u0EAE\u0EDC-\u0EDF]|[\u19B5-\u19B7\u19BA][\u1980-\u19AB]|[\uAAB5\uAAB6\uAAB9\uAABB\uAABC][\uAA80-\uAAAF])/y;

const text = (codes: string): string => String.fromCodePoint(...numbers(codes));
const numbers = (codes: string): number[] => codes.split(' ').map((code) => Number.parseInt(code, 16));

const contractions = new Map<string, readonly number[]>();
for (const entry of CONTRACTIONS.replaceAll('\n', ' ').split(',')) {
  const [from = '', to = ''] = entry.trim().split('=');
  contractions.set(text(from), numbers(to));
}
const LONGEST = Math.max(...[...contractions.keys()].map(({ length }) => length));
const starts = new Set([...contractions.keys()].map((sequence) => sequence.codePointAt(0)));

/** Whether one may begin with the character. */
export const beginsSequence = (code: number): boolean =>
  starts.has(code) || (code >= 0x0e40 && PREVOWEL.test(String.fromCharCode(code)));

/** The longest that is at this place. */
export function sequenceAt(whole: string, at: number): Sequence | undefined {
  SWAPPED.lastIndex = at;
  if (SWAPPED.test(whole)) return { length: 2, codes: [whole.charCodeAt(at + 1), whole.charCodeAt(at)] };
  for (let length = Math.min(LONGEST, whole.length - at); length > 1; length -= 1) {
    const codes = contractions.get(whole.slice(at, at + length));
    if (codes) return { length, codes };
  }
  return undefined;
}
