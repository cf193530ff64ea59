/** Functions over the reals: whatever goes in, a Double comes out. */
import { boundsError } from '../../errors/errors.ts';
import { fail } from '../../errors/query-error.ts';
import { number } from '../../language/casts.ts';
import { defineFunction, optional } from '../../language/define.ts';
import type { Form } from '../../language/form.ts';
import { hypot as computeHypot } from './hypot.ts';
import { numberText } from './long.ts';
import { pow as computePow, cos, exp, log, log10, sin, tan } from './precise.ts';

interface Domain {
  holds(value: number): boolean;
  /** As in "-2 must be between -1 and 1 inclusive". */
  readonly text: string;
}
const EVERYWHERE: Domain = { holds: () => true, text: '' };
const UNIT: Domain = { holds: (value) => value >= -1 && value <= 1, text: 'between -1 and 1 inclusive' };
const POSITIVE: Domain = { holds: (value) => value > 0, text: 'greater than 0' };
const NOT_NEGATIVE: Domain = { holds: (value) => value >= 0, text: 'positive' };

const real = (key: string, compute: (value: number) => number, domain = EVERYWHERE): Form =>
  defineFunction({
    parameters: { [key]: number },
    effect: 'pure',
    evaluate: (args, { position }) => {
      const given = args[key] ?? 0n;
      const value = Number(given);
      return domain.holds(value) ? compute(value) : fail(boundsError(position, numberText(given), domain.text));
    },
  });

const DEGREES = 180 / Math.PI;
const RADIANS = Math.PI / 180;

export const realForms: readonly Form[] = [
  real('sqrt', Math.sqrt, NOT_NEGATIVE),
  real('acos', Math.acos, UNIT),
  real('asin', Math.asin, UNIT),
  real('atan', Math.atan),
  real('cos', cos),
  real('cosh', Math.cosh),
  real('degrees', (value) => value * DEGREES),
  real('exp', exp),
  real('ln', log, POSITIVE),
  real('log', log10, POSITIVE),
  real('radians', (value) => value * RADIANS),
  real('sin', sin),
  real('sinh', Math.sinh),
  real('tan', tan),
  real('tanh', Math.tanh),
  defineFunction({
    parameters: { hypot: number, b: optional(number) },
    effect: 'pure',
    evaluate: ({ hypot, b = hypot }) => computeHypot(Number(hypot), Number(b)),
  }),
  defineFunction({
    parameters: { pow: number, exp: optional(number) },
    effect: 'pure',
    evaluate: ({ pow, exp: exponent = 2n }) => computePow(Number(pow), Number(exponent)),
  }),
];
