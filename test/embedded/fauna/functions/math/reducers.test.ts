import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRunner } from '../run.ts';

const runner = openRunner();
afterAll(() => runner.close());

const set = { match: { index: 'values' } };
const empty = { match: { index: 'by_value' }, terms: 'none' };

beforeAll(() => {
  runner.value({ create_collection: { object: { name: 'things' } } });
  const index = (name: string, fields: object) =>
    runner.value({ create_index: { object: { name, source: { collection: 'things' }, ...fields } } });
  const field = { object: { field: ['data', 'value'] } };
  index('values', { values: field });
  index('by_value', { terms: field, values: field });
  for (const value of [1, 2, 3, 4]) {
    runner.value({ create: { collection: 'things' }, params: { object: { data: { object: { value } } } } });
  }
});

describe('reducers', () => {
  it.each([
    ['sum', '[10,20]', '30'],
    ['sum', '[]', '0'],
    ['sum', '[1,2.5]', '3.5'],
    ['sum', '[9223372036854775807,1]', '-9223372036854775808'],
    ['mean', '[1,2]', '1.5'],
    ['mean', '[4]', '4.0'],
    ['any', '[true,false]', 'true'],
    ['any', '[]', 'false'],
    ['all', '[true,false]', 'false'],
    ['all', '[]', 'true'],
    ['max', '[1,2,4,8]', '8'],
    ['max', '["A","B"]', '"B"'],
    ['max', '["A",1]', '"A"'],
    ['max', '[-1.2,12,100.0]', '100.0'],
    ['max', '[[1,5,2]]', '5'],
    ['min', '[[[3,2]]]', '2'],
    ['min', '[3,2.5]', '2.5'],
    ['max', '[true,null,false]', 'null'],
    ['max', '[{"date":"1970-01-01"},{"date":"1930-01-01"}]', '{"@date":"1970-01-01"}'],
  ])('%s of %s is %s', (name, collection, expected) => {
    expect(runner.value(`{"${name}":${collection}}`)).toBe(expected);
  });

  it.each([
    ['sum', '10'],
    ['mean', '2.5'],
    ['max', '4'],
    ['min', '1'],
  ])('%s reads a whole set or a page', (name, expected) => {
    expect(runner.value({ [name]: set })).toBe(expected);
    expect(runner.value({ [name]: { paginate: set } })).toBe(`{"data":[${expected}]}`);
  });

  it('takes an array of just one collection for that collection where it looks for the greatest', () => {
    expect(runner.value({ max: [set] })).toBe('4');
    expect(runner.failure({ sum: [set] })).toBe('invalid argument [sum] Number expected, Set provided.');
  });

  it('keeps the cursors of a page', () => {
    expect(JSON.parse(runner.value({ sum: { paginate: set, size: 2 } }))).toMatchObject({ data: [3], after: [3, {}] });
  });

  it.each(['mean', 'max', 'min'])('%s wants something to work on', (name) => {
    const expected = `invalid argument [${name}] Non-empty array expected.`;
    expect(runner.failure({ [name]: [] })).toBe(expected);
    expect(runner.failure({ [name]: empty })).toBe(expected);
    expect(runner.failure({ [name]: { paginate: empty } })).toBe(expected);
  });

  it.each(['sum', 'mean', 'any', 'all', 'max', 'min'])('%s wants an array, a set or a page', (name) => {
    expect(runner.failure({ [name]: 'x' })).toBe(
      `invalid argument [${name}] Array, Set, or Page expected, String provided.`,
    );
  });

  it('names the type that is wrong, at the collection', () => {
    expect(runner.failure({ sum: [10, 'str', null] })).toBe('invalid argument [sum] Number expected, String provided.');
    expect(runner.failure({ mean: [10, 'str'] })).toBe('invalid argument [mean] Number expected, String provided.');
    expect(runner.failure({ any: set })).toBe('invalid argument [any] Boolean expected, Integer provided.');
    expect(runner.failure({ any: [true, 'str'] })).toBe('invalid argument [any] Boolean expected, String provided.');
    expect(runner.failure({ all: [false, 'str'] })).toBe('invalid argument [all] Boolean expected, String provided.');
  });

  it('does not order refs to nothing', () => {
    expect(runner.failure({ max: [1, { collection: 'nope' }] })).toBe(
      "invalid ref [max] Ref refers to undefined collection 'nope'",
    );
  });
});
