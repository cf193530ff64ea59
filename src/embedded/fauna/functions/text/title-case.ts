/** Title case as ICU makes it: each word's first letter a capital, or what stands for one, and the rest small. */
import { upperOf } from './simple-case.ts';

const words = new Intl.Segmenter('en', { granularity: 'word' });

/** The ICU of FaunaDB (73) ends words at colons, which others from 77 on hold together. */
const AFTER_COLON = /(?<=[:\uFE55\uFF1A])/u;

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
  for (const { segment } of words.segment(withSmallSigmas(text))) {
    for (const word of segment.split(AFTER_COLON)) result += titleWord(word);
  }
  return result;
}

function titleWord(word: string): string {
  const start = word.search(FIRST);
  if (start < 0) return word;
  const first = String.fromCodePoint(word.codePointAt(start) ?? 0);
  return word.slice(0, start) + titleOf(first) + word.slice(start + first.length).toLowerCase();
}

/** Which of the two small sigmas it is depends on what is around it, beyond the word too. */
function withSmallSigmas(text: string): string {
  if (!text.includes('Σ')) return text;
  const lower = text.toLowerCase();
  let at = 0;
  return Array.from(text, (character) => {
    const length = character.toLowerCase().length;
    at += length;
    return character === 'Σ' ? lower.slice(at - length, at) : character;
  }).join('');
}

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
