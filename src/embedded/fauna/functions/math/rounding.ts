/** Functions of one number that keep its type: a Long gives a Long, a Double a Double. */
import { integer, number } from '../../language/casts.ts';
import { defineFunction, optional } from '../../language/define.ts';
import type { Form } from '../../language/form.ts';
import { intOf, longOf, type Numeric, wrapLong } from './long.ts';
import { pow } from './precise.ts';

const keeping = (key: string, long: (value: bigint) => bigint, double: (value: number) => number): Form =>
  defineFunction({
    parameters: { [key]: number },
    effect: 'pure',
    evaluate: (args) => {
      const value = args[key] ?? 0n;
      return typeof value === 'bigint' ? wrapLong(long(value)) : double(value);
    },
  });

const same = (value: bigint): bigint => value;

/** FaunaDB's round and trunc differ only in the half they add. They overflow where its Longs and Ints do. */
function cut(value: Numeric, precision: bigint | undefined, half: 0 | 0.5): Numeric {
  const places = precision ?? 2n;
  if (typeof value === 'bigint')
    return precision === undefined || places > 0n ? value : cutLeft(Number(value), places, half);
  if (places <= 0n) {
    const scale = pow(10, Number(places));
    const cutOff = Number(longOf(value * scale + half)) / scale;
    return half === 0 ? cutOff : Number(longOf(cutOff));
  }
  // The part before the point is kept aside, so that only the fraction has to fit.
  const scale = intOf(pow(10, Number(places)));
  const whole = Number(longOf(value));
  const fraction = half === 0 ? value - whole : value - whole + half / scale;
  return whole + Number(longOf(fraction * scale)) / scale;
}

function cutLeft(value: number, places: bigint, half: 0 | 0.5): bigint {
  const scale = pow(10, Number(places));
  return longOf(Number(longOf(value * scale + half)) / scale);
}

const cutting = (key: string, half: 0 | 0.5): Form =>
  defineFunction({
    parameters: { [key]: number, precision: optional(integer) },
    effect: 'pure',
    evaluate: (args) => cut(args[key] ?? 0n, args.precision, half),
  });

export const roundingForms: readonly Form[] = [
  keeping('abs', (value) => (value < 0n ? -value : value), Math.abs),
  keeping('ceil', same, Math.ceil),
  keeping('floor', same, Math.floor),
  cutting('round', 0.5),
  cutting('trunc', 0),
  defineFunction({
    parameters: { sign: number },
    effect: 'pure',
    // Of the Doubles only negative ones are not 1: zero and NaN are.
    evaluate: ({ sign }) => (sign < 0 ? -1n : sign === 0n ? 0n : 1n),
  }),
];
