import { afterAll, describe, expect, it } from 'vitest';
import { openRunner } from '../run.ts';

const runner = openRunner();
afterAll(() => runner.close());

describe('functions of one number', () => {
  it.each([
    ['{"abs":-1}', '1'],
    ['{"abs":-1.5}', '1.5'],
    ['{"ceil":1}', '1'],
    ['{"ceil":1.1}', '2.0'],
    ['{"ceil":-0.1}', '-0.0'],
    ['{"floor":2.9}', '2.0'],
    ['{"floor":-0.1}', '-1.0'],
    ['{"sign":5.9}', '1'],
    ['{"sign":-5}', '-1'],
    ['{"sign":0}', '0'],
    ['{"sign":0.0}', '1'],
    ['{"sign":-0.5}', '-1'],
  ])('computes %s to %s', (query, expected) => {
    expect(runner.value(query)).toBe(expected);
  });

  it.each([
    ['{"round":5}', '5'],
    ['{"round":5.123}', '5.12'],
    ['{"round":5.666}', '5.67'],
    ['{"round":5.999}', '6.0'],
    ['{"round":555.666,"precision":-2}', '600.0'],
    ['{"round":555.666,"precision":-1}', '560.0'],
    ['{"round":555.666,"precision":0}', '556.0'],
    ['{"round":555.666,"precision":1}', '555.7'],
    ['{"round":444.444,"precision":2}', '444.44'],
    ['{"round":555,"precision":-2}', '600'],
    ['{"round":444,"precision":-1}', '440'],
    ['{"round":555,"precision":3}', '555'],
    ['{"trunc":5}', '5'],
    ['{"trunc":1234.5678}', '1234.56'],
    ['{"trunc":1234.5678,"precision":1}', '1234.5'],
    ['{"trunc":1234.5678,"precision":-1}', '1230.0'],
    ['{"trunc":1234.5678,"precision":-2}', '1200.0'],
    ['{"trunc":1234,"precision":-2}', '1200'],
    ['{"trunc":1234,"precision":2}', '1234'],
  ])('rounds and cuts: %s is %s', (query, expected) => {
    expect(runner.value(query)).toBe(expected);
  });

  it.each(['abs', 'ceil', 'floor', 'round', 'trunc', 'sign', 'bitnot', 'sqrt', 'acos', 'sin', 'hypot', 'pow'])(
    'wants a number in %s',
    (name) => {
      expect(runner.failure({ [name]: '5' })).toBe(`invalid argument [${name}] Number expected, String provided.`);
    },
  );

  it('wants a whole precision and a number for the other arguments', () => {
    expect(runner.failure('{"round":5,"precision":1.5}')).toBe(
      'invalid argument [precision] Integer expected, Double provided.',
    );
    expect(runner.failure({ hypot: 1, b: 'x' })).toBe('invalid argument [b] Number expected, String provided.');
    expect(runner.failure({ pow: 1, exp: null })).toBe('invalid argument [exp] Number expected, Null provided.');
  });
});

describe('functions over the reals', () => {
  it.each([
    ['{"sqrt":9}', '3.0'],
    ['{"sqrt":-0.0}', '-0.0'],
    ['{"cos":0}', '1.0'],
    ['{"cosh":0}', '1.0'],
    ['{"trunc":{"cosh":2},"precision":2}', '3.76'],
    ['{"acos":1}', '0.0'],
    ['{"asin":0}', '0.0'],
    ['{"atan":1}', '0.7853981633974483'],
    ['{"degrees":2}', '114.59155902616465'],
    ['{"radians":50}', '0.8726646259971648'],
    ['{"exp":0}', '1.0'],
    ['{"exp":1}', '2.718281828459045'],
    ['{"hypot":3,"b":4}', '5.0'],
    ['{"hypot":0}', '0.0'],
    ['{"trunc":{"hypot":2},"precision":2}', '2.82'],
    ['{"ln":1}', '0.0'],
    ['{"ln":10}', '2.302585092994046'],
    ['{"log":1000}', '3.0'],
    ['{"pow":-2}', '4.0'],
    ['{"pow":10,"exp":-3}', '0.001'],
    ['{"pow":2,"exp":3}', '8.0'],
    ['{"sin":0}', '0.0'],
    ['{"trunc":{"sinh":2},"precision":2}', '3.62'],
    ['{"tan":0}', '0.0'],
    ['{"tanh":100}', '1.0'],
    ['{"pow":10,"exp":400}', '"Infinity"'],
    ['{"pow":10,"exp":-1e26}', '0.0'],
  ])('answers a Double: %s is %s', (query, expected) => {
    expect(runner.value(query)).toBe(expected);
  });

  it.each([
    ['{"ln":3}', '1.0986122886681098'],
    ['{"ln":1.4}', '0.3364722366212129'],
    ['{"log":11}', '1.0413926851582251'],
    ['{"log":0.6}', '-0.2218487496163564'],
    ['{"exp":9.5}', '13359.726829661873'],
    ['{"sin":-199.9}', '0.9175720583981383'],
    ['{"cos":-200}', '0.48718767500700594'],
    ['{"tan":-198.2}', '-0.2871893047121122'],
    ['{"hypot":-199.7}', '282.41844840590704'],
    ['{"hypot":-199.9,"b":3.5}', '199.9306379722728'],
    ['{"hypot":1e300,"b":1e300}', '1.4142135623730952E300'],
    ['{"pow":10,"exp":23}', '9.999999999999999E22'],
    ['{"pow":5,"exp":23}', '1.1920928955078124E16'],
    ['{"pow":-7,"exp":21}', '-5.5854586408328403E17'],
    ['{"pow":-2.5,"exp":3}', '-15.625'],
  ])('has Java’s last digit where JavaScript’s own function has another: %s is %s', (query, expected) => {
    expect(runner.value(query)).toBe(expected);
  });

  it.each([
    ['{"sqrt":-1}', '-1 must be positive'],
    ['{"sqrt":-1.5}', '-1.5 must be positive'],
    ['{"acos":2}', '2 must be between -1 and 1 inclusive'],
    ['{"asin":-1.1}', '-1.1 must be between -1 and 1 inclusive'],
    ['{"ln":0}', '0 must be greater than 0'],
    ['{"log":-1.0}', '-1.0 must be greater than 0'],
    ['{"log":0.0}', '0.0 must be greater than 0'],
  ])('refuses what has no answer: %s', (query, description) => {
    expect(runner.failure(query)).toBe(`invalid argument [] ${description}`);
  });
});
