/**
 * From format 3 to 4: the strings in the keys of entries get the weights that FaunaDB gives them. Up to format 3 those
 * of characters from U+0250 on were their codes, and æ, ß, ½ and their like were letters of their own. Strings of ASCII
 * keep their keys. What a key was made of is not looked up: the text ends each string's key.
 */
import type { DatabaseSync } from 'node:sqlite';
import { encodeKey } from '../values/keys.ts';

/** A position ends with a ref of so many bytes. */
const REF = 10;

/** To be run in a transaction. The entries of index 0 have no strings; most others are told apart by instr. */
export function rekeyStrings(database: DatabaseSync): void {
  database.exec(`CREATE TEMP TABLE moved (scope INTEGER, idx INTEGER, terms BLOB, position BLOB, added INTEGER,
    new_terms BLOB, new_position BLOB)`);
  const scan = database.prepare(`SELECT scope, idx, terms, position, added FROM entries
    WHERE idx <> 0 AND (instr(terms, x'30') OR instr(position, x'30') OR instr(position, x'cf'))`);
  scan.setReadBigInts(true);
  scan.setReturnArrays(true);
  const note = database.prepare('INSERT INTO moved VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const row of scan.iterate()) {
    const [scope, index, terms, position, added] = row as unknown as [bigint, bigint, Uint8Array, Uint8Array, bigint];
    const newTerms = rekeyed(terms, 0);
    const newPosition = rekeyed(position, REF);
    if (!newTerms && !newPosition) continue;
    note.run(scope, index, terms, position, added, newTerms ?? terms, newPosition ?? position);
  }
  database.exec(`
    UPDATE entries SET terms = new_terms, position = new_position FROM moved
      WHERE entries.scope = moved.scope AND entries.idx = moved.idx AND entries.terms = moved.terms
        AND entries.position = moved.position AND entries.added = moved.added;
    DROP TABLE moved;
  `);
}

const STRING = 0x30;
/** How many bytes come after each tag; of bytes and strings as many as there are before 00 00. */
const LENGTHS: ReadonlyMap<number, number> = new Map([
  [0x00, 0],
  [0x10, 17],
  [0x40, 0],
  [0x50, 0],
  [0x60, 10],
  [0x61, 12],
  [0x62, 8],
  [0x63, 0],
  [0x64, 1],
  [0x65, 16],
  [0x70, 0],
  [0x71, 0],
  [0x7f, 0],
]);

/** The key with its strings as they are now; undefined if nothing is to be changed. The last `tail` bytes are no values. */
export function rekeyed(key: Uint8Array, tail: number): Buffer | undefined {
  if (!mayChange(key)) return undefined;
  const pieces: Uint8Array[] = [];
  const end = key.length - tail;
  let copied = 0;
  for (let at = 0; at < end; ) {
    // Values in descending order are inverted; no tag has its highest bit otherwise.
    const mask = ((key[at] as number) & 0x80) === 0 ? 0 : 0xff;
    const tag = (key[at] as number) ^ mask;
    const length = LENGTHS.get(tag);
    if (length !== undefined) {
      at += 1 + length;
      continue;
    }
    const { next, ascii } = skipTerminated(key, at + 1, mask);
    // Damaged: nobody finds it by either key.
    if (next > end) return undefined;
    if (tag === STRING && !ascii) {
      const text = textOf(key.subarray(at + 1, next - 2), mask);
      pieces.push(key.subarray(copied, at), inverted(encodeKey(text), mask));
      copied = next;
    }
    at = next;
  }
  return copied === 0 ? undefined : Buffer.concat([...pieces, key.subarray(copied)]);
}

/** Whether there are two bytes as in UTF-8 beyond ASCII, or there may be an inverted string: quick. */
function mayChange(key: Uint8Array): boolean {
  const text = Buffer.from(key.buffer, key.byteOffset, key.length).toString('latin1');
  return /[\xc2-\xf4][\x80-\xbf]|\xcf/.test(text);
}

/** To behind 00 00, where 00 FF is a 00 of what is within; and whether that could be the key of a string of ASCII. */
function skipTerminated(key: Uint8Array, from: number, mask: number): { next: number; ascii: boolean } {
  let ascii = true;
  for (let at = from; at < key.length; at += 1) {
    const byte = (key[at] as number) ^ mask;
    if (byte >= 0x80) ascii = false;
    if (byte !== 0) continue;
    at += 1;
    if (key[at] === mask) return { next: at + 1, ascii };
  }
  return { next: Number.POSITIVE_INFINITY, ascii };
}

/** Of a string's key in format 3: two or three bytes a character, 00 00, bytes, 00, bytes, 00, the text. */
function textOf(escaped: Uint8Array, mask: number): string {
  const key = Buffer.alloc(escaped.length);
  let length = 0;
  for (let at = 0; at < escaped.length; at += 1) {
    key[length] = (escaped[at] as number) ^ mask;
    if (key[length] === 0) at += 1;
    length += 1;
  }
  let at = 0;
  while (at < length && (key[at] !== 0 || key[at + 1] !== 0)) at += (key[at] as number) < 0x80 ? 2 : 3;
  const secondary = key.indexOf(0, at + 2);
  const tertiary = key.indexOf(0, secondary + 1);
  return key.toString('utf8', tertiary + 1, length);
}

const inverted = (key: Buffer, mask: number): Buffer =>
  mask === 0 ? key : Buffer.from(key.map((byte) => byte ^ mask));
