/** Folds over numbers: Longs wrap at 64 bits as Java's do, and once a Double is met the rest are Doubles. */
import { divideByZero } from '../../errors/errors.ts';
import { fail } from '../../errors/query-error.ts';
import { number, oneOrMore } from '../../language/casts.ts';
import { defineFunction } from '../../language/define.ts';
import type { Form } from '../../language/form.ts';
import { longOf, type Numeric, wrapLong } from './long.ts';

interface Operation {
  long(a: bigint, b: bigint): bigint;
  double(a: number, b: number): number;
}

function folding(key: string, operation: Operation, divides = false): Form {
  return defineFunction({
    parameters: { [key]: oneOrMore(number) },
    effect: 'pure',
    evaluate: (args, { position }) =>
      (args[key] ?? []).reduce((a: Numeric, b: Numeric) => {
        if (divides && Number(b) === 0) fail(divideByZero(position));
        return typeof a === 'bigint' && typeof b === 'bigint'
          ? wrapLong(operation.long(a, b))
          : operation.double(Number(a), Number(b));
      }),
  });
}

/** A Double among the operands is cut to a Long, and makes the result a Double. */
function bitwise(key: string, operate: (a: bigint, b: bigint) => bigint): Form {
  const long = (value: Numeric): bigint => (typeof value === 'bigint' ? value : longOf(value));
  return defineFunction({
    parameters: { [key]: oneOrMore(number) },
    effect: 'pure',
    evaluate: (args) =>
      (args[key] ?? []).reduce((a: Numeric, b: Numeric) => {
        const result = operate(long(a), long(b));
        return typeof a === 'bigint' && typeof b === 'bigint' ? result : Number(result);
      }),
  });
}

export const arithmeticForms: readonly Form[] = [
  folding('add', { long: (a, b) => a + b, double: (a, b) => a + b }),
  folding('subtract', { long: (a, b) => a - b, double: (a, b) => a - b }),
  folding('multiply', { long: (a, b) => a * b, double: (a, b) => a * b }),
  folding('divide', { long: (a, b) => a / b, double: (a, b) => a / b }, true),
  folding('modulo', { long: (a, b) => a % b, double: (a, b) => a % b }, true),
  bitwise('bitand', (a, b) => a & b),
  bitwise('bitor', (a, b) => a | b),
  bitwise('bitxor', (a, b) => a ^ b),
  defineFunction({
    parameters: { bitnot: number },
    effect: 'pure',
    evaluate: ({ bitnot }) => ~(typeof bitnot === 'bigint' ? bitnot : longOf(bitnot)),
  }),
];
