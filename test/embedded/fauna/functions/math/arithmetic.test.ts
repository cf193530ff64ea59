import { afterAll, describe, expect, it } from 'vitest';
import { openRunner } from '../run.ts';

const runner = openRunner();
afterAll(() => runner.close());

describe('arithmetic', () => {
  it.each([
    ['{"add":[-1,-1,5]}', '3'],
    ['{"add":5}', '5'],
    ['{"add":[1,2.5]}', '3.5'],
    ['{"add":[1,1.0]}', '2.0'],
    ['{"add":[0.1,0.2]}', '0.30000000000000004'],
    ['{"subtract":[-2,2,0]}', '-4'],
    ['{"subtract":[3,5]}', '-2'],
    ['{"multiply":[-2,-2,1]}', '4'],
    ['{"multiply":[1e10,10]}', '1.0E11'],
    ['{"divide":[10,2,5]}', '1'],
    ['{"divide":[-7,2]}', '-3'],
    ['{"divide":[5,2.0]}', '2.5'],
    ['{"divide":4}', '4'],
    ['{"modulo":[100,3,5]}', '1'],
    ['{"modulo":[-7,3]}', '-1'],
    ['{"modulo":[7.5,2]}', '1.5'],
  ])('computes %s to %s', (query, expected) => {
    expect(runner.value(query)).toBe(expected);
  });

  it.each([
    ['{"add":[9223372036854775807,1]}', '-9223372036854775808'],
    ['{"subtract":[-9223372036854775808,1]}', '9223372036854775807'],
    ['{"multiply":[9223372036854775807,2]}', '-2'],
    ['{"divide":[-9223372036854775808,-1]}', '-9223372036854775808'],
    ['{"abs":-9223372036854775808}', '-9223372036854775808'],
    ['{"add":[9223372036854775807,1.0]}', '9.223372036854776E18'],
  ])('wraps Longs at 64 bits: %s is %s', (query, expected) => {
    expect(runner.value(query)).toBe(expected);
  });

  it.each(['add', 'subtract', 'multiply', 'divide', 'modulo', 'bitand', 'bitor', 'bitxor'])(
    'wants numbers, and one at least, in %s',
    (name) => {
      expect(runner.failure({ [name]: [] })).toBe(`invalid argument [${name}] Non-empty array expected.`);
      expect(runner.failure({ [name]: '5' })).toBe(`invalid argument [${name}] Number expected, String provided.`);
      expect(runner.failure({ [name]: [1, '5', null] })).toBe(
        `invalid argument [${name},1] Number expected, String provided.; ` +
          `invalid argument [${name},2] Number expected, Null provided.`,
      );
    },
  );

  it.each(['{"divide":[100,0]}', '{"divide":[1.5,0.0]}', '{"modulo":[100,0]}', '{"modulo":[1,-0.0]}'])(
    'does not divide by zero, whichever zero: %s',
    (query) => {
      expect(runner.failure(query)).toBe('invalid argument [] Illegal division by zero.');
    },
  );

  it('says where in the query a division by zero is', () => {
    expect(runner.failure({ add: [1, { divide: [1, 0] }] })).toBe('invalid argument [add,1] Illegal division by zero.');
  });

  it.each([
    ['{"bitand":[15,7,3]}', '3'],
    ['{"bitand":[7,3.9]}', '3.0'],
    ['{"bitor":[1,2,4,8]}', '15'],
    ['{"bitor":[1.0,2.0]}', '3.0'],
    ['{"bitxor":[1,0,1]}', '0'],
    ['{"bitnot":1}', '-2'],
    ['{"bitnot":1.9}', '-2'],
    ['{"bitand":1.9}', '1.9'],
  ])('works on bits, Doubles cut to Longs: %s is %s', (query, expected) => {
    expect(runner.value(query)).toBe(expected);
  });
});
