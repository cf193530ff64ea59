import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answers, type Refusal, refuses } from '../functions/expectations.ts';
import { document, type Json, object, type Raw, startRaw } from '../raw.ts';

const reference = (fields: Json): Json => ({ '@ref': fields });
const native = (id: string): Json => reference({ id });
const database = (id: string): Json => reference({ id, collection: native('databases') });
const child = database('child');

let fauna: Raw;
beforeAll(async () => {
  fauna = await startRaw();
  await fauna.ask({ create_database: object({ name: 'child' }) });
  await fauna.ask({ create_collection: object({ name: 'people' }) });
});
afterAll(() => fauna.close());

describe('a ref in a query', () => {
  const names = ['keys', 'tokens', 'credentials', 'collections', 'indexes', 'functions', 'roles', 'access_providers'];
  it.each(names)('to %s of another database is answered as it was sent', async (id) => {
    expect(await fauna.ask(reference({ id, database: child }))).toEqual(reference({ id, database: child }));
  });

  it.each(['foo', '$', 'foo_', 'less%2Fsf', 'selfies', '__'])('may be a path with %s as a name', async (id) => {
    expect(await fauna.ask(reference(`databases/${id}`))).toEqual(database(id));
    expect(await fauna.ask(reference(`classes/${id}/123`))).toEqual(
      reference({ id: '123', collection: reference({ id, collection: native('collections') }) }),
    );
  });

  const invalid = (...paths: string[]): Refusal[] =>
    paths.map((path) => [reference(path), [], 'invalid expression', 'Invalid ref.']);
  refuses(
    () => fauna,
    [
      ...invalid('databases/self', 'databases/events', 'databases/_', 'databases/a b', 'classes/_/1', 'keys/events'),
      ...invalid('/classes/people/1', 'classes/people/9223372036854775808', 'classes/people/self', 'tokens/self'),
      [
        reference({ id: 'moon', database: child }),
        ['id'],
        'invalid expression',
        "Valid native collection name expected, 'moon' provided.",
      ],
      [
        reference({ id: '123', collection: native('keys'), database: child }),
        ['database'],
        'invalid expression',
        'Null expected, Database Ref provided.',
      ],
      [
        { get: reference({ id: 123, collection: native('keys'), database: database('moon') }) },
        ['get'],
        'invalid ref',
        "Ref refers to undefined key '123'",
      ],
    ],
  );

  const inChild = (id: string, collection: string): Json =>
    reference({ id, collection: native(collection), database: child });
  const keyInChild = reference({ id: '7', collection: reference({ id: 'keys', database: child }) });
  answers(
    () => fauna,
    [
      [reference({ id: 7, collection: native('keys'), database: child }), keyInChild],
      [{ ref: { keys: { database: 'child' } }, id: '7' }, keyInChild],
      [{ index: 'none', scope: { database: 'child' } }, inChild('none', 'indexes')],
    ],
  );

  it.each(['Collection', 'Index', 'Function', 'Role', 'Database'])(
    'to a %s of another database says the database beside its name',
    async (kind) => {
      const form = kind.toLowerCase();
      const plural = kind === 'Index' ? 'indexes' : `${form}s`;
      const admin = `${fauna.root}:db/child:admin`;
      const people = { collection: 'people' };
      if (kind === 'Collection') await fauna.ask({ create_collection: object({ name: 'people' }) }, admin);
      const fields: { [kind: string]: { [field: string]: Json } } = {
        Index: { source: people },
        Function: { body: { query: { lambda: '_', expr: 1 } } },
        Role: { privileges: [] },
      };
      if (kind !== 'Collection') {
        await fauna.ask({ [`create_${form}`]: object({ name: 'mine', ...fields[kind] }) }, admin);
      }
      const name = kind === 'Collection' ? 'people' : 'mine';
      expect(await fauna.ask({ [form]: name, scope: { database: 'child' } })).toEqual(inChild(name, plural));
      const fromRoot = { [form]: name, scope: { database: 'child', scope: { database: 'db' } } };
      expect(await fauna.ask(fromRoot, fauna.root)).toEqual(
        reference({
          id: name,
          collection: native(plural),
          database: reference({ id: 'child', collection: native('databases'), database: database('db') }),
        }),
      );
    },
  );

  it('to a document of another database has it in the collection', async () => {
    const query = { ref: { collection: 'people', scope: { database: 'child' } }, id: '1' };
    expect(await fauna.ask(query)).toEqual(reference({ id: '1', collection: inChild('people', 'collections') }));
  });

  it('to oneself is another for each login, however often it was asked', async () => {
    const secrets: string[] = [];
    for (const id of ['1', '2']) {
      const instance = document('people', id);
      await fauna.ask({ create: instance });
      const token = { create: { tokens: null }, params: object({ instance }) };
      secrets.push((await fauna.ask<{ secret: string; ref: Json }>(token)).secret);
    }
    const ids = { array: [] as Json[] };
    for (const secret of [...secrets, ...secrets]) {
      const { '@ref': found } = await fauna.ask<{ '@ref': { id: string } }>(reference('classes/people/self'), secret);
      ids.array.push(found.id);
    }
    expect(ids.array).toEqual(['1', '2', '1', '2']);
  });
});
