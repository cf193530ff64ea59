/** How many bytes values take in FaunaDB's store (IRValue.scala's CBOR): it bounds what an index can hold. */
import type { AsStored } from './keys.ts';
import { isArray, isObject, type Value } from './value.ts';

const DOCUMENT = 12;
/** The scope and the index's number before the terms. */
const BEFORE_TERMS = 14;

export const termsLength = (terms: readonly Value[], asStored: AsStored): number =>
  BEFORE_TERMS + listLength(terms, asStored);

/** With the ref at their end. */
export const valuesLength = (values: readonly Value[], asStored: AsStored): number =>
  DOCUMENT + listLength(values, asStored);

const listLength = (values: readonly Value[], asStored: AsStored): number =>
  values.reduce<number>((total, value) => total + lengthOf(value, asStored), header(values.length));

/** Of a number, or of what says how long the rest is. */
function header(size: number): number {
  if (size < 24) return 1;
  if (size < 0x100) return 2;
  if (size < 0x1_0000) return 3;
  return size < 0x1_0000_0000 ? 5 : 9;
}

const textLength = (text: string): number => {
  const length = Buffer.byteLength(text);
  return header(length) + length;
};

function lengthOf(value: Value, asStored: AsStored): number {
  if (typeof value === 'string') return textLength(value);
  if (typeof value === 'bigint') return header(Number(value < 0n ? -1n - value : value));
  if (typeof value === 'number') return 9;
  if (value === null || typeof value === 'boolean') return 1;
  if (isArray(value)) return listLength(value, asStored);
  if (isObject(value)) {
    let total = header(value.size);
    for (const [name, field] of value) total += textLength(name) + lengthOf(field, asStored);
    return total;
  }
  switch (value.kind) {
    case 'ref':
      return DOCUMENT;
    case 'bytes':
      return header(value.bytes.length) + value.bytes.length;
    case 'time':
      return 2 + header(Math.abs(Number(value.seconds))) + header(value.nanos);
    case 'date':
      return 1 + header(Math.abs(value.days));
    case 'uuid':
      return 18;
    case 'transactionTime':
      return 2;
    default:
      return 1 + lengthOf(asStored(value), asStored);
  }
}
