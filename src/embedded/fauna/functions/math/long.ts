/** Numbers as Java has them: 64-bit Longs that wrap, Doubles, and the way from one to the other. */
import { doubleText } from '../../values/double-text.ts';

export type Numeric = bigint | number;

const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

export const wrapLong = (value: bigint): bigint => BigInt.asIntN(64, value);

/** Java's narrowing of a Double: towards zero, NaN to 0, what is too big to the nearest Long. */
export function longOf(value: number): bigint {
  if (Number.isNaN(value)) return 0n;
  if (value >= 2 ** 63) return MAX_LONG;
  if (value <= -(2 ** 63)) return MIN_LONG;
  return BigInt(Math.trunc(value));
}

/** The same to an Int, as a Double. */
export const intOf = (value: number): number =>
  Number.isNaN(value) ? 0 : Math.min(Math.max(Math.trunc(value), -(2 ** 31)), 2 ** 31 - 1);

/** Java's narrowing of a Long to an Int, which drops the upper half. */
export const intOfLong = (value: bigint): number => Number(BigInt.asIntN(32, value));

export const numberText = (value: Numeric): string =>
  typeof value === 'bigint' ? value.toString() : doubleText(value);
