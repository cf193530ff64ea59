/**
 * Values as bytes whose order is FaunaDB's order of values (CBOROrdering.scala): numbers, bytes, strings, arrays,
 * objects, refs, times, dates, lambdas, UUIDs, false, true, null. Index entries are keyed by them, so that Match, Range
 * and paging are scans of a B-tree. No encoding is a prefix of another, so they can be put in a row and inverted.
 */
import { asciiKey } from './collation/ascii.ts';
import { collationKey } from './collation/key.ts';
import type { FaunaObject, Tagged, Value } from './value.ts';

const TAG = {
  end: 0x00,
  number: 0x10,
  bytes: 0x20,
  string: 0x30,
  array: 0x40,
  object: 0x50,
  ref: 0x60,
  time: 0x61,
  date: 0x62,
  lambda: 0x63,
  transactionTime: 0x64,
  uuid: 0x65,
  false: 0x70,
  true: 0x71,
  null: 0x7f,
} as const;

/** What a ref's key begins with when it is a value, and not the end of an entry's. */
export const REF_TAG = Buffer.of(TAG.ref);

const SIGN = 1n << 63n;
const MASK = (1n << 64n) - 1n;

/** Values that cannot be stored or ordered (a set's own type) use what FaunaDB makes of them: see `asStored`. */
export type AsStored = (value: Tagged) => Value;

export function encodeKey(value: Value, asStored: AsStored = refuse): Buffer {
  const parts: Buffer[] = [];
  write(value, parts, asStored);
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

/** One after the other, each possibly descending; `end` is put behind them. */
export function encodeKeys(
  values: readonly Value[],
  reverse: readonly boolean[] = [],
  asStored: AsStored = refuse,
  end?: Buffer,
): Buffer {
  const parts: Buffer[] = [];
  for (const [index, value] of values.entries()) {
    if (reverse[index]) parts.push(invert(encodeKey(value, asStored)));
    else write(value, parts, asStored);
  }
  if (end) parts.push(end);
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

/** A ref at the end of an entry's key. */
export function encodeRef(collection: number, id: bigint): Buffer {
  const key = Buffer.alloc(10);
  key.writeBigInt64BE(id, 0);
  key.writeUInt16BE(collection, 8);
  return key;
}

const refuse: AsStored = (value) => {
  throw new Error(`a ${value.kind} has no key`);
};

function invert(key: Buffer): Buffer {
  const result = Buffer.allocUnsafe(key.length);
  for (let index = 0; index < key.length; index += 1) result[index] = 0xff ^ (key[index] ?? 0);
  return result;
}

function write(value: Value, parts: Buffer[], asStored: AsStored): void {
  switch (typeof value) {
    case 'bigint':
    case 'number':
      parts.push(numberKey(value));
      return;
    case 'string':
      parts.push(asciiKey(TAG.string, value) ?? terminated(TAG.string, collationKey(value)));
      return;
    case 'boolean':
      parts.push(Buffer.of(value ? TAG.true : TAG.false));
      return;
    default:
      if (value === null) parts.push(Buffer.of(TAG.null));
      else if (Array.isArray(value)) {
        parts.push(Buffer.of(TAG.array));
        for (const element of value) write(element, parts, asStored);
        parts.push(Buffer.of(TAG.end));
      } else if (value instanceof Map) writeObject(value, parts, asStored);
      else writeTagged(value, parts, asStored);
  }
}

/** Fields sort by name first (IndexTerm.scala normalises them so). */
function writeObject(value: FaunaObject, parts: Buffer[], asStored: AsStored): void {
  parts.push(Buffer.of(TAG.object));
  for (const [name, field] of [...value].sort(([a], [b]) => (a < b ? -1 : 1))) {
    write(name, parts, asStored);
    write(field, parts, asStored);
  }
  parts.push(Buffer.of(TAG.end));
}

function writeTagged(value: Tagged, parts: Buffer[], asStored: AsStored): void {
  switch (value.kind) {
    case 'ref':
      parts.push(Buffer.of(TAG.ref), encodeRef(value.collection, value.id));
      return;
    case 'time':
      parts.push(Buffer.of(TAG.time), long(value.seconds), Buffer.from(Uint32Array.of(value.nanos).buffer).reverse());
      return;
    case 'date':
      parts.push(Buffer.of(TAG.date), long(BigInt(value.days)));
      return;
    case 'bytes':
      parts.push(terminated(TAG.bytes, value.bytes));
      return;
    case 'uuid':
      parts.push(Buffer.of(TAG.uuid), Buffer.from(value.uuid.replaceAll('-', ''), 'hex'));
      return;
    case 'action':
      write(value.action, parts, asStored);
      return;
    case 'lambda':
      parts.push(Buffer.of(TAG.lambda));
      write(value.apiVersion, parts, asStored);
      write(asStored(value), parts, asStored);
      return;
    case 'transactionTime':
      parts.push(Buffer.of(TAG.transactionTime, value.micros ? 1 : 0));
      return;
    default:
      write(asStored(value), parts, asStored);
  }
}

/** By size, Longs and Doubles mixed; equal numbers of both kinds lie side by side, the Long first. */
function numberKey(value: bigint | number): Buffer {
  const key = Buffer.allocUnsafe(18);
  key[0] = TAG.number;
  key.writeDoubleBE(Number(value), 1);
  let bits = key.readBigUInt64BE(1);
  bits = bits & SIGN ? ~bits & MASK : bits | SIGN;
  key.writeBigUInt64BE(bits, 1);
  key[9] = typeof value === 'bigint' ? 0 : 1;
  if (typeof value === 'bigint') key.writeBigUInt64BE((value + SIGN) & MASK, 10);
  else key.fill(0, 10);
  return key;
}

function long(value: bigint): Buffer {
  const key = Buffer.allocUnsafe(8);
  key.writeBigUInt64BE((value + SIGN) & MASK);
  return key;
}

/** Ends with 00; a 00 inside becomes 00 FF, so that a prefix sorts first and nothing is a prefix. */
function terminated(tag: number, raw: Uint8Array): Buffer {
  const key = Buffer.allocUnsafe(2 * raw.length + 3);
  key[0] = tag;
  let end = 1;
  for (let at = 0; at < raw.length; at += 1) {
    const byte = raw[at] as number;
    key[end] = byte;
    end += 1;
    if (byte !== 0) continue;
    key[end] = 0xff;
    end += 1;
  }
  key[end] = 0;
  key[end + 1] = 0;
  return key.subarray(0, end + 2);
}
