import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRunner } from '../functions/run.ts';

const runner = openRunner();
afterAll(() => runner.close());

const THINGS = { collection: 'things' };
const ALL = { index: 'all' };
const select = (path: unknown, from: unknown): object => ({ select: path, from });
const ref = (id: string, collection: string): object => ({
  '@ref': { id, collection: { '@ref': { id: collection } } },
});

beforeAll(() => {
  runner.value({ create_collection: { object: { name: 'things' } } });
  runner.value({ create_index: { object: { name: 'all', source: THINGS } } });
  runner.value({
    create_index: { object: { name: 'by_x', source: THINGS, terms: [{ object: { field: ['data', 'x'] } }] } },
  });
});

describe('what a path finds inside a set', () => {
  const databases = { databases: null };
  const collections = { collections: null };
  const parts = [{ '@ref': { id: 'databases' } }, { '@ref': { id: 'collections' } }];

  it.each([
    [{ union: [databases, collections] }, ['union'], parts],
    [{ intersection: [databases, collections] }, ['intersection', 1, 'id'], 'collections'],
    [{ difference: [databases, collections] }, ['difference', 0], parts[0]],
    [{ union: databases }, ['union'], [parts[0]]],
    [
      { intersection: [{ difference: { match: ALL } }] },
      ['intersection', 0, '@set', 'difference', 0, '@set', 'terms'],
      [],
    ],
    [{ distinct: databases }, ['distinct', 'collection'], parts[1]],
    [{ join: databases, with: { lambda: 'v', expr: { match: ALL } } }, ['join'], parts[0]],
    [{ join: databases, with: ALL }, ['with'], ref('all', 'indexes')],
    [{ match: ALL }, ['match'], ref('all', 'indexes')],
    [{ match: ALL }, ['terms'], []],
    [{ match: { index: 'by_x' }, terms: 'a' }, ['terms'], 'a'],
  ])('of %j at %j is %j', (set, path, expected) => {
    expect(JSON.parse(runner.value(select(['@set', ...path], set)))).toEqual(expected);
  });

  it('is the set itself where no part is asked for', () => {
    const set = { union: [databases, collections] };
    expect(runner.value({ equals: [select('@set', set), set] })).toBe('true');
    expect(runner.value({ contains_path: ['@set'], in: { documents: THINGS } })).toBe('true');
  });

  it.each([
    ['documents', { documents: THINGS }],
    ['events', { events: { match: ALL } }],
    ['reverse', { reverse: { match: ALL } }],
    ['range', { range: { match: ALL }, from: 1, to: 2 }],
    ['filter', { filter: { lambda: 'x', expr: true }, collection: { match: ALL } }],
    ['singleton', { singleton: { ref: THINGS, id: '1' } }],
  ])('is nothing in the kinds of set that came later: %s', (key, set) => {
    expect(runner.failure(select(['@set', key], set))).toBe(
      `value not found [from] Value not found at path [@set,${key}].`,
    );
    expect(runner.value({ contains_path: ['@set', key], in: set })).toBe('false');
  });
});

describe('an index into arrays and pages', () => {
  const page = { paginate: { union: [{ singleton: THINGS }, { singleton: ALL }] } };

  it.each([
    ['[7,8]', '1', '8'],
    ['[7,8]', '4294967297', '8'],
    [JSON.stringify(page), '0', JSON.stringify(ref('things', 'collections'))],
    [JSON.stringify(page), '4294967296', JSON.stringify(ref('things', 'collections'))],
  ])('of %s at %s, which is cut to an Int', (from, path, expected) => {
    expect(runner.value(`{"select":${path},"from":${from}}`)).toBe(expected);
  });

  it('finds nothing before the first', () => {
    expect(runner.failure(select(-1, [7, 8]))).toBe('value not found [from] Value not found at path [-1].');
    expect(runner.value({ ...select([0, 'x'], page), default: 5 })).toBe('5');
  });
});
