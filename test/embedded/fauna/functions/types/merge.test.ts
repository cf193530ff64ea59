import { afterAll, describe, expect, it } from 'vitest';
import { openRunner } from '../run.ts';

const runner = openRunner();
afterAll(() => runner.close());

const object = (fields: object): object => ({ object: fields });
const XY = object({ x: 10, y: 20 });
const lambda = (parameters: unknown, expr: unknown): object => ({ lambda: parameters, expr });

describe('merge', () => {
  it.each([
    [object({}), XY, '{"x":10,"y":20}'],
    [XY, object({ z: 30 }), '{"x":10,"y":20,"z":30}'],
    [XY, object({ x: -1 }), '{"x":-1,"y":20}'],
    [XY, object({ y: null }), '{"x":10}'],
    [object({}), [object({ x: 10 }), object({ y: 20 }), object({ x: 1 })], '{"x":1,"y":20}'],
    [XY, [], '{"x":10,"y":20}'],
  ])('puts fields together: %j with %j', (left, right, expected) => {
    expect(runner.value({ merge: left, with: right })).toBe(expected);
  });

  it.each([
    [lambda(['key', 'left', 'right'], { var: 'left' }), '{"x":10,"y":20}'],
    [lambda(['_', '_', 'right'], { var: 'right' }), '{"x":100,"y":20,"z":1}'],
    [lambda('args', { var: 'args' }), '{"x":["x",10,100],"y":20,"z":["z",null,1]}'],
  ])('asks a lambda, which null makes drop the field: %j', (merge, expected) => {
    expect(runner.value({ merge: XY, with: object({ x: 100, z: 1 }), lambda: merge })).toBe(expected);
  });

  it('wants objects, and says so of each', () => {
    expect(runner.failure({ merge: 'x', with: 'y' })).toBe(
      'invalid argument [merge] Object expected, String provided.; invalid argument [with] Object expected, String provided.',
    );
    expect(runner.failure({ merge: XY, with: [XY, 'str', 10] })).toBe(
      'invalid argument [with,1] Object expected, String provided.; ' +
        'invalid argument [with,2] Object expected, Integer provided.',
    );
  });

  it('wants a lambda', () => {
    expect(runner.failure({ merge: XY, with: XY, lambda: 'z' })).toBe(
      'invalid expression [lambda] Lambda expected, String provided.',
    );
    expect(runner.failure({ merge: XY, with: XY, lambda: { lambda: 'x' } })).toBe(
      'invalid expression [lambda] No form/function found, or invalid argument keys: { lambda }.',
    );
    expect(runner.failure({ merge: XY, with: XY, lambda: lambda(['a', 'b'], { var: 'a' }) })).toBe(
      'invalid argument [lambda] Lambda expects an array with 2 elements. Array contains 3.',
    );
  });
});
