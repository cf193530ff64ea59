import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  collection,
  create,
  data,
  document,
  indexOver,
  type Json,
  lambda,
  match,
  object,
  type Raw,
  startRaw,
  variable,
} from '../raw.ts';

interface Page {
  data: Json[];
  before?: Json;
  after?: Json;
}
interface Doc {
  ref: Json;
  ts: number;
}

const sequence = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('sets', () => {
  let fauna: Raw;
  const page = async (set: Json, options: { [key: string]: Json } = {}): Promise<Page> =>
    (await fauna.ask({ paginate: set, ...options })) as unknown as Page;
  const all = async (set: Json): Promise<Json[]> => (await page(set)).data;
  const events = async (set: Json): Promise<Json[]> =>
    (await page({ events: set })).data.map((event) => (event as { action: string }).action);

  beforeAll(async () => {
    fauna = await startRaw();
    for (const name of ['a', 'b', 'n', 'bare']) {
      await fauna.ask({ create_collection: object({ name }) });
    }
    await fauna.ask(indexOver('as', 'a', [], ['n']));
    await fauna.ask(indexOver('bs', 'b', [], ['n']));
    await fauna.ask(indexOver('ns', 'n', [], ['n']));
    await fauna.ask(indexOver('by_kind', 'n', ['kind'], ['n']));
    await fauna.ask(indexOver('a_by_n', 'a', ['n']));
    await fauna.ask({ create_index: object({ name: 'all_bare', source: collection('bare') }) });
    const fill = (name: string, numbers: Json): Json => ({
      foreach: lambda('n', create(name, { n: variable('n') })),
      collection: numbers,
    });
    await fauna.ask({ do: [fill('a', [1, 2, 2, 3, 3, 3]), fill('b', [1, 2, 2, 2, 3, 3])] });
    for (const n of sequence(1, 20)) await fauna.ask(create('n', { n, kind: n % 2 === 0 ? 'even' : 'odd' }));
    for (const id of sequence(1, 5)) await fauna.ask({ create: document('bare', String(id)) });
  });
  afterAll(() => fauna.close());

  const [as, bs, ns, bare] = [match('as'), match('bs'), match('ns'), match('all_bare')];
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
    if (name === 'a join by a lambda') expect(await all(set)).toHaveLength(3);
    else expect(await all(set)).toEqual(expected);
  });

  it('joins each element to what an index has under it, or a closure', async () => {
    expect(await all({ join: ns, with: { index: 'a_by_n' } })).toHaveLength(6);
    const closure = {
      let: { index: { index: 'a_by_n' } },
      in: { join: ns, with: lambda('n', { match: variable('index'), terms: variable('n') }) },
    };
    expect(await all(closure as unknown as Json)).toHaveLength(6);
  });

  describe('pages', () => {
    it.each<[string, Json, { [key: string]: Json }, Json[]]>([
      ['after a value', ns, { after: 18 }, [18, 19, 20]],
      ['after a list with a value', ns, { after: [18] }, [18, 19, 20]],
      ['before a value, ascending all the same', ns, { before: 4, size: 2 }, [2, 3]],
      ['before the end', ns, { before: null, size: 2 }, [19, 20]],
      ['after the end', ns, { after: null }, []],
      ['by a cursor object', ns, { cursor: object({ after: 19 }) }, [19, 20]],
      ['by a cursor object, before', ns, { cursor: object({ before: 3 }) }, [1, 2]],
      ['by no cursor', ns, { cursor: null, size: 1 }, [1]],
      ['of no size', ns, { size: 0 }, []],
      ['of less than no size', ns, { size: -3 }, []],
      ['of refs after 0', bare, { after: 0 }, refs(1, 2, 3, 4, 5)],
      ['of refs before 0', bare, { before: 0 }, []],
      ['of refs before the end', bare, { before: null, size: 2 }, refs(4, 5)],
      ['of refs after a ref', bare, { after: document('bare', '4') }, refs(4, 5)],
      ['of a reversed set after a value', { reverse: ns }, { after: 3 }, [3, 2, 1]],
      ['of a reversed set before a value', { reverse: ns }, { before: 18 }, [20, 19]],
      ['of reversed refs after a ref', { reverse: bare }, { after: document('bare', '2') }, refs(2, 1)],
      ['of reversed refs before 0', { reverse: bare }, { before: 0, size: 2 }, refs(2, 1)],
      ['of reversed refs after the end', { reverse: bare }, { after: null }, refs(5, 4, 3, 2, 1)],
      ['of a reversed range after a value', { reverse: { range: ns, from: 10, to: 20 } }, { after: 12 }, [12, 11, 10]],
      [
        'of a range of a reversed set before a value',
        { range: { reverse: ns }, from: 20, to: 10 },
        { before: 18 },
        [20, 19],
      ],
    ])('%s', async (_, set, options, expected) => {
      expect((await page(set, options)).data).toEqual(expected);
    });

    it('answers its cursor again where it holds nothing, unless it holds less than nothing', async () => {
      expect(await page(ns, { size: 0, after: 3 })).toEqual({ before: [3], after: [3], data: [] });
      expect(await page(ns, { size: 0 })).toEqual({ data: [] });
      expect(await page(ns, { size: -1, after: 3 })).toEqual({ before: [3], data: [] });
    });

    it.each<[string, Json]>([
      ['an index', ns],
      ['refs', bare],
      ['a reversed index', { reverse: ns }],
      ['reversed refs', { reverse: bare }],
      ['a union', { union: [ns, { distinct: as }] }],
      ['a difference', { difference: [ns, as] }],
      ['a filtered set', { filter: lambda('n', { lt: [variable('n'), 9] }), collection: ns }],
      ['the events of a set', { events: ns }],
      ['the events of a document', { events: { select: 'ref', from: { get: as } } }],
    ])('walk through %s in both directions', async (_, set) => {
      const whole = await all(set);
      for (const size of [1, 3]) {
        const forth: Json[] = [];
        let next: Json | undefined;
        do {
          const found: Page = await page(set, { size, ...(next === undefined ? {} : { after: { quote: next } }) });
          forth.push(...found.data);
          next = found.after;
        } while (next !== undefined);
        expect(forth).toEqual(whole);
        const back: Json[] = [];
        let previous: Json | undefined = 'events' in (set as object) ? { ts: Number.MAX_SAFE_INTEGER } : null;
        if (JSON.stringify(set).startsWith('{"reverse"')) previous = 0;
        while (previous !== undefined) {
          const found: Page = await page(set, { size, before: { quote: previous } });
          back.unshift(...found.data);
          previous = found.before;
        }
        expect(back).toEqual(whole);
      }
    });

    it('say which sets their elements are from', async () => {
      const set = { '@set': { match: { '@ref': { id: 'ns', collection: { '@ref': { id: 'indexes' } } } } } };
      const other = { '@set': { match: { '@ref': { id: 'as', collection: { '@ref': { id: 'indexes' } } } } } };
      expect((await page({ union: [ns, as] }, { sources: true, size: 1 })).data).toEqual([
        { value: 1, sources: [set, other] },
      ]);
      expect((await page({ reverse: ns }, { sources: true, size: 1 })).data).toEqual([
        { value: 20, sources: [{ '@set': { reverse: set } }] },
      ]);
      const [event] = (await page({ events: ns }, { sources: true, size: 1 })).data as { sources: Json }[];
      expect(event?.sources).toEqual([{ '@set': { events: set['@set'] } }]);
      const [joined] = (await page({ events: { union: [ns, as] } }, { sources: true, size: 1 })).data as {
        sources: Json;
      }[];
      expect(joined?.sources).toEqual([other]);
    });

    it('are of a document just its ref, and nothing once it is gone', async () => {
      const made = (await fauna.ask(create('a', { n: -1 }, '77'))) as unknown as Doc;
      expect((await page(document('a', '77'))).data).toEqual([made.ref]);
      await fauna.ask({ delete: document('a', '77') });
      expect((await page(document('a', '77'))).data).toEqual([]);
      expect(await events(document('a', '77'))).toEqual(['create', 'delete']);
      expect(await events({ singleton: document('a', '77') })).toEqual(['add', 'remove']);
    });
  });

  describe('events', () => {
    it('of a union are all that happened, of an intersection and a difference what came of it', async () => {
      await fauna.ask({ create_collection: object({ name: 'tags' }) });
      await fauna.ask(indexOver('tagged', 'tags', ['tag']));
      const [x, y] = [match('tagged', 'x'), match('tagged', 'y')];
      const tag = (...tags: Json[]): Json => ({ update: document('tags', '1'), params: data({ tag: tags }) });
      await fauna.ask(create('tags', { tag: ['x'] }, '1'));
      for (const tags of [['x', 'y'], ['y'], ['x', 'y']]) await fauna.ask(tag(...tags));
      await fauna.ask({ delete: document('tags', '1') });
      expect(await events(x)).toEqual(['add', 'remove', 'add', 'remove']);
      expect(await events({ union: [x, y] })).toEqual(['add', 'add', 'remove', 'add', 'remove']);
      expect(await events({ intersection: [x, y] })).toEqual(['add', 'remove', 'add', 'remove']);
      expect(await events({ difference: [x, y] })).toEqual(['add', 'remove']);
      expect(await events({ distinct: x })).toEqual(['add', 'remove', 'add', 'remove']);
    });

    it('of a join are those of its targets while the source element was there', async () => {
      for (const name of ['follows', 'posts']) await fauna.ask({ create_collection: object({ name }) });
      await fauna.ask(indexOver('followees', 'follows', ['who'], ['whom']));
      await fauna.ask(indexOver('posts_by', 'posts', ['author']));
      await fauna.ask(create('posts', { author: 'bob' }, '1'));
      await fauna.ask(create('follows', { who: 'ann', whom: 'bob' }, '1'));
      await fauna.ask(create('posts', { author: 'bob' }, '2'));
      await fauna.ask({ delete: document('follows', '1') });
      await fauna.ask(create('posts', { author: 'bob' }, '3'));
      const join = { join: match('followees', 'ann'), with: { index: 'posts_by' } };
      const found = (await page({ events: join })).data as { document: { '@ref': { id: string } } }[];
      expect(found.map((event) => event.document['@ref'].id)).toEqual(['2']);
    });

    it('begin where a cursor says: a time, an object or nothing', async () => {
      const whole = (await page({ events: ns })).data as { ts: number; document: Json }[];
      const third = whole[2];
      if (!third) throw new Error('there are more');
      const from = async (after: Json) => (await page(ns, { events: true, after, size: 1 })).data[0];
      expect(await from(third.ts)).toEqual(third);
      expect(await from({ epoch: third.ts, unit: 'microseconds' })).toEqual(third);
      expect(await from({ date: '1970-01-01' })).toEqual(whole[0]);
      expect(await from(object({ ts: third.ts, action: 'add', document: { quote: third.document } }))).toEqual(third);
      expect((await page(ns, { events: true, after: null })).data).toEqual([]);
      const last = await page(ns, { events: true, before: null, size: 1 });
      expect(last.data).toEqual([whole.at(-1)]);
      expect((await page(ns, { events: true, before: 123_456_789 })).after).toEqual({ ts: 123_456_789, action: 'add' });
      const { after } = await page({ events: { select: 'ref', from: { get: as } } }, { after: 5 });
      expect(after).toBeUndefined();
    });

    const refused = (position: Json, description: string) => ({
      status: 400,
      errors: [{ position, code: 'invalid argument', description }],
    });
    const none = 'Set does not support events history.';
    it.each<[string, Json, object]>([
      ['of events', { paginate: { events: { events: ns } } }, refused(['paginate'], none)],
      ['of a range', { paginate: { events: { range: ns, from: 1, to: 2 } } }, refused([], none)],
      ['of a reversed set', { paginate: { events: { reverse: ns } } }, refused([], none)],
      [
        'of a filtered set',
        { paginate: { filter: lambda('x', true), collection: ns }, events: true },
        refused([], none),
      ],
      [
        'of a union with a range',
        { paginate: { events: { union: [ns, { range: ns, from: 1, to: 2 }] } } },
        refused([], none),
      ],
      ['united with a set', { union: [{ events: ns }, ns] }, refused(['union'], 'Sets are not compatible.')],
      [
        'after what is no event',
        { paginate: { events: ns }, after: 'x' },
        refused(['after'], 'Object, Integer, Time, or Date expected, String provided.'),
      ],
      [
        'after an object of other keys',
        { paginate: { events: ns }, after: object({ ts: 1, document: 2 }) },
        refused(['after'], 'Cannot create event cursor with keys ts, document'),
      ],
      [
        'after an object without a number',
        { paginate: { events: ns }, before: object({ ts: 'x' }) },
        refused(['before', 'ts'], 'Integer expected, String provided.'),
      ],
      [
        'after an unknown action',
        { paginate: { events: ns }, cursor: object({ after: object({ ts: 1, action: 'x' }) }) },
        refused(['cursor', 'after', 'action'], "String 'create', 'update', or 'delete' expected, String provided."),
      ],
    ])('are refused %s', async (_, query, expected) => {
      expect(await fauna.fails(query)).toEqual(expected);
    });
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
    expect(await all(answered)).toEqual(await all(set));
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
    expect(await all(answered)).toEqual([1]);
    const join = await fauna.ask({ join: ns, with: lambda('n', match('a_by_n', variable('n'))) });
    expect(await fauna.ask(join)).toEqual(join);
    expect(await all(join)).toHaveLength(6);
  });

  it('is stored and comes back as what makes it', async () => {
    const stored = (await fauna.ask(create('a', { set: ns }))) as unknown as { data: Json };
    expect(stored.data).toEqual({
      set: { '@obj': { '@set': { match: { '@ref': { id: 'ns', collection: { '@ref': { id: 'indexes' } } } } } } },
    });
  });

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
