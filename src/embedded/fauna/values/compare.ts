/** The order of all values, by their keys; the same a set has. */
import { type AsStored, encodeKey } from './keys.ts';
import type { Value } from './value.ts';

export function compareValues(a: Value, b: Value, asStored?: AsStored): number {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  if (isNumber(a) && isNumber(b)) return compareDoubles(Number(a), Number(b));
  return Buffer.compare(encodeKey(a, asStored), encodeKey(b, asStored));
}

const isNumber = (value: Value): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

/** As java.lang.Double.compare: -0.0 before 0.0, NaN last. */
export function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (Object.is(a, b)) return 0;
  if (Number.isNaN(a)) return 1;
  if (Number.isNaN(b)) return -1;
  return Object.is(a, -0) ? -1 : 1;
}
