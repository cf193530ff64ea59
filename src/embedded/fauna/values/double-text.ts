/** A Double as Java 17's Double.toString writes it: `1.0`, `1.0E10`, `NaN`. */
import { javaDigits } from './double-digits.ts';

export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-3 && magnitude < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  const { digits, exponent } = isOrdinary(magnitude) ? shortest(magnitude) : javaDigits(magnitude);
  return `${value < 0 ? '-' : ''}${digits.charAt(0)}.${digits.slice(1) || '0'}E${exponent}`;
}

/** What JavaScript writes is what Java writes, but for the numbers where Java stops at another digit. */
const isOrdinary = (magnitude: number): boolean =>
  magnitude >= 2 ** -1022 && magnitude < 2 ** 53 && !isPowerOfTwo(magnitude);

const words = new DataView(new ArrayBuffer(8));
function isPowerOfTwo(magnitude: number): boolean {
  words.setFloat64(0, magnitude);
  return words.getUint32(4) === 0 && (words.getUint32(0) & 0xf_ffff) === 0;
}

function shortest(magnitude: number): { digits: string; exponent: number } {
  const [mantissa = '', exponent = '0'] = magnitude.toExponential().split('e');
  return { digits: mantissa.replace('.', ''), exponent: Number(exponent) };
}
