/**
 * ASCII's part of a string's key, which is most of what is ever encoded. A character's primary weight is 00 and a number
 * from this list; the gaps are of the first format, whose keys of ASCII strings are still as they were.
 */
const CHARACTERS = '\t\n\v\f\r _-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz';

/** In the order of weights. */
export const NUMBERS: readonly number[] = [
  1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 15, 17, 19, 20, 23, 24, 25, 26, 27, 28, 31, 32, 33, 34, 35, 36, 37, 38, 40,
  47, 51, 52, 53, 55, 57, 60, 63, 64, 67, 68, 70, 71, 72, 73, 74, 75, 76, 79, 83, 86, 93, 98, 100, 105, 107, 112, 115,
  117, 122, 123, 129, 134, 136, 140, 143, 148, 156, 160, 163, 164, 165, 169,
];

/** By code; 0 for what is ignored. Letters have one for both cases. */
const BY_CODE = new Uint8Array(0x80);
for (const [index, number] of NUMBERS.entries()) {
  const character = CHARACTERS.charAt(index);
  BY_CODE[character.charCodeAt(0)] = number;
  BY_CODE[character.toUpperCase().charCodeAt(0)] = number;
}

const COMMON = 0x02;
export const UPPER = 0x03;

/**
 * As `terminated(collationKey(text))` in keys.ts after a tag, for strings of ASCII without NUL; undefined for others.
 */
export function asciiKey(tag: number, text: string): Buffer | undefined {
  const { length } = text;
  const key = Buffer.allocUnsafe(6 * length + 11);
  key[0] = tag;
  let at = 1;
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0x80 || code === 0) return undefined;
    const number = BY_CODE[code] as number;
    if (number === 0) continue;
    key[at] = 0;
    key[at + 1] = 0xff;
    key[at + 2] = number;
    at += 3;
  }
  const count = (at - 1) / 3;
  at = separator(key, separator(key, at));
  key.fill(COMMON, at, at + count);
  at = separator(key, at + count);
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    if (BY_CODE[code] === 0) continue;
    key[at] = code >= 0x41 && code <= 0x5a ? UPPER : COMMON;
    at += 1;
  }
  at = separator(key, at);
  at += key.write(text, at, 'latin1');
  key[at] = 0;
  key[at + 1] = 0;
  return key.subarray(0, at + 2);
}

function separator(key: Buffer, at: number): number {
  key[at] = 0;
  key[at + 1] = 0xff;
  return at + 2;
}
