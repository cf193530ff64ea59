// biome-ignore-all lint/suspicious/noThenProperty: `then` is a key of the query language

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../../../../src/embedded/fauna/engine/clock.ts';
import { type DirectReads, openDirectReads } from '../../../../../src/embedded/fauna/engine/direct/direct-reads.ts';
import { createEngine, type Engine } from '../../../../../src/embedded/fauna/engine/engine.ts';
import type { Credential, QueryRequest } from '../../../../../src/embedded/fauna/engine/protocol.ts';
import { AUDIENCE_PREFIX, decodeGlobalId } from '../../../../../src/embedded/fauna/security/global-id.ts';
import { Store } from '../../../../../src/embedded/fauna/store/store.ts';
import { bodyText } from '../../body-text.ts';
import { collection, create, document, indexOver, type Json, lambda, match, object, variable } from '../../raw.ts';

const ROOT_KEY = 'root-secret-for-direct-reads';
const ADMIN = `${ROOT_KEY}:db:admin`;
const ISSUER = 'https://issuer.test';
const folder = mkdtempSync(join(tmpdir(), 'burrow-direct-'));
const file = join(folder, 'fauna.db');
const clock = createClock();
const commits = new SharedArrayBuffer(4);
let store: Store;
let engine: Engine;
let direct: DirectReads;
let jwt: (sub: string, issuer?: string) => Credential;

const asking = (query: Json | string, credential: string | Credential = ADMIN): QueryRequest => ({
  credential: typeof credential === 'string' ? { type: 'secret', secret: credential } : credential,
  query: typeof query === 'string' ? query : JSON.stringify(query),
  readOnly: false,
  timeoutMs: 60_000,
});
/** On the engine that knows no bounds. */
const ask = (query: Json, credential: string | Credential = ADMIN): Json => {
  const response = engine.execute(asking(query, credential));
  const body = bodyText(response);
  if (response.status > 299) throw new Error(body);
  return (JSON.parse(body) as { resource: Json }).resource;
};
const get = (id: string): Json => ({ get: document('notes', id) });
const owner = (of: Json): Json => ({ equals: [{ current_identity: null }, { select: ['data', 'owner'], from: of }] });
const role = (name: string, predicate: Json): Json => ({
  create_role: object({
    name,
    privileges: [object({ resource: collection('notes'), actions: object({ read: predicate }) })],
  }),
});
const provider = (issuer: string, roleName: string): Json => ({
  create_access_provider: object({
    name: roleName,
    issuer,
    jwks_uri: 'https://issuer.test/jwks',
    roles: [{ role: roleName }],
  }),
});

beforeAll(() => {
  store = new Store(file, clock, { commits });
  engine = createEngine({ store, clock, rootKey: ROOT_KEY, randomBytes });
  ask({ create_database: object({ name: 'db' }) }, ROOT_KEY);
  ask({ create_collection: object({ name: 'notes' }) });
  ask(indexOver('by_owner', 'notes', ['owner']));
  ask(create('notes', { owner: 'alice', title: 'One', n: 1, day: { '@date': '2024-02-29' } }, '1'));
  ask(create('notes', { owner: 'bob', list: Array.from({ length: 150 }, (_, index) => index) }, '2'));
  ask(create('notes', { owner: 'bob', text: 'x'.repeat(20_000) }, '3'));
  ask(create('notes', { owner: 'bob', list: Array.from({ length: 300 }, (_, index) => index) }, '4'));
  ask(create('notes', { owner: 'bob', text: 'x'.repeat(10_000) }, '5'));
  ask({ create_function: object({ name: 'yes', body: { query: lambda('x', true) } }) });
  ask(role('own', { query: lambda('r', owner({ get: variable('r') })) }));
  ask(role('calls', { query: lambda('r', { call: { function: 'yes' }, arguments: variable('r') }) }));
  const made = ask(provider(ISSUER, 'own')) as { audience: string };
  ask(provider(`${ISSUER}/calls`, 'calls'));
  const globalId = decodeGlobalId(made.audience.slice(AUDIENCE_PREFIX.length)) ?? 0n;
  jwt = (sub, issuer = ISSUER) => ({ type: 'jwt', globalId, issuer, payload: JSON.stringify({ iss: issuer, sub }) });
  direct = openDirectReads({ file, rootKey: ROOT_KEY, clock, commits });
});
afterAll(() => {
  direct.close();
  store.close();
  rmSync(folder, { recursive: true });
});

describe('a small read', () => {
  it.each<[string, Json, number]>([
    ['a document', get('1'), 200],
    ['a document by a ref as it is answered', { get: refLiteral('1') }, 200],
    ['a list', get('2'), 200],
    ['a field', { select: ['data', 'title'], from: get('1') }, 200],
    ['a field that is not there', { select: ['data', 'nothing'], from: get('1'), default: 'none' }, 200],
    ['a field that is not there, without a default', { select: ['data', 'nothing'], from: get('1') }, 404],
    ['whether it is there', { exists: document('notes', '1') }, 200],
    ['what may not be there', { if: { exists: document('notes', '9') }, then: get('9'), else: null }, 200],
    ['a document that is not there', get('9'), 404],
    ['a document of a collection that is not there', { get: document('nothing', '1') }, 400],
    ['what cannot be got', { get: 5 }, 400],
    ['a schema document', { get: collection('notes') }, 200],
    ['two', { object: { one: get('1'), two: { and: [true, { exists: document('notes', '2') }] } } }, 200],
  ])('of %s is answered as a reader answers it', (_, query, status) => {
    const seen = direct.query(asking(query));
    expect(seen?.status).toBe(status);
    expect(seen?.body).toBe(engine.read(asking(query))?.body);
  });

  it('is refused to who may not, as by a reader', () => {
    for (const credential of [`${ROOT_KEY}:db:client`, 'no secret', jwt('mallory')]) {
      const seen = direct.query(asking(get('1'), credential));
      expect([401, 403]).toContain(seen?.status);
      expect(seen?.body).toBe(engine.read(asking(get('1'), credential))?.body);
    }
  });

  it('by JWT asks the predicate of its role', () => {
    expect(direct.query(asking(get('1'), jwt('alice')))?.status).toBe(200);
    expect(direct.query(asking(get('2'), jwt('alice')))?.status).toBe(403);
    expect(direct.query(asking({ exists: document('notes', '2') }, jwt('alice')))?.body).toBe('{"resource":false}');
    expect(direct.findProvider((jwt('alice') as { globalId: bigint }).globalId, ISSUER)).toEqual({
      found: { jwksUri: 'https://issuer.test/jwks' },
    });
    expect(direct.findProvider(1n, ISSUER)).toEqual({ found: undefined });
  });
});

describe('what could hold the serving thread up is left to another:', () => {
  it.each<[string, Json | string]>([
    ['a set', { paginate: match('by_owner', 'bob') }],
    ['the first of a set', { get: match('by_owner', 'bob') }],
    ['a set as it is answered', { get: { '@set': { match: { '@ref': { id: 'by_owner' } } } } }],
    ['a set in other letters', '{"get":{"\\u0040set":{"singleton":1}}}'],
    ['the set a native collection is', { get: { '@ref': { id: 'collections' } } }],
    ['a write', create('notes', {})],
    ['a write beside a read', { object: { a: get('1'), b: { delete: document('notes', '1') } } }],
    ['a call', { call: { function: 'yes' }, arguments: 1 }],
    ['what is bound and then used twice', { let: { a: get('1') }, in: [variable('a'), variable('a')] }],
    ['a loop', { map: lambda('x', get('1')), collection: [1, 2] }],
    ['a long text', { get: document('notes', '1'.padStart(1000, '0')) }],
    ['a large document', get('3')],
    ['a document of some size, twice', { object: { a: get('5'), b: get('5') } }],
    ['what is too old to be read', { get: document('notes', '1'), ts: 5 }],
    ['who is asking', { current_token: null }],
    ['a long list', get('4')],
    ['what is no JSON', '{"get":'],
    ['what is no query', { get: 1, nothing: 2 }],
  ])('%s', (_, query) => {
    const given = typeof query === 'string' ? query : JSON.stringify(query);
    expect(direct.query(asking(given))).toBeUndefined();
  });

  it('a predicate that is not small', () => {
    expect(engine.read(asking(get('1'), jwt('alice', `${ISSUER}/calls`)))?.status).toBe(200);
    expect(direct.query(asking(get('1'), jwt('alice', `${ISSUER}/calls`)))).toBeUndefined();
  });

  it("a secret's hash, until another has found it to match", () => {
    const params = object({ role: 'server', database: { database: 'db' } });
    const { secret } = ask({ create_key: params }, ROOT_KEY) as { secret: string };
    const wrong = `${secret.slice(0, -4)}AAAA`;
    expect(direct.query(asking(get('1'), secret))).toBeUndefined();
    expect(direct.query(asking(get('1'), wrong))).toBeUndefined();
    expect(engine.read(asking(get('1'), secret))?.status).toBe(200);
    expect(direct.query(asking(get('1'), secret))?.status).toBe(200);
    expect(direct.query(asking(get('1'), wrong))).toBeUndefined();
  });

  it('a large schema, whichever part of it is asked for', () => {
    ask({ create_database: object({ name: 'large' }) }, ROOT_KEY);
    const admin = `${ROOT_KEY}:large:admin`;
    for (let number = 0; number <= 500; number += 1) ask({ create_collection: object({ name: `c${number}` }) }, admin);
    ask({ create: { ref: collection('c1'), id: '1' } }, admin);
    expect(direct.query(asking({ get: document('c1', '1') }, admin))).toBeUndefined();
    expect(direct.query(asking(get('1')))?.status).toBe(200);
  });
});

describe('its snapshot', () => {
  it('has what was committed before it was asked for', () => {
    for (let number = 1; number <= 20; number += 1) {
      const written = engine.execute(
        asking({ update: document('notes', '1'), params: object({ data: object({ n: number }) }) }),
      );
      const seen = direct.query(asking({ select: ['data', 'n'], from: get('1') }));
      expect(seen?.body).toBe(`{"resource":${number}}`);
      expect(seen?.transactionTime).toBeGreaterThan(written.transactionTime);
    }
  });

  it('has a schema that was changed before it was asked for', () => {
    expect(direct.query(asking({ get: document('later', '1') }))?.status).toBe(400);
    ask({ create_collection: object({ name: 'later' }) });
    expect(direct.query(asking({ get: document('later', '1') }))?.status).toBe(404);
  });

  it('is let go of, so that the log can be emptied', async () => {
    expect(direct.query(asking(get('1')))?.status).toBe(200);
    const other = new DatabaseSync(file);
    other.exec('PRAGMA busy_timeout = 0');
    const isEmptied = (): boolean => other.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;
    ask({ update: document('notes', '1'), params: object({}) });
    expect(direct.query(asking(get('1')))?.status).toBe(200);
    await expect.poll(isEmptied, { timeout: 5000 }).toBe(true);
    other.close();
    expect(direct.query(asking(get('1')))?.status).toBe(200);
  });
});

it('is left to others where the file cannot be read', () => {
  const damaged = join(folder, 'damaged.db');
  new Store(damaged, clock).close();
  truncateSync(damaged, 5000);
  for (const broken of [damaged, join(folder, 'absent.db')]) {
    const reads = openDirectReads({ file: broken, rootKey: ROOT_KEY, clock, commits });
    expect(reads.query(asking(get('1'), ROOT_KEY))).toBeUndefined();
    expect(reads.findProvider(1n, ISSUER)).toBeUndefined();
    reads.close();
  }
});

function refLiteral(id: string): Json {
  return { '@ref': { id, collection: { '@ref': { id: 'notes', collection: { '@ref': { id: 'collections' } } } } } };
}
