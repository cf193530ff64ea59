import { afterAll, describe, expect, it } from 'vitest';
import { openRunner } from '../functions/run.ts';

const runner = openRunner();
afterAll(() => runner.close());

const FUNCTION = { lambda: 'y', expr: { var: 'y' } };

describe('a lambda as a value', () => {
  it.each([
    [undefined, '2.12'],
    ['2.0', '2.12'],
    ['2.1', '2.12'],
    ['2.7', '2.12'],
    ['2.12', '2.12'],
    ['3', '3'],
    ['4', '4'],
    ['5', '5'],
  ])('of version %s is one of %s', (given, kept) => {
    const expected = `{"@query":{"api_version":"${kept}","lambda":"y","expr":{"var":"y"}}}`;
    const value = { '@query': given === undefined ? FUNCTION : { api_version: given, ...FUNCTION } };
    expect(runner.value(value)).toBe(expected);
    expect(runner.value({ quote: value })).toBe(expected);
  });

  it.each(['6', '2.2', 'unstable', '', 4, null])('has no version %j', (version) => {
    const value = { '@query': { api_version: version, ...FUNCTION } };
    expect(runner.failure({ object: { f: value } })).toBe('invalid expression [object,f] Invalid lambda.');
    expect(runner.failure({ quote: [value] })).toBe('invalid expression [quote,0] Invalid lambda.');
  });

  it.each<[string | string[], boolean]>([
    ['y', true],
    ['z', false],
    ['_', false],
    [['y'], false],
  ])('equals one with the parameters %j: %s', (lambda, expected) => {
    const [one, other] = ['y', lambda].map((given) => ({ '@query': { lambda: given, expr: 1 } }));
    expect(runner.value({ equals: [one, other] })).toBe(String(expected));
  });

  it('equals none with other names in its list', () => {
    const [one, other] = ['b', '_'].map((second) => ({ '@query': { lambda: ['a', second], expr: 1 } }));
    expect(runner.value([{ equals: [one, one] }, { equals: [one, other] }])).toBe('[true,false]');
  });
});
