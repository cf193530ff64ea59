/** How many bytes values take in FaunaDB's store (IRValue.scala's CBOR): its limits and its costs are counted in them. */
import type { AsStored } from './keys.ts';
import { isArray, isObject, type Value } from './value.ts';

/** Of a number, or of what says how long the rest is; the bounds are signed (CBORWriter.scala's writeTypeAndInt). */
function headerLength(size: bigint | number): number {
  if (size < 24) return 1;
  if (size < 0x7f) return 2;
  if (size < 0x7fff) return 3;
  return size < 0x7fff_ffff ? 5 : 9;
}

/** Most texts are names and short, and a call of Node's takes longer than to look at those. */
const SHORT = 32;

function byteLength(text: string): number {
  const { length } = text;
  if (length > SHORT) return Buffer.byteLength(text);
  for (let at = 0; at < length; at += 1) if (text.charCodeAt(at) >= 0x80) return Buffer.byteLength(text);
  return length;
}

function textLength(text: string): number {
  const length = byteLength(text);
  return headerLength(length) + length;
}

const listLength = (values: readonly Value[], asStored: AsStored): number =>
  values.reduce<number>((total, value) => total + storedLength(value, asStored), headerLength(values.length));

/** A tag and ten bytes. */
const REF_LENGTH = 12;
/** The number of a user's index, from 32768 on, and what says that three parts follow. */
const INDEX_NUMBER = 6;
/** A scope is a number of eight bytes, but for the root's. */
const scopeLength = (scope: number): number => (scope === 0 ? 1 : 9);

/** Of an entry's key. */
export const termsLength = (scope: number, terms: readonly Value[], asStored: AsStored): number =>
  scopeLength(scope) + INDEX_NUMBER + listLength(terms, asStored);

/** With the ref at their end. */
export const valuesLength = (values: readonly Value[], asStored: AsStored): number =>
  REF_LENGTH + listLength(values, asStored);

/** What an entry's name has besides the values: two times and what happened, each with its length (CompositeType.scala). */
export const ENTRY_NAME = 29;

export function storedLength(value: Value, asStored: AsStored): number {
  if (typeof value === 'string') return textLength(value);
  if (typeof value === 'bigint') return headerLength(value < 0n ? -1n - value : value);
  if (typeof value === 'number') return 9;
  if (value === null || typeof value === 'boolean') return 1;
  if (isArray(value)) return listLength(value, asStored);
  if (isObject(value)) {
    let total = headerLength(value.size);
    for (const [name, field] of value) total += textLength(name) + storedLength(field, asStored);
    return total;
  }
  switch (value.kind) {
    case 'ref':
      return REF_LENGTH;
    case 'bytes':
      return headerLength(value.bytes.length) + value.bytes.length;
    case 'time':
      return 2 + storedLength(BigInt(value.seconds), asStored) + headerLength(value.nanos);
    case 'date':
      return 1 + storedLength(BigInt(value.days), asStored);
    case 'uuid':
      return 19;
    case 'transactionTime':
      return 2;
    case 'lambda':
      return 3 + storedLength(asStored(value), asStored);
    default:
      return storedLength(asStored(value), asStored);
  }
}
