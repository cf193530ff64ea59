/** Sets of characters, and the case folding of Java's patterns. */
import { lowerOf, upperOf } from '../simple-case.ts';
import type { Flags } from './flags.ts';

export type CharacterTest = (code: number) => boolean;

/** What two code points have to have in common to be the same. */
export type Fold = (code: number) => number;

export const not =
  (test: CharacterTest): CharacterTest =>
  (code) =>
    !test(code);
export const union =
  (a: CharacterTest, b: CharacterTest): CharacterTest =>
  (code) =>
    a(code) || b(code);
export const intersection =
  (a: CharacterTest, b: CharacterTest): CharacterTest =>
  (code) =>
    a(code) && b(code);

/** What a JavaScript set with the u flag holds: `\p{Lu}`, `[a-z]`. */
export function matching(set: string): CharacterTest {
  const pattern = new RegExp(`^${set}$`, 'u');
  return (code) => pattern.test(String.fromCodePoint(code));
}

const isAscii = (code: number): boolean => code < 0x80;
const isUpperAscii = (code: number): boolean => code >= 0x41 && code <= 0x5a;
const isLowerAscii = (code: number): boolean => code >= 0x61 && code <= 0x7a;

const identity: Fold = (code) => code;
const foldAscii: Fold = (code) => (isUpperAscii(code) ? code + 0x20 : code);
const foldUnicode: Fold = (code) => lowerOf(upperOf(code));

/** Without the u flag only ASCII letters lose their case. */
export function foldOf(flags: Flags): Fold {
  if (!flags.ignoreCase) return identity;
  return flags.unicodeCase ? foldUnicode : foldAscii;
}

export function single(code: number, flags: Flags): CharacterTest {
  const fold = foldOf(flags);
  if (fold === identity) return (other) => other === code;
  const folded = fold(code);
  return (other) => other === code || fold(other) === folded;
}

export function range(from: number, to: number, flags: Flags): CharacterTest {
  const within: CharacterTest = (code) => code >= from && code <= to;
  if (!flags.ignoreCase) return within;
  if (flags.unicodeCase) {
    return (code) => {
      if (within(code)) return true;
      const upper = upperOf(code);
      return within(upper) || within(lowerOf(upper));
    };
  }
  return (code) =>
    within(code) ||
    (isAscii(code) && ((isLowerAscii(code) && within(code - 0x20)) || (isUpperAscii(code) && within(code + 0x20))));
}

export const isLineTerminator: CharacterTest = (code) =>
  code === 0x0a || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029;

export function anyCharacter(flags: Flags): CharacterTest {
  if (flags.dotAll) return () => true;
  return flags.unixLines ? (code) => code !== 0x0a : not(isLineTerminator);
}

const isDigit: CharacterTest = (code) => code >= 0x30 && code <= 0x39;
const isWord: CharacterTest = (code) => isDigit(code) || isUpperAscii(code) || isLowerAscii(code) || code === 0x5f;
const isSpace: CharacterTest = (code) => code === 0x20 || (code >= 0x09 && code <= 0x0d);
export const UNICODE_SPACE = String.raw`[\p{Z}\t-\r\x85]`;
export const UNICODE_WORD = String.raw`[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]`;

/** `\d \w \s \h \v`; undefined for other letters. */
export function shorthand(letter: string, flags: Flags): CharacterTest | undefined {
  const unicode = flags.unicodeClasses;
  switch (letter) {
    case 'd':
      return unicode ? matching(String.raw`\p{Nd}`) : isDigit;
    case 'w':
      return unicode ? matching(UNICODE_WORD) : isWord;
    case 's':
      return unicode ? matching(UNICODE_SPACE) : isSpace;
    case 'h':
      return matching(String.raw`[ \t\xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000]`);
    case 'v':
      return matching(String.raw`[\n-\r\x85\u2028\u2029]`);
    default:
      return undefined;
  }
}
