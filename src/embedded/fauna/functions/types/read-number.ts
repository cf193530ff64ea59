/**
 * Reads a number as java.text.NumberFormat does in English, which is what FaunaDB's conversions use: commas between
 * digits do not count, an exponent takes a capital E, and what follows the number is ignored.
 */
import type { Numeric } from '../math/long.ts';

const NUMBER = /^(-?)([\p{Nd},]*)(?:\.(\p{Nd}*))?(?:E(-?)(\p{Nd}+))?/u;
const MAX_LONG_DIGITS = 19;
const MAX_LONG = 2n ** 63n - 1n;

/** Undefined when the text does not start with a number. */
export function readNumber(text: string): Numeric | undefined {
  if (text.startsWith('NaN')) return Number.NaN;
  if (text.startsWith('∞')) return Number.POSITIVE_INFINITY;
  if (text.startsWith('-∞')) return Number.NEGATIVE_INFINITY;
  const [, sign = '', whole = '', fraction = '', exponentSign = '', exponent = ''] = NUMBER.exec(text) ?? [];
  const integerDigits = digitsOf(whole.replaceAll(',', ''));
  const fractionDigits = digitsOf(fraction);
  if (integerDigits.length + fractionDigits.length === 0) return undefined;
  const power = exponentOf(`${exponentSign}${digitsOf(exponent)}`);
  return numberOf(sign === '-', integerDigits, fractionDigits, power);
}

const isDigit = (code: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(code));

/** Decimal digits of any script as ASCII ones: each script's stand in order from its zero. */
function digitsOf(text: string): string {
  return text.replace(/[^0-9]/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let zero = code;
    while (isDigit(zero - 1)) zero -= 1;
    return String((code - zero) % 10);
  });
}

/** As an Int; one that is no Long counts for nothing. */
function exponentOf(text: string): number {
  if (text === '' || text === '-') return 0;
  const value = BigInt(text);
  const magnitude = value < 0n ? -value : value;
  return magnitude > MAX_LONG ? 0 : Number(BigInt.asIntN(32, value));
}

/** The number 0.DIGITS times ten to `point`: a Long if it is whole and one can hold it. */
function numberOf(negative: boolean, whole: string, fraction: string, power: number): Numeric {
  const all = whole + fraction;
  const significant = all.replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  const point = (whole.length - (all.length - significant.length) + power) | 0;
  const sign = negative ? '-' : '';
  if (digits === '') return negative ? -0 : 0n;
  if (point >= digits.length && point <= MAX_LONG_DIGITS) {
    const long = BigInt(`${sign}${digits.padEnd(point, '0')}`);
    if (BigInt.asIntN(64, long) === long) return long;
  }
  return Number(`${sign}0.${digits}E${point}`);
}
