/** What entries hold of values that are large, are objects, or whose document has a time to live. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collection, create, document, indexOver, type Json, match, object } from '../raw.ts';
import { type Doc, field, type Indexes, ids, startIndexes } from './indexes-fixture.ts';

let fauna: Indexes;
beforeAll(async () => {
  fauna = await startIndexes();
});
afterAll(() => fauna.close());

describe('what is larger than the store takes', () => {
  const bytes = (size: number): Json => ({ '@bytes': Buffer.alloc(size).toString('base64') });
  /** With their header and the ref, the most that values may take. */
  const [fits, large] = [bytes(32_767 - 16), bytes(32_767 - 15)];

  it('is in no entry, as term or value, when it is written and when an index is built', async () => {
    const { name, source } = await fauna.indexed(
      { terms: [field('data', 'term')], values: [field('data', 'value')] },
      { term: 'a', value: large },
      { term: 'a', value: fits },
      { term: bytes(40_000), value: 1 },
      { term: ['b', bytes(40_000)], value: [2, bytes(40_000)] },
    );
    expect(await fauna.all(match(name, 'a'))).toEqual([fits]);
    expect(await fauna.all(match(name, 'b'))).toEqual([2]);
    await fauna.ask(indexOver('built_large', source, ['term'], ['value']));
    expect(await fauna.all(match('built_large', 'a'))).toEqual([fits]);
    expect(await fauna.all(match('built_large', 'b'))).toEqual([2]);
  });

  it('is no reason to refuse a document for not being unique', async () => {
    const { name, source } = await fauna.indexed({ values: [field('data', 'n')], unique: true }, { n: bytes(40_000) });
    await fauna.ask(create(source, { n: bytes(40_000) }));
    expect(await fauna.all(match(name))).toEqual([]);
  });

  it('is what arrays may multiply to: a document of more is refused', async () => {
    const { name, source } = await fauna.indexed({ terms: [field('data', 'a')], values: [field('data', 'b')] });
    const many = Array.from({ length: 2000 }, (_, index) => index);
    const { status, errors } = await fauna.fails(create(source, { a: many, b: many }, '9'));
    const size = errors[0]?.description.match(/byte size (\d+)/)?.[1];
    const place = errors[0]?.description.match(/in scope \d+ and index \d+/)?.[0];
    const description = `Index entries for doc 9 ${place} have estimated byte size ${size} that exceeds limit 16777216`;
    expect({ status, errors }).toEqual({ status: 400, errors: [{ code: 'bad request', description }] });
    expect(Number(size)).toBeGreaterThan(16_777_216);
    await fauna.ask(create(source, { a: many, b: 1 }, '9'));
    expect(await fauna.all(match(name, 1999))).toEqual([1]);
  });

  it('cannot be looked up, but spoken of', async () => {
    const { name } = await fauna.indexed({ terms: [field('data', 'term')], values: [field('data', 'value')] });
    const tooLong = (length: number) => ({
      status: 400,
      errors: [{ code: 'bad request', description: `buf length ${length} exceeds 32767` }],
    });
    const huge = match(name, bytes(40_000));
    expect(await fauna.ask({ select: ['@set', 'terms'], from: huge })).toEqual(bytes(40_000));
    expect(await fauna.fails({ paginate: huge })).toEqual(tooLong(40_021));
    expect(await fauna.fails({ exists: { union: [match(name, 1), huge] } })).toEqual(tooLong(40_021));
    expect(await fauna.fails({ paginate: { events: huge } })).toEqual(tooLong(40_021));
    expect(await fauna.fails({ paginate: match(name, 1), after: [bytes(40_000)] })).toEqual(tooLong(40_018));
  });
});

describe('objects', () => {
  it('are one whatever the order of their fields, where arrays count as a whole', async () => {
    const whole = (path: string): Json => object({ field: ['data', path], mva: false });
    const fields = { key: object({ b: [object({ d: 1, c: 2 })], a: 3 }) };
    const { name } = await fauna.indexed({ terms: [whole('key')], values: [whole('key')] }, fields);
    const key = object({ a: 3, b: [object({ c: 2, d: 1 })] });
    const stored = { a: 3, b: [{ c: 2, d: 1 }] };
    expect(await fauna.all(match(name, key))).toEqual([stored]);
    expect(JSON.stringify(await fauna.all(match(name, fields.key)))).toBe(JSON.stringify([stored]));
    const terms = { select: ['@set', 'terms'], from: match(name, fields.key) };
    expect(JSON.stringify(await fauna.ask(terms))).toBe(JSON.stringify(stored));
    expect(await fauna.all({ join: match(name, key), with: { index: name } })).toEqual([stored]);
    expect(await fauna.all(match(name, key), { after: [fields.key] })).toEqual([stored]);
  });
});

describe('a time to live', () => {
  const told = async (set: Json): Promise<string[]> =>
    (await fauna.all({ events: set })).map((event) => {
      const { action, document: of } = event as { action: string; document: Json };
      return `${action} ${ids([of])[0]}`;
    });
  const at = (ts: number, seconds: number): Json => ({ epoch: ts + seconds * 1_000_000, unit: 'microseconds' });

  it('that changes takes the document out of its sets and into them', async () => {
    const { name, source } = await fauna.indexed({ values: [field('data', 'n')], unique: true }, { n: 1 });
    const { ts } = (await fauna.ask({ get: document(source, '1') })) as unknown as Doc;
    const ttl = (time: Json): Json => ({ update: document(source, '1'), params: object({ ttl: time }) });
    await fauna.ask(ttl(at(ts, 5)));
    await fauna.ask(ttl(at(ts, 5)));
    expect(await told(match(name))).toEqual(['add 1', 'remove 1', 'add 1']);
    await fauna.ask(ttl(at(ts, 9)));
    await fauna.ask({ do: [ttl(null), ttl(at(ts, 9))] });
    const all = ['add 1', 'remove 1', 'add 1', 'remove 1', 'add 1'];
    expect(await told(match(name))).toEqual(all);
    expect(await told({ documents: collection(source) })).toEqual(all);
    expect(await fauna.all(match(name))).toEqual([1]);
    fauna.clock.pass(10_000_000n);
    expect(await fauna.all(match(name))).toEqual([]);
    expect(await told(match(name))).toEqual(all);
  });

  it('that has passed leaves room for the same document anew, which only comes', async () => {
    const { name, source } = await fauna.indexed({ terms: [field('data', 'n')], unique: true });
    const made = { create: document(source, '7'), params: object({ data: object({ n: 1 }), ttl: at(0, 1) }) };
    await fauna.ask(made);
    expect(await fauna.all(match(name, 1))).toEqual([]);
    await fauna.ask(create(source, { n: 1 }, '7'));
    expect(ids(await fauna.all(match(name, 1)))).toEqual(['7']);
    expect(ids(await fauna.all({ documents: collection(source) }))).toEqual(['7']);
    expect(await told(match(name, 1))).toEqual(['add 7', 'add 7']);
    await fauna.ask({ delete: document(source, '7') });
    expect(await fauna.all(match(name, 1))).toEqual([]);
    expect(await told(match(name, 1))).toEqual(['add 7', 'add 7', 'remove 7']);
  });

  it('is the same in an index that is built later, and in history that is written anew', async () => {
    const { source } = await fauna.indexed({ values: [field('data', 'n')] }, { n: 1 });
    const { ts } = (await fauna.ask({ get: document(source, '1') })) as unknown as Doc;
    await fauna.ask({ update: document(source, '1'), params: object({ ttl: at(ts, 60) }) });
    await fauna.ask(indexOver('built_ttl', source, [], ['n']));
    expect(await told(match('built_ttl'))).toEqual(['add 1', 'remove 1', 'add 1']);
    await fauna.ask({
      insert: document(source, '1'),
      ts: ts - 1,
      action: 'create',
      params: object({ data: object({ n: 1 }) }),
    });
    expect(await told(match('built_ttl'))).toEqual(['add 1', 'remove 1', 'add 1']);
    fauna.clock.pass(61_000_000n);
    expect(await fauna.all(match('built_ttl'))).toEqual([]);
  });
});
