/**
 * Exponentials, logarithms and circular functions to the last digit. JavaScript's are off by one there in up to one of
 * ten cases, Java's hardly ever; so these round from twice the digits.
 */
import { add, divide, multiply, negate, type Pair, pair, twoProduct } from './double-double.ts';

const LN_2: Pair = [Math.LN2, 2.3190468138462996e-17];
const LOG10_E: Pair = [Math.LOG10E, 1.098319650216765e-17];
const HALF_PI: readonly [number, number, number] = [1.5707963267948966, 6.123233995736766e-17, -1.4973849048591833e-33];

/** 1 + x(1 + x/2(1 + x/3…)), for small x. */
function series(value: Pair, terms: number): Pair {
  let sum = pair(1);
  for (let term = terms; term > 0; term -= 1) sum = add(pair(1), divide(multiply(value, sum), pair(term)));
  return sum;
}

const HALVINGS = 8;

/** With the power of two kept apart, which may be out of a Double's range. */
function exponential(value: Pair): readonly [Pair, power: number] {
  const power = Math.round(value[0] / LN_2[0]);
  const rest = add(value, negate(multiply(LN_2, pair(power))));
  let result = series([rest[0] / 2 ** HALVINGS, rest[1] / 2 ** HALVINGS], 11);
  for (let step = 0; step < HALVINGS; step += 1) result = multiply(result, result);
  return [result, power];
}

const scaled = ([[high], power]: readonly [Pair, power: number]): number =>
  high * 2 ** Math.trunc(power / 2) * 2 ** (power - Math.trunc(power / 2));

/** Of a positive number: Newton's step from what JavaScript says. */
function logarithm(value: number): Pair {
  const power = value < 2 ** -1022 ? -1074 : Math.round(Math.log2(value));
  const mantissa = (value / 2 ** Math.trunc(power / 2)) * 2 ** -(power - Math.trunc(power / 2));
  const guess = Math.log(mantissa);
  const [inverse, shift] = exponential(pair(-guess));
  const error = add(multiply(pair(mantissa * 2 ** shift), inverse), pair(-1));
  const step = add(error, negate(multiply(error, [error[0] / 2, error[1] / 2])));
  return add(multiply(LN_2, pair(power)), add(pair(guess), step));
}

const MAX_EXPONENT = 700;

export function exp(value: number): number {
  return Math.abs(value) > MAX_EXPONENT || Number.isNaN(value) ? Math.exp(value) : scaled(exponential(pair(value)));
}

const isOrdinary = (value: number): boolean => Number.isFinite(value) && value > 0;

export const log = (value: number): number => (isOrdinary(value) ? logarithm(value)[0] : Math.log(value));

export const log10 = (value: number): number =>
  isOrdinary(value) ? multiply(logarithm(value), LOG10_E)[0] : Math.log10(value);

export function pow(base: number, exponent: number): number {
  const plain = base ** exponent;
  const magnitude = Math.abs(base);
  if (!isOrdinary(magnitude) || !Number.isFinite(exponent) || Number.isNaN(plain) || exponent === 0) return plain;
  if (Math.abs(exponent * Math.log(magnitude)) > MAX_EXPONENT) return plain;
  if (base === 10 && Number.isInteger(exponent)) return Number(`1e${exponent}`);
  // Exact, so that what lies in the middle of two Doubles is rounded to the even one.
  if (Number.isSafeInteger(base) && Number.isInteger(exponent) && exponent > 0) {
    return Number(BigInt(base) ** BigInt(exponent));
  }
  const result = scaled(exponential(multiply(logarithm(magnitude), pair(exponent))));
  return plain < 0 ? -result : result;
}

/** Beyond, a turn's digits do not reach. */
const MAX_ANGLE = 1e6;

/** Sine and cosine of the angle within its quarter, and which quarter that is. */
function circle(angle: number): readonly [sine: Pair, cosine: Pair, quarter: number] {
  const turns = Math.round(angle / HALF_PI[0]);
  const [first, second, third] = HALF_PI;
  const near = add(pair(angle), negate(twoProduct(turns, first)));
  const rest = add(add(near, negate(twoProduct(turns, second))), pair(-turns * third));
  const square = negate(multiply(rest, rest));
  let sine = pair(1);
  let cosine = pair(1);
  for (let term = 28; term > 0; term -= 2) {
    sine = add(pair(1), divide(multiply(square, sine), pair(term * (term + 1))));
    cosine = add(pair(1), divide(multiply(square, cosine), pair((term - 1) * term)));
  }
  return [multiply(rest, sine), cosine, ((turns % 4) + 4) % 4];
}

const circular =
  (plain: (angle: number) => number, of: (sine: Pair, cosine: Pair, quarter: number) => number) =>
  (angle: number): number =>
    Math.abs(angle) < MAX_ANGLE && Math.abs(angle) > 1e-8 ? of(...circle(angle)) : plain(angle);

export const sin = circular(Math.sin, (sine, cosine, quarter) => {
  const [value] = quarter % 2 === 0 ? sine : cosine;
  return quarter < 2 ? value : -value;
});

export const cos = circular(Math.cos, (sine, cosine, quarter) => {
  const [value] = quarter % 2 === 0 ? cosine : sine;
  return quarter === 0 || quarter === 3 ? value : -value;
});

export const tan = circular(Math.tan, (sine, cosine, quarter) =>
  quarter % 2 === 0 ? divide(sine, cosine)[0] : -divide(cosine, sine)[0],
);
