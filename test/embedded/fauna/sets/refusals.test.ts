import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collection, document, type Json, lambda, match, object, variable } from '../raw.ts';
import { as, ns, type Sets, startSets } from './sets-fixture.ts';

describe('a set', () => {
  let fauna: Sets;
  beforeAll(async () => {
    fauna = await startSets();
  });
  afterAll(() => fauna.close());

  const wrong = (code: string, position: Json, description: string) => ({
    status: 400,
    errors: [{ position, code, description }],
  });
  it.each<[string, Json, object]>([
    [
      'of sets and arrays',
      { union: [[1], as] },
      wrong('invalid argument', ['union'], 'Arguments cannot be of different types, expected Set or Array.'),
    ],
    [
      'of pages',
      { difference: { paginate: as } },
      wrong('invalid argument', ['difference'], 'Set or Array expected, Page provided.'),
    ],
    [
      'of a page among others',
      { intersection: [as, { paginate: as }] },
      wrong('invalid argument', ['intersection', 1], 'Set or Array expected, Page provided.'),
    ],
    ['of nothing', { union: [] }, wrong('invalid argument', ['union'], 'Non-empty array expected.')],
    [
      'to a lambda that reads',
      { join: as, with: lambda('x', { get: variable('x') }) },
      wrong(
        'invalid argument',
        ['with'],
        'Invalid lambda. Lambda in this context may not read, write, or call a user function.',
      ),
    ],
    [
      'to a collection',
      { join: as, with: collection('a') },
      wrong('invalid argument', ['with'], 'Lambda or Index Ref expected, Collection Ref provided.'),
    ],
    [
      'to no index',
      { join: as, with: { index: 'none' } },
      wrong('invalid ref', ['with'], "Ref refers to undefined index 'none'"),
    ],
    [
      'by a lambda that writes',
      { filter: lambda('x', { delete: variable('x') }), collection: as },
      wrong(
        'invalid argument',
        ['filter'],
        'Invalid lambda. Lambda in this context may not write or call a user function.',
      ),
    ],
    [
      'by a lambda of more values',
      { paginate: { filter: lambda(['x', 'y'], true), collection: ns } },
      wrong(
        'invalid argument',
        ['paginate', 'filter', 'lambda'],
        'Lambda expects an array with 2 elements. Array contains 1.',
      ),
    ],
    [
      'by a lambda that says no boolean',
      { paginate: { filter: lambda('x', 1), collection: ns } },
      wrong('invalid argument', ['paginate', 'filter'], 'Boolean expected, Integer provided.'),
    ],
    ['of no such index', match('none'), wrong('invalid ref', ['match'], "Ref refers to undefined index 'none'")],
    [
      'of no such index by name',
      { match: 'none', terms: 1 },
      wrong('invalid ref', ['index'], "Ref refers to undefined index 'none'"),
    ],
    [
      'with a term that is nothing',
      { match: 'as', terms: collection('none') },
      wrong('invalid argument', ['terms'], 'Any expected, Collection Ref provided.'),
    ],
    [
      'of a document that is nothing',
      { singleton: document('none', '1') },
      wrong('invalid ref', ['singleton'], "Ref refers to undefined collection 'none'"),
    ],
    [
      'by a cursor of other keys',
      { paginate: ns, cursor: object({ before: 1, after: 2 }) },
      wrong(
        'invalid argument',
        ['cursor'],
        "Invalid cursor object. Expected an object with either 'before' or 'after' key in it.",
      ),
    ],
    [
      'after a ref to nothing',
      { paginate: ns, after: collection('none') },
      wrong('invalid ref', ['after'], "Ref refers to undefined collection 'none'"),
    ],
    ['literal of unknown form', { '@set': { unite: 1 } }, wrong('invalid expression', [], 'Invalid set.')],
    [
      'literal of an array',
      { '@set': { union: [[1]] } },
      wrong('invalid expression', ['union', 0], 'Ref or Set expected, Array provided.'),
    ],
    [
      'literal with an undefined index',
      { '@set': { match: { '@ref': { id: 'none', collection: { '@ref': { id: 'indexes' } } } } } },
      wrong('invalid expression', ['match'], "Ref refers to undefined index 'none'"),
    ],
  ])('a set %s is refused', async (_, query, expected) => {
    expect(await fauna.fails(query)).toEqual(expected);
  });

  it('tells of both ends of a range that are refs to nothing', async () => {
    const { errors } = await fauna.fails({
      paginate: { range: { collections: null }, from: collection('x'), to: collection('y') },
    });
    expect(errors.map(({ position, description }) => [position, description])).toEqual([
      [['paginate', 'from'], "Ref refers to undefined collection 'x'"],
      [['paginate', 'to'], "Ref refers to undefined collection 'y'"],
    ]);
  });
});
