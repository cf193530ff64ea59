/** Escapes that stand for one character, and names. */
import { RegexSyntaxError } from './nodes.ts';
import { END, type Scanner } from './scanner.ts';

const CONTROLS: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };

const isHex = (code: number): boolean => code !== END && /[\dA-Fa-f]/.test(String.fromCodePoint(code));
const isOctal = (code: number): boolean => code >= 0x30 && code <= 0x37;
const hex = (code: number): number => Number.parseInt(String.fromCodePoint(code), 16);

/** What `\letter` stands for, the letter read already; undefined if it means something else or nothing. */
export function escapedCharacter(letter: number, scanner: Scanner): number | undefined {
  const character = String.fromCodePoint(letter);
  if (character === '0') return octal(scanner);
  if (character === 'x') return hexadecimal(scanner);
  if (character === 'u') return unicode(scanner);
  if (character === 'c') return control(scanner);
  if (Object.hasOwn(CONTROLS, character)) return CONTROLS[character];
  return /[A-Za-z1-9]/.test(character) ? undefined : letter;
}

function octal(scanner: Scanner): number {
  const first = scanner.read();
  if (!isOctal(first)) throw new RegexSyntaxError('Illegal octal escape sequence');
  let value = first - 0x30;
  if (!isOctal(scanner.peek())) return value;
  value = value * 8 + scanner.read() - 0x30;
  return first <= 0x33 && isOctal(scanner.peek()) ? value * 8 + scanner.read() - 0x30 : value;
}

function hexadecimal(scanner: Scanner): number {
  const first = scanner.read();
  if (isHex(first)) {
    const second = scanner.read();
    if (isHex(second)) return hex(first) * 16 + hex(second);
  } else if (first === 0x7b && isHex(scanner.peek())) {
    let value = 0;
    for (; isHex(scanner.peek()); value = value * 16 + hex(scanner.read())) {
      if (value > 0x10ffff) break;
    }
    if (value > 0x10ffff) throw new RegexSyntaxError('Hexadecimal codepoint is too big');
    scanner.expect('}', 'Unclosed hexadecimal escape sequence');
    return value;
  }
  throw new RegexSyntaxError('Illegal hexadecimal escape sequence');
}

function fourDigits(scanner: Scanner): number {
  let value = 0;
  for (let count = 0; count < 4; count += 1) {
    const digit = scanner.read();
    if (!isHex(digit)) throw new RegexSyntaxError('Illegal Unicode escape sequence');
    value = value * 16 + hex(digit);
  }
  return value;
}

/** Two surrogates written one after the other are one character. */
function unicode(scanner: Scanner): number {
  const high = fourDigits(scanner);
  if (high < 0xd800 || high > 0xdbff) return high;
  const before = scanner.position;
  if (scanner.read() === 0x5c && scanner.read() === 0x75) {
    const low = fourDigits(scanner);
    if (low >= 0xdc00 && low <= 0xdfff) return (high - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000;
  }
  scanner.position = before;
  return high;
}

function control(scanner: Scanner): number {
  const letter = scanner.read();
  if (letter === END) throw new RegexSyntaxError('Illegal control escape sequence');
  return letter ^ 64;
}

/** The name of a group, up to and with its `>`. */
export function groupName(scanner: Scanner): string {
  let name = '';
  for (let next = scanner.read(); next !== 0x3e; next = scanner.read()) {
    const character = next === END ? '' : String.fromCodePoint(next);
    if (!/[A-Za-z0-9]/.test(character) || (name === '' && /\d/.test(character))) {
      throw new RegexSyntaxError("named capturing group is missing trailing '>'");
    }
    name += character;
  }
  if (name === '') throw new RegexSyntaxError('capturing group name has 0 length');
  return name;
}

/** The name after `\p`: one letter, or what the braces hold. */
export function propertyName(scanner: Scanner): string {
  if (!scanner.take('{')) {
    const letter = scanner.read();
    if (letter === END) throw new RegexSyntaxError('Unknown character property name');
    return String.fromCodePoint(letter);
  }
  let name = '';
  for (let next = scanner.read(); next !== 0x7d; next = scanner.read()) {
    if (next === END) throw new RegexSyntaxError('Unclosed character family');
    name += String.fromCodePoint(next);
  }
  if (name === '') throw new RegexSyntaxError('Empty character family');
  return name;
}
