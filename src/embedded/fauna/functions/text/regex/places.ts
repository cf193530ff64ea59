/** Tests of a place between two characters: `^ $ \b \A \Z \z \G`. */
import { matching, UNICODE_WORD } from './characters.ts';
import type { Flags } from './flags.ts';
import type { PlaceTest } from './nodes.ts';

const LF = 0x0a;
const CR = 0x0d;
const endsLine = (unit: number): boolean =>
  unit === LF || unit === CR || unit === 0x85 || unit === 0x2028 || unit === 0x2029;

const atStart: PlaceTest = (_text, index) => index === 0;
const atEnd: PlaceTest = (text, index) => index === text.length;
const atLast: PlaceTest = (_text, index, last) => index === last;

/** After a line's end, but not after the last one, and not within \r\n. */
const atLineStart: PlaceTest = (text, index) => {
  if (index === text.length) return false;
  if (index === 0) return true;
  const before = text.charCodeAt(index - 1);
  return endsLine(before) && !(before === CR && text.charCodeAt(index) === LF);
};
const atUnixLineStart: PlaceTest = (text, index) =>
  index < text.length && (index === 0 || text.charCodeAt(index - 1) === LF);

const atLineEnd: PlaceTest = (text, index) => {
  if (index === text.length) return true;
  const next = text.charCodeAt(index);
  return endsLine(next) && !(next === LF && index > 0 && text.charCodeAt(index - 1) === CR);
};
const atUnixLineEnd: PlaceTest = (text, index) => index === text.length || text.charCodeAt(index) === LF;

/** At the end, or before the line's end that ends the text. */
const atLastLineEnd: PlaceTest = (text, index) => {
  if (index < text.length - 2) return false;
  if (index === text.length - 2 && !text.endsWith('\r\n')) return false;
  return atLineEnd(text, index, 0);
};
const atLastUnixLineEnd: PlaceTest = (text, index) =>
  index === text.length || (index === text.length - 1 && text.charCodeAt(index) === LF);

export const lineStart = (flags: Flags): PlaceTest => {
  if (!flags.multiline) return atStart;
  return flags.unixLines ? atUnixLineStart : atLineStart;
};

export const lineEnd = (flags: Flags): PlaceTest => {
  if (flags.multiline) return flags.unixLines ? atUnixLineEnd : atLineEnd;
  return flags.unixLines ? atLastUnixLineEnd : atLastLineEnd;
};

const isLetterOrDigit = matching(String.raw`[\p{L}\p{Nd}]`);
const isUnicodeWord = matching(UNICODE_WORD);
const isMark = matching(String.raw`\p{Mn}`);

const before = (text: string, index: number): number => {
  const low = text.charCodeAt(index - 1);
  if (low < 0xdc00 || low > 0xdfff) return low;
  const whole = text.codePointAt(index - 2) ?? low;
  return whole > 0xffff ? whole : low;
};

/** Whether an accent at the index sits on a letter. */
function hasBase(text: string, index: number): boolean {
  for (let place = index; place >= 0; place -= 1) {
    const code = text.codePointAt(place) ?? 0;
    if (isLetterOrDigit(code)) return true;
    if (!isMark(code)) return false;
  }
  return false;
}

/** Until Java 19 any letter or digit is of a word here, unlike in `\w`. */
const wordEdge = (flags: Flags): PlaceTest => {
  const isWord = flags.unicodeClasses ? isUnicodeWord : (code: number) => code === 0x5f || isLetterOrDigit(code);
  const inWord = (code: number, text: string, index: number): boolean =>
    isWord(code) || (isMark(code) && hasBase(text, index));
  return (text, index) => {
    const left = index > 0 && inWord(before(text, index), text, index - 1);
    const right = index < text.length && inWord(text.codePointAt(index) ?? 0, text, index);
    return left !== right;
  };
};

/** What an escaped letter says of a place; undefined for other letters. */
export function placeEscape(letter: string, flags: Flags): PlaceTest | undefined {
  switch (letter) {
    case 'A':
      return atStart;
    case 'z':
      return atEnd;
    case 'Z':
      return lineEnd({ ...flags, multiline: false });
    case 'G':
      return atLast;
    case 'b':
      return wordEdge(flags);
    case 'B': {
      const edge = wordEdge(flags);
      return (text, index, last) => !edge(text, index, last);
    }
    default:
      return undefined;
  }
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
export const graphemeEdge: PlaceTest = (text, index) =>
  index === text.length || segmenter.segment(text).containing(index)?.index === index;
export const graphemeEnd = (text: string, index: number): number => {
  const [first] = segmenter.segment(text.slice(index, index + 256));
  return index + (first?.segment.length ?? 0);
};
