/**
 * Sort keys for strings. FaunaDB orders strings by ICU's collation (CBOROrdering.scala), not by code point: a < B < c.
 * JavaScript compares that way but gives no keys, so the weights of the common scripts are in a table;
 * everything else sorts after them by code point. The weights are part of the on-disk format.
 */
import { COLLATION } from './collation-table.ts';

const TABLE_END = 0x250;
const IMPLICIT = 0x8000;

interface Weights {
  readonly primary: readonly number[];
  readonly secondary: number;
  readonly tertiary: number;
}

let table: (Weights | undefined)[] | undefined;

function weights(): (Weights | undefined)[] {
  if (table) return table;
  const result: (Weights | undefined)[] = [];
  let primary = 0;
  let secondary = 1;
  let tertiary = 1;
  for (const [, mark, code] of COLLATION.matchAll(/(['"=]?)([0-9a-f]+)/g)) {
    if (mark === '"') tertiary += 1;
    else if (mark === "'") {
      secondary += 1;
      tertiary = 1;
    } else if (mark === '') {
      primary += 1;
      secondary = 1;
      tertiary = 1;
    }
    result[Number.parseInt(code ?? '', 16)] = { primary: [primary], secondary, tertiary };
  }
  table = result;
  return result;
}

/** Bytes that compare as the strings do; equal only for equal strings, since the text itself ends the key. */
export function collationKey(text: string): Buffer {
  const byCode = weights();
  const primary: number[] = [];
  const secondary: number[] = [];
  const tertiary: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const weight = code < TABLE_END ? byCode[code] : undefined;
    if (weight) {
      for (const value of weight.primary) primary.push(value >> 8, value & 0xff || 1);
      secondary.push(weight.secondary + 1);
      tertiary.push(weight.tertiary + 1);
    } else if (code >= TABLE_END) {
      primary.push((IMPLICIT >> 8) + (code >> 16), (code >> 8) & 0xff, code & 0xff);
      secondary.push(2);
      tertiary.push(2);
    }
  }
  return Buffer.concat([
    Buffer.from(primary.flatMap((byte) => [byte])),
    Buffer.of(0, 0),
    Buffer.from(secondary),
    Buffer.of(0),
    Buffer.from(tertiary),
    Buffer.of(0),
    Buffer.from(text, 'utf8'),
  ]);
}
