/** Numbers as Java has them: 64-bit Longs that wrap, Doubles, and the way from one to the other. */
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

/** A Double as Java 17's Double.toString writes it: `1.0`, `1.0E10`, `NaN`. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-3 && magnitude < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = '', exponent = '0'] = (wholeDigits(value) ?? exponential(value)).split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}

/** Two digits at least, which for the smallest of all are not those of JavaScript: 4.9E-324. */
function exponential(value: number): string {
  const text = value.toExponential();
  return text.includes('.') ? text : value.toExponential(1);
}

/** Whole numbers of 2^53 to 2^63 Java rounds in decimal, which at times leaves a digit more than is needed. */
function wholeDigits(value: number): string | undefined {
  const magnitude = Math.abs(value);
  if (magnitude < 2 ** 53 || magnitude >= 2 ** 63) return undefined;
  const exponent = BigInt(magnitude).toString(2).length - 1;
  const unit = 10n ** BigInt(Math.max(0, Math.floor((exponent - 54) * Math.log10(2))));
  const long = BigInt(magnitude);
  const rounded = (long / unit + (long % unit >= unit / 2n && unit > 1n ? 1n : 0n)).toString();
  const digits = rounded.replace(/0+$/, '');
  const power = rounded.length - 1 + unit.toString().length - 1;
  return `${value < 0 ? '-' : ''}${digits.slice(0, 1)}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${power}`;
}

export const numberText = (value: Numeric): string =>
  typeof value === 'bigint' ? value.toString() : doubleText(value);
