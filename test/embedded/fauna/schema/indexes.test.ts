import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collection, create, data, document, type Json, match, object, variable } from '../raw.ts';
import {
  type Doc,
  type Fields,
  field,
  type Indexes,
  ids,
  index,
  query,
  refTo,
  startIndexes,
} from './indexes-fixture.ts';

describe('indexes', () => {
  let fauna: Indexes;
  beforeAll(async () => {
    fauna = await startIndexes();
  });
  afterAll(() => fauna.close());

  it('are answered with what they were made with, and what they did not say', async () => {
    const made = (await fauna.ask(
      index({
        name: 'spells',
        source: collection('things'),
        terms: [field('data', 'element')],
        values: [field('data', 'name')],
      }),
    )) as unknown as Doc;
    expect(made).toEqual({
      ref: { '@ref': { id: 'spells', collection: { '@ref': { id: 'indexes' } } } },
      ts: made.ts,
      active: true,
      serialized: true,
      name: 'spells',
      source: refTo('things'),
      terms: [{ field: ['data', 'element'] }],
      values: [{ field: ['data', 'name'] }],
      partitions: 1,
    });
    expect(await fauna.ask({ get: { index: 'spells' } })).toEqual(made);
  });

  it.each<[string, Fields, number]>([
    ['without terms', {}, 8],
    ['with no terms in a list', { terms: [] }, 8],
    ['with null for terms', { terms: null }, 8],
    ['by class', { terms: [object({ field: 'class' })] }, 8],
    ['with terms', { terms: [field('data', 'a')] }, 1],
    ['unique without terms', { unique: true }, 8],
    ['that say so', { terms: [field('data', 'a')], partitions: 3 }, 3],
  ])('%s have so many partitions', async (_, fields, partitions) => {
    const { name } = await fauna.indexed(fields);
    expect(await fauna.ask({ select: 'partitions', from: { get: { index: name } } })).toBe(partitions);
  });

  it('let a document go and come back in one transaction', async () => {
    const { name, source } = await fauna.indexed({ terms: [field('data', 'n')], unique: true }, { n: 1 });
    await fauna.ask({ do: [{ delete: document(source, '1') }, create(source, { n: 1 }, '2')] });
    expect(ids(await fauna.all(match(name, 1)))).toEqual(['2']);
  });

  it('tell of no events by changes that are undone in their transaction', async () => {
    const { name, source } = await fauna.indexed(
      { terms: [field('data', 't')], values: [object({ field: ['data', 'v'], reverse: true })] },
      { t: 1, v: 'v1' },
    );
    const set = (v: string): Json => ({ update: document(source, '1'), params: data({ v }) });
    const events = () => fauna.all({ events: match(name, 1) });
    await fauna.ask(set('v2'));
    const before = await events();
    expect(before).toHaveLength(3);
    await fauna.ask({ do: [set('v3'), set('v2')] });
    expect(await events()).toEqual(before);
    await fauna.ask({ do: [set('v3'), set('v4')] });
    expect(await events()).toHaveLength(5);
  });

  it('go with the only collection they are over, and are gone by name', async () => {
    const { name, source } = await fauna.indexed({ terms: [field('data', 'a')] });
    await fauna.ask({ delete: collection(source) });
    expect(await fauna.fails({ get: { index: name } })).toEqual({
      status: 400,
      errors: [
        { position: ['get'], code: 'invalid ref', description: `Ref refers to undefined index 'i${source.slice(1)}'` },
      ],
    });
  });

  it('keep their refs when they are renamed, and so do collections', async () => {
    const { name, source } = await fauna.indexed({}, { a: 1 });
    const [old, fresh] = [name, 'renamed'];
    const renamed = (await fauna.ask({ update: { index: old }, params: object({ name: fresh }) })) as unknown as Doc;
    expect(renamed.ref).toEqual({ '@ref': { id: fresh, collection: { '@ref': { id: 'indexes' } } } });
    expect(await fauna.all(match(fresh))).toHaveLength(1);
    expect((await fauna.fails({ get: { index: old } })).errors[0]?.description).toBe(
      `Ref refers to undefined index '${old}'`,
    );
    await fauna.ask({ update: collection(source), params: object({ name: 'anew' }) });
    expect((await fauna.all(match(fresh)))[0]).toEqual({ '@ref': { id: '1', collection: refTo('anew') } });
    expect(await fauna.ask({ select: 'source', from: { get: { index: fresh } } })).toEqual(refTo('anew'));
  });

  it('show a source under `collection`, whichever name it was given', async () => {
    const source = object({
      class: collection('things'),
      fields: object({ t: query('x', { select: 'ts', from: variable('x') }) }),
      extra: 1,
    });
    const made = (await fauna.ask(
      index({ name: 'sourced', source, values: [object({ binding: 't' })] }),
    )) as unknown as { source: object };
    expect(Object.keys(made.source)).toEqual(['collection', 'fields', 'extra']);
    expect(await fauna.ask({ select: ['source', 'collection'], from: { get: { index: 'sourced' } } })).toEqual(
      refTo('things'),
    );
  });

  const base = { name: 'bad', source: collection('things') };
  const failure = (path: string[], code: string, description: string) => ({ field: path, code, description });
  const type = (path: string[], actual: string, expected: string) =>
    failure(path, 'invalid type', `Invalid type ${actual}, expected type ${expected}.`);
  const bindings = (body: Json): Json =>
    object({ collection: collection('things'), fields: object({ b: query('x', body) }) });
  it.each<[string, Fields, object[]]>([
    ['without a source', { name: 'bad' }, [failure(['source'], 'value required', 'Required value not found.')]],
    [
      'without a name',
      { source: collection('things') },
      [failure(['name'], 'value required', 'Required value not found.')],
    ],
    ['named _', { ...base, name: '_' }, [failure(['name'], 'reserved name', 'Invalid name _. Reserved names: _.')]],
    [
      'named by other characters',
      { ...base, name: 'a b' },
      [
        failure(
          ['name'],
          'invalid characters',
          'The name a b uses invalid characters. Valid characters must match: [;@+$\\-_.!~%\\w]+',
        ),
      ],
    ],
    ['named by a number', { ...base, name: 1 }, [type(['name'], 'Long', 'Name')]],
    ['over an index', { ...base, source: { index: 'spells' } }, [type(['source'], 'Ref', 'SourceClass')]],
    [
      'over databases',
      { ...base, source: { databases: null } },
      [failure(['source'], 'invalid reference', 'Cannot read reference.')],
    ],
    [
      'over an object without a collection',
      { ...base, source: object({ object: 1 }) },
      [failure(['class'], 'value required', 'Required value not found.')],
    ],
    [
      'over a wildcard in a list',
      { ...base, source: ['_', collection('things')] },
      [failure(['source'], 'mixed wildcards', 'Cannot mix collection refs and wildcards without providing bindings.')],
    ],
    [
      'over a collection twice',
      { ...base, source: [collection('things'), collection('things')] },
      [failure(['source'], 'multiple bindings', 'A collection ref may only match one binding.')],
    ],
    ['with terms that are none', { ...base, terms: 'x' }, [type(['terms'], 'String', 'Term')]],
    [
      'with a term of nothing',
      { ...base, terms: [object({})] },
      [failure(['field'], 'value required', 'Must provide one of the following: field, binding')],
    ],
    [
      'with a term of an object',
      { ...base, terms: [object({ field: object({ a: 1 }) })] },
      [type(['field'], 'Map', 'Long or String')],
    ],
    [
      'with a value that is reversed by a string',
      { ...base, values: [object({ field: 'ref', reverse: 'true' })] },
      [type(['reverse'], 'String', 'Boolean')],
    ],
    [
      'with an unknown transform',
      { ...base, terms: [object({ field: 'ref', transform: 'wrong' })] },
      [failure(['transform'], 'invalid value', 'Invalid value `wrong` at `transform`')],
    ],
    [
      'of 9 partitions',
      { ...base, partitions: 9 },
      [failure(['partitions'], 'bounds error', 'Value 9 is not in expected range 1 to 8.')],
    ],
    ['active by a string', { ...base, active: 'yes' }, [type(['active'], 'String', 'Boolean')]],
    [
      'with a binding that reads',
      { ...base, source: bindings({ get: variable('x') }), terms: [object({ binding: 'b' })] },
      [failure(['source', '0', 'fields', '0', 'b'], 'invalid binding', 'Field binding must be a pure unary function.')],
    ],
    [
      'with a binding that is not used',
      { ...base, source: bindings(1) },
      [
        failure(
          ['source', '0', 'fields', '0', 'b'],
          'unused binding',
          'Source binding is not used as a term or value.',
        ),
      ],
    ],
    [
      'with a binding that is no lambda',
      { ...base, source: object({ collection: collection('things'), fields: object({ b: 1 }) }) },
      [type(['fields', 'b'], 'Long', 'Query')],
    ],
  ])('%s are refused', async (_, fields, failures) => {
    expect(await fauna.fails(index(fields))).toEqual({
      status: 400,
      errors: [
        { position: ['create_index'], code: 'validation failed', description: 'document data is not valid.', failures },
      ],
    });
  });

  it.each<[string, Json, object]>([
    [
      'other terms',
      object({ terms: [field('data', 'x')] }),
      failure(
        [],
        'invalid index',
        'Index sources, terms, and values may not be updated (Diff({ "terms" : [ { "field" : [ "data", "x" ] } ] }))',
      ),
    ],
    [
      'more partitions',
      object({ partitions: 2 }),
      failure([], 'invalid index', 'Index partition count may not be updated (1 -> 2).'),
    ],
  ])('do not take %s later', async (_, params, wrong) => {
    const { status, errors } = await fauna.fails({ update: { index: 'spells' }, params });
    expect([status, errors[0]?.code, errors[0]?.position, errors[0]?.failures]).toEqual([
      400,
      'validation failed',
      [],
      [wrong],
    ]);
  });

  it('stay active once they are', async () => {
    const updated = await fauna.ask({ update: { index: 'spells' }, params: object({ active: false }) });
    expect((updated as unknown as { active: boolean }).active).toBe(true);
  });

  it('cannot be replaced, since FaunaDB misses `active` in what Replace leaves', async () => {
    const params = object({ name: 'spells', source: collection('things'), active: true });
    expect((await fauna.fails({ replace: { index: 'spells' }, params })).errors[0]?.failures?.[0]).toEqual(
      failure(['active'], 'value required', 'Required value not found.'),
    );
  });

  it('refuse a document whose arrays would make too many entries', async () => {
    const { source } = await fauna.indexed({
      terms: [field('data', 'a')],
      values: [field('data', 'b'), field('data', 'c')],
    });
    const long = (length: number): Json =>
      Array.from({ length }, (_, n) => `${n} and a text that is long enough to count for something`);
    const { status } = await fauna.fails(create(source, { a: long(100), b: long(75), c: long(30) }));
    expect(status).toBe(400);
  });
});
