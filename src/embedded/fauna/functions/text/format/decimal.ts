/** A Double's decimal digits, rounded as Formatter rounds: half up, from the digits Double.toString would show. */
import { doubleText } from '../../../values/double-text.ts';

/** The number 0.DIGITS times ten to `point`. Zero has no digits. */
export interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/** Of a number that is not negative. */
export function decimalOf(value: number): Decimal {
  const [mantissa = '', exponent = '0'] = doubleText(value).split('E');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = whole + fraction;
  const significant = all.replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  return { digits, point: digits === '' ? 1 : whole.length - (all.length - significant.length) + Number(exponent) };
}

/** With at most so many digits; none if it rounds to nothing. */
function rounded({ digits, point }: Decimal, count: number): Decimal {
  if (count >= digits.length) return { digits, point };
  if (count < 0 || digits.charAt(count) < '5') {
    return count <= 0 ? { digits: '', point } : { digits: digits.slice(0, count), point };
  }
  const up = (BigInt(digits.slice(0, count) || '0') + 1n).toString();
  return { digits: up.slice(0, Math.max(count, 1)), point: up.length > count ? point + 1 : point };
}

/** So many digits after the point. */
export function fixed(decimal: Decimal, places: number): string {
  const { digits, point } = rounded(decimal, decimal.point + places);
  const whole = point <= 0 ? '' : digits.slice(0, point).padEnd(point, '0');
  const fraction = point <= 0 ? `${'0'.repeat(Math.min(-point, places))}${digits}` : digits.slice(point);
  const shown = digits === '' ? '' : fraction;
  return `${digits === '' ? '0' : whole || '0'}${places > 0 ? `.${shown.slice(0, places).padEnd(places, '0')}` : ''}`;
}

/** One digit, so many after the point, and the exponent with its sign. */
export function scientific(decimal: Decimal, places: number): [string, string] {
  const { digits, point } = rounded(decimal, places + 1);
  const shown = digits.padEnd(places + 1, '0');
  const exponent = digits === '' ? 0 : point - 1;
  const text = `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  return [`${shown.charAt(0)}${places > 0 ? `.${shown.slice(1)}` : ''}`, text];
}

/** The exponent of the number with so many digits. */
export const roundedExponent = (decimal: Decimal, count: number): number => rounded(decimal, count).point - 1;
