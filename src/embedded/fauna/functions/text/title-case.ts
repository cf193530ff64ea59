/** Title case as ICU makes it: each word's first letter a capital, or what stands for one, and the rest small. */
import { upperOf } from './simple-case.ts';

const words = new Intl.Segmenter('en', { granularity: 'word' });

/** Where a word's letters start: at a letter that is no modifier, a number or a symbol. */
const FIRST = /[\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{N}\p{S}\p{Co}]|(?=\p{Lm})[\p{Cased}]/u;
const DIGRAPHS = new Map([
  ['Ǆ', 'ǅ'],
  ['Ǉ', 'ǈ'],
  ['Ǌ', 'ǋ'],
  ['Ǳ', 'ǲ'],
]);

export function titleCase(text: string): string {
  let result = '';
  for (const { segment } of words.segment(text)) {
    const start = segment.search(FIRST);
    if (start < 0) result += segment;
    else {
      const first = String.fromCodePoint(segment.codePointAt(start) ?? 0);
      result += segment.slice(0, start) + titleOf(first) + lowerAfter(first, segment.slice(start + first.length));
    }
  }
  return result;
}

/** In small letters, of which a last sigma is another one after a letter. */
const lowerAfter = (first: string, rest: string): string =>
  `${first}${rest}`.toLowerCase().slice(first.toLowerCase().length);

function titleOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // Georgian has capitals, but not for this.
  if (code >= 0x10d0 && code <= 0x10ff) return character;
  const upper = character.toUpperCase();
  const digraph = DIGRAPHS.get(upper);
  if (digraph) return digraph;
  if (upper.length === 1 || character.length > 1 || character === 'ŉ') return upper;
  // Iota stays below its letter; ß and ﬁ come apart with only their first letter a capital.
  if (code >= 0x1f80 && code <= 0x1fff && upper.endsWith('Ι')) {
    const simple = String.fromCodePoint(upperOf(code));
    return simple !== character || /\p{Lt}/u.test(character) ? simple : `${upper.slice(0, -1)}\u0345`;
  }
  return upper.charAt(0) + upper.slice(1).toLowerCase();
}
