import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collection, create, document, type Json, lambda, match, variable } from '../raw.ts';
import { as, bare, bs, ns, type Sets, sequence, startSets } from './sets-fixture.ts';

describe('sets', () => {
  let fauna: Sets;
  beforeAll(async () => {
    fauna = await startSets();
  });
  afterAll(() => fauna.close());

  const refs = (...ids: number[]): Json[] =>
    ids.map((id) => ({
      '@ref': { id: String(id), collection: { '@ref': { id: 'bare', collection: { '@ref': { id: 'collections' } } } } },
    }));

  it.each<[string, Json, Json[]]>([
    ['a union has of equal values as many as the member with the most', { union: [as, bs] }, [1, 2, 2, 2, 3, 3, 3]],
    ['an intersection as many as the member with the fewest', { intersection: [as, bs] }, [1, 2, 2, 3, 3]],
    ['a difference what only the first has', { difference: [ns, as] }, sequence(4, 20)],
    ['a difference of three', { difference: [ns, match('by_kind', 'odd'), as] }, [4, 6, 8, 10, 12, 14, 16, 18, 20]],
    ['an intersection of one with nothing', { intersection: [as, match('by_kind', 'none')] }, []],
    ['Distinct drops repeated values', { distinct: as }, [1, 2, 3]],
    ['Distinct of a union', { distinct: { union: [as, bs] } }, [1, 2, 3]],
    ['a union of Distinct and its set is the set', { union: [{ distinct: as }, as] }, [1, 2, 2, 3, 3, 3]],
    ['a range takes both ends', { range: ns, from: 5, to: 10 }, sequence(5, 10)],
    ['an open range', { range: ns, from: [], to: 3 }, [1, 2, 3]],
    ['a union of a range and its set is the set', { union: [{ range: ns, from: 5, to: 9 }, ns] }, sequence(1, 20)],
    ['a range of refs', { range: bare, from: document('bare', '2'), to: document('bare', '4') }, refs(2, 3, 4)],
    ['a set reversed', { reverse: ns }, sequence(1, 20).reverse()],
    ['a set reversed twice', { reverse: { reverse: ns } }, sequence(1, 20)],
    ['a set of refs reversed', { reverse: bare }, refs(5, 4, 3, 2, 1)],
    ['a range reversed', { reverse: { range: ns, from: 5, to: 8 } }, [8, 7, 6, 5]],
    ['a range of a reversed set', { range: { reverse: ns }, from: 8, to: 5 }, [8, 7, 6, 5]],
    ['reversed sets intersected', { intersection: [{ reverse: ns }, { reverse: as }] }, [3, 2, 1]],
    ['a set filtered', { filter: lambda('n', { gt: [variable('n'), 17] }), collection: ns }, [18, 19, 20]],
    [
      'filtered sets united',
      { union: [{ filter: lambda('n', { lt: [variable('n'), 3] }), collection: ns }, bs] },
      [1, 2, 2, 2, 3, 3],
    ],
    [
      'a join by a lambda',
      { join: { range: ns, from: 1, to: 2 }, with: lambda('n', match('a_by_n', variable('n'))) },
      [],
    ],
  ])('%s', async (name, set, expected) => {
    if (name === 'a join by a lambda') expect(await fauna.all(set)).toHaveLength(3);
    else expect(await fauna.all(set)).toEqual(expected);
  });

  it('joins each element to what an index has under it, or a closure', async () => {
    expect(await fauna.all({ join: ns, with: { index: 'a_by_n' } })).toHaveLength(6);
    const closure = {
      let: { index: { index: 'a_by_n' } },
      in: { join: ns, with: lambda('n', { match: variable('index'), terms: variable('n') }) },
    };
    expect(await fauna.all(closure as unknown as Json)).toHaveLength(6);
  });

  it.each<[string, Json]>([
    ['Match', match('as', 1)],
    ['Match without terms', as],
    ['a union', { union: [as, bs] }],
    ['a union of one', { union: as }],
    ['an intersection', { intersection: [as, bs] }],
    ['a difference', { difference: [as, bs] }],
    ['Distinct', { distinct: as }],
    ['a range', { range: ns, from: 3, to: [6] }],
    ['a range of refs', { range: bare, from: document('bare', '1'), to: document('bare', '2') }],
    ['Reverse', { reverse: as }],
    ['Documents', { documents: collection('a') }],
    ['Singleton', { singleton: document('bare', '1') }],
    ['events of a document', { events: document('bare', '1') }],
  ])('%s is answered as it can be sent again, and equals itself', async (_, set) => {
    const answered = await fauna.ask(set);
    expect(Object.keys(answered as object)).toEqual(['@set']);
    expect(await fauna.ask(answered)).toEqual(answered);
    expect(await fauna.ask({ equals: [answered, set] })).toBe(true);
    expect(await fauna.all(answered)).toEqual(await fauna.all(set));
  });

  it('shows the events of a set and a join with an index, though neither can be sent again', async () => {
    const index = (id: string): Json => ({ '@ref': { id, collection: { '@ref': { id: 'indexes' } } } });
    const ofSet = await fauna.ask({ events: as });
    expect(ofSet).toEqual({ '@set': { events: { match: index('as') } } });
    expect((await fauna.fails(ofSet)).errors).toEqual([
      { position: ['events'], code: 'invalid expression', description: 'Ref or Set expected, Object provided.' },
    ]);
    const join = await fauna.ask({ join: ns, with: { index: 'a_by_n' } });
    expect(join).toEqual({ '@set': { join: { '@set': { match: index('ns') } }, with: index('a_by_n') } });
    expect((await fauna.fails(join)).errors).toEqual([
      { position: ['with'], code: 'invalid expression', description: 'Invalid lambda.' },
    ]);
  });

  it('a set with a lambda shows it untagged, with its version', async () => {
    const set = { filter: lambda('n', { equals: [variable('n'), 1] }), collection: ns };
    const answered = await fauna.ask(set);
    expect(answered).toEqual({
      '@set': {
        filter: { api_version: '4', lambda: 'n', expr: { equals: [{ var: 'n' }, 1] } },
        collection: { '@set': { match: { '@ref': { id: 'ns', collection: { '@ref': { id: 'indexes' } } } } } },
      },
    });
    expect(await fauna.all(answered)).toEqual([1]);
    const join = await fauna.ask({ join: ns, with: lambda('n', match('a_by_n', variable('n'))) });
    expect(await fauna.ask(join)).toEqual(join);
    expect(await fauna.all(join)).toHaveLength(6);
  });

  it('shows whose events it is without a tag, lambdas too', async () => {
    const shown = (id: string): Json => ({
      '@set': { match: { '@ref': { id, collection: { '@ref': { id: 'indexes' } } } } },
    });
    const isOne = { lambda: 'n', expr: { equals: [variable('n'), 1] } };
    const filter = { filter: { api_version: '4', ...isOne }, collection: shown('ns') };
    expect(await fauna.ask({ events: { filter: isOne, collection: ns } })).toEqual({ '@set': { events: filter } });
    const untagged = { api_version: '4', lambda: 'n', expr: { match: { index: 'a_by_n' }, terms: [variable('n')] } };
    const join = { join: ns, with: lambda('n', match('a_by_n', variable('n'))) };
    expect(await fauna.ask({ distinct: { events: { union: [join, ns] } } })).toEqual({
      '@set': {
        distinct: {
          '@set': { events: { union: [{ '@set': { join: shown('ns'), with: untagged } }, shown('ns')] } },
        },
      },
    });
  });

  it('is stored and comes back as what makes it', async () => {
    const stored = (await fauna.ask(create('a', { set: ns }))) as unknown as { data: Json };
    expect(stored.data).toEqual({
      set: { '@obj': { '@set': { match: { '@ref': { id: 'ns', collection: { '@ref': { id: 'indexes' } } } } } } },
    });
  });

  it.each<[string, Json, Json]>([
    [
      'union',
      [
        [3, 2, 2, 1],
        [6, 5, 9, 1],
      ],
      [3, 2, 2, 1, 6, 5, 9],
    ],
    [
      'union',
      [
        [1, 2, 2, 3, 3, 3],
        [1, 2, 2, 2, 3, 3],
      ],
      [1, 2, 2, 2, 3, 3, 3],
    ],
    [
      'intersection',
      [
        [3, 2, 2, 1],
        [2, 2, 1, 0],
      ],
      [2, 2, 1],
    ],
    ['difference', [[3, 2, 2, 1, 3], [3]], [2, 2, 1, 3]],
    ['distinct', [4, 4, 2, 2, 3, 'x', 3, 'x'], [4, 2, 3, 'x']],
    ['reverse', [1, 2, 3], [3, 2, 1]],
  ])('%s of arrays %j is %j', async (form, arrays, expected) => {
    expect(await fauna.ask({ [form]: arrays })).toEqual(expected);
  });
});
