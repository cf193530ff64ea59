/** Arithmetic. Longs wrap at 64 bits as Java's do; a Double among the operands makes the rest Doubles. */
import { divideByZero } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { fail } from '../errors/query-error.ts';
import { number, oneOrMore } from '../language/casts.ts';
import { defineFunction } from '../language/define.ts';
import type { Form } from '../language/form.ts';

type Numeric = bigint | number;

interface Operation {
  long(a: bigint, b: bigint, position: At): bigint;
  double(a: number, b: number): number;
}

function folding(key: string, operation: Operation): Form {
  return defineFunction({
    parameters: { [key]: oneOrMore(number) },
    effect: 'pure',
    evaluate: (args, { position }) =>
      (args[key] ?? []).reduce((a: Numeric, b: Numeric) =>
        typeof a === 'bigint' && typeof b === 'bigint'
          ? BigInt.asIntN(64, operation.long(a, b, at(position, key)))
          : operation.double(Number(a), Number(b)),
      ),
  });
}

export const numberForms: readonly Form[] = [
  folding('add', { long: (a, b) => a + b, double: (a, b) => a + b }),
  folding('subtract', { long: (a, b) => a - b, double: (a, b) => a - b }),
  folding('multiply', { long: (a, b) => a * b, double: (a, b) => a * b }),
  folding('divide', {
    long: (a, b, position) => (b === 0n ? fail(divideByZero(position)) : a / b),
    double: (a, b) => a / b,
  }),
  folding('modulo', {
    long: (a, b, position) => (b === 0n ? fail(divideByZero(position)) : a % b),
    double: (a, b) => a % b,
  }),
];
