import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRunner } from './run.ts';

const runner = openRunner();
afterAll(() => runner.close());

const match = { match: { index: 'by_kind' }, terms: 'a' };
const page = { paginate: match, size: 4, after: 2 };
const none = { paginate: { match: { index: 'by_kind' }, terms: 'none' } };
const lambda = (parameters: unknown, expr: unknown): object => ({ lambda: parameters, expr });
const x = { var: 'x' };
const wrong = 'invalid argument';

beforeAll(() => {
  runner.value({ create_collection: { object: { name: 'things' } } });
  const field = (...path: string[]): object => ({ object: { field: path } });
  const source = { collection: 'things' };
  const index = { name: 'by_kind', source, terms: [field('data', 'kind')], values: [field('data', 'n')] };
  runner.value({ create_index: { object: index } });
  for (let n = 0; n < 9; n += 1) {
    runner.value({ create: source, params: { object: { data: { object: { kind: 'a', n } } } } });
  }
});

/** A page as the first parts of its cursors and its data. */
function places(query: object): unknown {
  const { before, after, data } = JSON.parse(runner.value(query));
  return [before?.[0], after?.[0], data];
}

describe('take and drop', () => {
  const plus10 = { map: lambda('x', { add: [x, 10] }), collection: page };
  const even = { filter: lambda('x', { equals: [{ modulo: [x, 2] }, 1] }), collection: plus10 };
  const take = (count: number, collection: unknown): object => ({ take: count, collection });
  const drop = (count: number, collection: unknown): object => ({ drop: count, collection });

  it.each([
    [take(2, [1, 2, 3]), [1, 2]],
    [take(9, [1, 2, 3]), [1, 2, 3]],
    [take(-1, [1, 2, 3]), []],
    [drop(2, [1, 2, 3]), [3]],
    [drop(9, [1, 2, 3]), []],
    [drop(-1, [1, 2, 3]), [1, 2, 3]],
  ])('%j of an array is %j', (query, expected) => {
    expect(JSON.parse(runner.value(query))).toEqual(expected);
  });

  it.each([
    [page, [2, 6, [2, 3, 4, 5]]],
    [take(3, page), [2, 5, [2, 3, 4]]],
    [take(9, page), [2, 6, [2, 3, 4, 5]]],
    [take(0, page), [2, 2, []]],
    [take(-1, page), [2, 2, []]],
    [drop(1, page), [3, 6, [3, 4, 5]]],
    [drop(9, page), [6, 6, []]],
    [drop(-1, page), [2, 6, [2, 3, 4, 5]]],
    [take(1, plus10), [2, 3, [12]]],
    [drop(3, plus10), [5, 6, [15]]],
    [even, [2, 6, [13, 15]]],
    [take(1, even), [2, 5, [13]]],
    [take(0, even), [2, 3, []]],
    [drop(0, even), [3, 6, [13, 15]]],
    [drop(1, even), [5, 6, [15]]],
    [{ reverse: page }, [2, 6, [5, 4, 3, 2]]],
    [take(1, { reverse: page }), [2, 3, [5]]],
  ])('of a page moves its cursors by where the elements were: %j', (query, expected) => {
    expect(places(query)).toEqual(expected);
  });

  it.each(['take', 'drop'])('%s wants an array or a page', (name) => {
    const expected = (type: string): string => `${wrong} [collection] Array or Page expected, ${type} provided.`;
    expect(runner.failure({ [name]: 1, collection: 1 })).toBe(expected('Integer'));
    expect(runner.failure({ [name]: 1, collection: match })).toBe(expected('Set'));
    expect(runner.failure({ [name]: 1, collection: { databases: null } })).toBe(expected('Collection Ref'));
    expect(runner.failure(`{"${name}":1.5,"collection":[]}`)).toBe(
      `${wrong} [${name}] Integer expected, Double provided.`,
    );
  });
});

describe('lambdas over elements', () => {
  it.each([
    [{ map: lambda('x', [x]), collection: [1, 2] }, [[1], [2]]],
    [{ map: lambda(['x', '_'], x), collection: [[1, 2]] }, [1]],
    [{ foreach: lambda('x', [x]), collection: [1, 2] }, [1, 2]],
    [{ filter: lambda('x', { gt: [x, 1] }), collection: [1, 2] }, [2]],
    [{ reduce: lambda(['sum', 'x'], { add: [{ var: 'sum' }, x] }), initial: 1, collection: match }, 37],
    [{ reduce: lambda(['_', 'x'], x), initial: 1, collection: [] }, 1],
    [{ select: 'data', from: { reduce: lambda(['_', 'x'], x), initial: 1, collection: none } }, [1]],
    [{ select: 'data', from: { map: lambda('x', 1), collection: page } }, [1, 1, 1, 1]],
  ])('%j is %j', (query, expected) => {
    expect(JSON.parse(runner.value(query))).toEqual(expected);
  });

  const add = lambda('x', { gt: [{ add: [x, 1] }, 0] });
  const words = [1, 'a', true];
  const notNumber = (name: string, type: string): string =>
    `${wrong} [${name},expr,gt,0,add,0] Number expected, ${type} provided.`;

  it('stop at the first error, but Filter tells all', () => {
    expect(runner.failure({ map: add, collection: words })).toBe(notNumber('map', 'String'));
    expect(runner.failure({ foreach: add, collection: words })).toBe(notNumber('foreach', 'String'));
    expect(runner.failure({ filter: add, collection: words })).toBe(
      `${notNumber('filter', 'String')}; ${notNumber('filter', 'Boolean')}`,
    );
    expect(runner.failure({ filter: lambda('x', x), collection: [true, 1, 'a'] })).toBe(
      `${wrong} [1] Boolean expected, Integer provided.; ${wrong} [2] Boolean expected, String provided.`,
    );
  });

  it('want a lambda and what it is for', () => {
    for (const name of ['map', 'foreach', 'filter']) {
      expect(runner.failure({ [name]: 1, collection: [] })).toBe(
        `invalid expression [${name}] Lambda expected, Integer provided.`,
      );
      expect(runner.failure({ [name]: lambda('x', x), collection: 'a' })).toBe(
        `${wrong} [collection] Array, Set, or Page expected, String provided.`,
      );
      expect(runner.failure({ [name]: lambda(['a', 'b'], 1), collection: [[1]] })).toBe(
        `${wrong} [${name},lambda] Lambda expects an array with 2 elements. Array contains 1.`,
      );
    }
    for (const name of ['map', 'foreach']) {
      expect(runner.failure({ [name]: lambda('x', x), collection: match })).toBe(
        `${wrong} [collection] Array or Page expected, Set provided.`,
      );
    }
    expect(runner.failure({ reduce: lambda(['a', 'b', 'c'], 1), initial: 0, collection: [1] })).toBe(
      `${wrong} [reduce,lambda] Lambda expects an array with 3 elements. Array contains 2.`,
    );
  });

  it('of what Reduce made of an empty page Filter keeps nothing', () => {
    const reduced = { reduce: lambda(['_', 'x'], x), initial: 1, collection: none };
    expect(runner.value({ select: 'data', from: { filter: lambda('x', true), collection: reduced } })).toBe('[]');
  });
});

describe('append, prepend and emptiness', () => {
  it.each([
    [{ append: [3], collection: [1, 2] }, [1, 2, 3]],
    [{ append: 3, collection: [] }, [3]],
    [{ prepend: [1, 2], collection: [3] }, [1, 2, 3]],
    [{ prepend: [], collection: [3] }, [3]],
    [{ is_empty: [] }, true],
    [{ is_empty: match }, false],
    [{ is_empty: none }, true],
    [{ is_nonempty: page }, true],
    [{ is_nonempty: { collections: null } }, true],
    [{ count: match }, 9],
    [{ select: 'data', from: { count: page } }, [4]],
  ])('%j is %j', (query, expected) => {
    expect(JSON.parse(runner.value(query))).toEqual(expected);
  });

  it.each([
    [{ append: 1, collection: 2 }, '[collection] Array expected, Integer provided.'],
    [{ prepend: 1, collection: page }, '[collection] Array expected, Page provided.'],
    [{ is_empty: 1 }, '[is_empty] Array, Set, or Page expected, Integer provided.'],
    [{ count: { object: {} } }, '[count] Array, Set, or Page expected, Object provided.'],
  ])('%j is refused', (query, expected) => {
    expect(runner.failure(query)).toBe(`${wrong} ${expected}`);
  });
});
