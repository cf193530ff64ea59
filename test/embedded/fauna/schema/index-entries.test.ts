import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collection, create, document, type Json, match, object, variable } from '../raw.ts';
import { type Doc, type Fields, field, type Indexes, ids, index, query, startIndexes } from './indexes-fixture.ts';

describe('indexes hold', () => {
  let fauna: Indexes;
  beforeAll(async () => {
    fauna = await startIndexes();
  });
  afterAll(() => fauna.close());

  it('for arrays each combination of elements, once', async () => {
    const { name } = await fauna.indexed(
      { terms: [field('data', 'foo')], values: [field('data', 'bar')] },
      { foo: [1, 42, 1], bar: 2 },
      { foo: 1, bar: [3, 42] },
      { foo: 1, bar: [[4, 5], 6] },
      { foo: ['foo', 'bar'], bar: ['3', '42'] },
      { bar: 56 },
    );
    expect(await fauna.all(match(name, 1))).toEqual([2, 3, 4, 5, 6, 42]);
    expect(await fauna.all(match(name, 42))).toEqual([2]);
    expect(await fauna.all(match(name, 'foo'))).toEqual(['3', '42']);
    expect(await fauna.all(match(name, null))).toEqual([]);
  });

  it('what is inside of objects in arrays', async () => {
    const { name } = await fauna.indexed(
      { terms: [field('data', 'foo', 'baz')] },
      { foo: [object({ baz: 1 }), object({ baz: 2 })] },
    );
    expect(await Promise.all([1, 2].map(async (term) => (await fauna.all(match(name, term))).length))).toEqual([1, 1]);
  });

  it('no document all of whose values are missing, but one that has any of them', async () => {
    const { name } = await fauna.indexed(
      { values: [field('data', 'a'), field('data', 'b')] },
      { a: 1 },
      { c: 1 },
      { b: 2 },
      { a: 0, b: 3 },
    );
    expect(await fauna.all(match(name))).toEqual([
      [0, 3],
      [1, null],
      [null, 2],
    ]);
  });

  it('no document all of whose terms are missing, but one that has any of them', async () => {
    const { name } = await fauna.indexed(
      { terms: [field('data', 'a'), field('data', 'b')] },
      { a: 1 },
      { c: 1 },
      { b: 2 },
    );
    expect(ids(await fauna.all(match(name, 1, null)))).toEqual(['1']);
    expect(ids(await fauna.all(match(name, null, 2)))).toEqual(['3']);
    expect(await fauna.all(match(name, null, null))).toEqual([]);
  });

  it('an array as one value where mva is false, and objects there too, whatever their order', async () => {
    const mva = (path: string, more: Fields = {}): Json => object({ field: ['data', path], mva: false, ...more });
    const { name } = await fauna.indexed(
      { terms: [mva('t')], values: [mva('v')] },
      { t: object({ a: 1, b: 2 }), v: [1, 2] },
      { t: object({ b: 2, a: 1 }), v: object({ x: 1 }) },
    );
    expect(await fauna.all(match(name, object({ b: 2, a: 1 })))).toEqual([[1, 2], { x: 1 }]);
  });

  it('strings folded, each element of an array, other values as they are', async () => {
    const folded = object({ field: ['data', 'foo'], transform: 'casefold' });
    const { name } = await fauna.indexed(
      { terms: [folded] },
      { foo: 1 },
      { foo: 'Snow' },
      { foo: ['Snow', 'RAIN'] },
      { foo: 'Straße' },
    );
    const found = (term: Json) => fauna.all(match(name, term)).then(ids);
    expect(await Promise.all(['snow', 'rain', 'RAIN', 1, 'strasse'].map(found))).toEqual([
      ['2', '3'],
      ['3'],
      [],
      ['1'],
      ['4'],
    ]);
  });

  it('values in the order of types, numbers by size, and backwards where they say', async () => {
    const values = [
      3,
      'str',
      1,
      3.14,
      { '@ts': '1970-01-01T00:00:00Z' },
      { '@date': '1970-01-01' },
      { '@bytes': 'AQID' },
      2,
      true,
      false,
    ];
    const documents = values.map((value) => ({ value: value as Json }));
    const { name: up } = await fauna.indexed({ values: [field('data', 'value')] }, ...documents);
    const { name: down } = await fauna.indexed(
      { values: [object({ field: ['data', 'value'], reverse: true })] },
      ...documents,
    );
    const sorted = [1, 2, 3, 3.14, values[6], 'str', values[4], values[5], false, true];
    expect(await fauna.all(match(up))).toEqual(sorted);
    expect(await fauna.all(match(down))).toEqual([...sorted].reverse());
  });

  it('the time of the transaction as a value, and null for it as a term', async () => {
    const { name: times, source: valued } = await fauna.indexed({ values: object({ field: 'ts' }) });
    const { name: terms, source: termed } = await fauna.indexed({ terms: object({ field: 'ts' }) });
    const first = (await fauna.ask(create(valued, {}))) as unknown as Doc;
    const second = (await fauna.ask(create(termed, {}, '1'))) as unknown as Doc;
    expect(await fauna.all(match(times))).toEqual([first.ts]);
    expect(ids(await fauna.all(match(terms, null)))).toEqual(['1']);
    expect(await fauna.all(match(terms, second.ts))).toEqual([]);
    await fauna.ask({ delete: document(termed, '1') });
    expect(await fauna.all(match(terms, null))).toEqual([]);
  });

  it('what bindings give: scalars, each of an array, and nothing where they fail', async () => {
    const name = 'bound';
    await fauna.ask({ create_collection: object({ name }) });
    const source = object({
      collection: collection(name),
      fields: object({
        twice: query('doc', { multiply: [2, { select: ['data', 'n'], from: variable('doc') }] }),
        parts: query('doc', { take: 2, collection: [1, 2, 3] }),
      }),
    });
    await fauna.ask(
      index({ name: 'twice', source, terms: [object({ binding: 'twice' })], values: [object({ binding: 'parts' })] }),
    );
    await fauna.ask(create(name, { n: 4 }, '1'));
    await fauna.ask(create(name, { n: 'x' }, '2'));
    expect(await fauna.all(match('twice', 8))).toEqual([1, 2]);
    expect(await fauna.all(match('twice', null))).toEqual([]);
  });

  it('documents of several collections, or of all', async () => {
    for (const name of ['persons', 'places']) await fauna.ask({ create_collection: object({ name }) });
    const terms = [field('data', 'name')];
    await fauna.ask(
      index({ name: 'both', source: [collection('persons'), collection('places')], terms, active: true }),
    );
    await fauna.ask(index({ name: 'every', source: '_', terms, active: true }));
    await fauna.ask(create('places', { name: 'Ray' }, '1'));
    await fauna.ask(create('persons', { name: 'Ray' }, '2'));
    expect(ids(await fauna.all(match('both', 'Ray')))).toEqual(['1', '2']);
    expect(ids(await fauna.all(match('every', 'Ray')))).toEqual(['1', '2']);
    await fauna.ask({ delete: collection('places') });
    expect(ids(await fauna.all(match('both', 'Ray')))).toEqual(['2']);
  });

  it('no document whose time to live is over, nor refuse another in its place', async () => {
    const { name, source } = await fauna.indexed({ values: [field('data', 'name')], unique: true });
    const made = (await fauna.ask(create(source, { name: 'x' }, '1'))) as unknown as Doc;
    await fauna.ask({
      update: document(source, '1'),
      params: object({ ttl: { epoch: made.ts + 5_000_000, unit: 'microseconds' } }),
    });
    expect(await fauna.all(match(name))).toEqual(['x']);
    expect((await fauna.fails(create(source, { name: 'x' }))).errors).toEqual([
      { position: ['create'], code: 'instance not unique', description: 'document is not unique.' },
    ]);
    fauna.clock.pass(6_000_000n);
    expect(await fauna.all(match(name))).toEqual([]);
    expect(await fauna.all({ documents: collection(source) })).toEqual([]);
    expect(await fauna.ask({ exists: document(source, '1') })).toBe(false);
    await fauna.ask(create(source, { name: 'x' }));
    expect(await fauna.all(match(name))).toEqual(['x']);
  });
});
