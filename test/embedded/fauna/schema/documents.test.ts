import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answers, type Refusal, refuses } from '../functions/expectations.ts';
import { collection, document, indexOver, type Json, object, type Raw, startRaw } from '../raw.ts';

type Fields = { [key: string]: Json };
const INVALID: [string, string] = ['validation failed', 'document data is not valid.'];
const wrongType = (path: Json, actual: string, expected: string): Json[] => [
  path,
  'invalid type',
  `Invalid type ${actual}, expected type ${expected}.`,
];
const required = (path: Json): Json[] => [path, 'value required', 'Required value not found.'];
const body: Json = { query: { lambda: '_', expr: 1 } };
const refuse = (query: Json, form: string, ...failures: Json[][]): Refusal => [query, [form], ...INVALID, failures];

let fauna: Raw;
beforeAll(async () => {
  fauna = await startRaw();
  await fauna.ask({ create_collection: object({ name: 'people' }) });
  await fauna.ask({ create: document('people', '1') });
  await fauna.ask({ create_function: object({ name: 'f', body }) });
});
afterAll(() => fauna.close());

describe('what is wrong with a schema document is told', () => {
  const made = (fields: Fields): Json => ({ create_collection: object(fields) });
  const defined = (fields: Fields): Json => ({ create_function: object(fields) });
  const wrongBody: [string, string] = ['schema validation failed', 'Invalid type provided for field `body`.'];
  refuses(
    () => fauna,
    [
      refuse(
        made({ name: '_', history_days: 'x', ttl_days: 1.5, data: 1, permissions: 3, document_ttls: 3 }),
        'create_collection',
        wrongType(['data'], 'Long', 'Map'),
        wrongType(['history_days'], 'String', 'Long'),
        wrongType(['ttl_days'], 'Double', 'Long'),
        [['name'], 'reserved name', 'Invalid name _. Reserved names: _.'],
      ),
      refuse(
        made({ history_days: -1, data: object({ r: { ref: collection('people'), id: '9' } }) }),
        'create_collection',
        [['history_days'], 'non-negative value required', 'Value must be non-negative.'],
        required(['name']),
        [['data', 'r'], 'invalid reference', 'Reference was not found.'],
      ),
      refuse(
        defined({ role: 1, body: 1, signature: 1 }),
        'create_function',
        required(['name']),
        wrongType(['role'], 'Long', 'Role'),
        wrongType(['body'], 'Long', 'Query'),
        wrongType(['signature'], 'Long', 'String'),
      ),
      [defined({ name: 'g', body: 'x => x' }), ['create_function'], ...wrongBody],
      [defined({ name: 'f', body: 'x => x' }), ['create_function'], ...wrongBody],
      [{ update: { function: 'f' }, params: object({ body: 'x => x' }) }, [], ...wrongBody],
      refuse(
        { create: { credentials: null }, params: object({ password: 1, hashed_password: 2, data: 3 }) },
        'create',
        wrongType(['password'], 'Long', 'String'),
        wrongType(['data'], 'Long', 'Map'),
        required(['instance']),
      ),
      refuse(
        { create: collection('people'), params: object({ data: 1, credentials: object({ password: 1 }) }) },
        'create',
        wrongType(['credentials', 'password'], 'Long', 'String'),
        wrongType(['data'], 'Long', 'Map'),
      ),
      refuse(
        { create_key: object({ secret: 1, hashed_secret: 2, data: 3, ttl: 4 }) },
        'create_key',
        wrongType(['secret'], 'Long', 'String'),
        wrongType(['hashed_secret'], 'Long', 'String'),
        wrongType(['data'], 'Long', 'Map'),
        required(['role']),
        wrongType(['ttl'], 'Long', 'Timestamp'),
      ),
      refuse(
        { create_key: object({ role: 'moon', secret: 'x' }) },
        'create_key',
        [['secret'], 'invalid secret', 'Invalid secret at `List(secret)`'],
        [['role'], 'validation failure', 'Role name `moon` does not exist.'],
      ),
    ],
  );

  const fieldsOf = (query: Json): Json => ({ merge: query, with: object({ ref: null, ts: null }) });
  const anything = object({ a: 1 });
  answers(
    () => fauna,
    [
      [
        fieldsOf(made({ name: 'plain', permissions: anything, document_ttls: true, data: object({}) })),
        { name: 'plain', history_days: 0 },
      ],
      [
        fieldsOf(defined({ name: 'signed', body, signature: '() => 1', permissions: anything })),
        { name: 'signed', body: { '@query': { api_version: '4', lambda: '_', expr: 1 } }, signature: '() => 1' },
      ],
    ],
  );
});

describe('a database in protected mode', () => {
  const forbidden = (what: string): [string, string] => [
    'schema validation failed',
    `${what}: destructive change forbidden because database is in protected mode.`,
  ];
  const change = (form: string, fields: Fields): Json => ({ [form]: collection('kept'), params: object(fields) });
  let inner: Raw;
  beforeAll(async () => {
    await fauna.ask({ create_database: object({ name: 'protected', protected: true }) });
    const protectedAdmin = `${fauna.root}:db/protected:admin`;
    await fauna.ask({ create_database: object({ name: 'inner' }) }, protectedAdmin);
    await fauna.ask({ create_database: object({ name: 'free', protected: false }) }, protectedAdmin);
    const admin = `${fauna.root}:db/protected/inner:admin`;
    inner = { ...fauna, admin, send: (query) => fauna.send(query, admin), fails: (query) => fauna.fails(query, admin) };
    await fauna.ask({ create_collection: object({ name: 'kept', history_days: 3, ttl_days: 3 }) }, admin);
    await fauna.ask({ create_collection: object({ name: 'forever' }) }, admin);
    await fauna.ask(indexOver('all', 'kept'), admin);
  });

  refuses(
    () => inner,
    [
      [{ delete: collection('kept') }, [], ...forbidden('Cannot delete collection')],
      [{ delete: { index: 'all' } }, [], ...forbidden('Cannot cause deletion of backing index')],
      [change('update', { history_days: 2 }), [], ...forbidden('Cannot decrease `history_days` field')],
      [change('update', { history_days: null }), [], ...forbidden('Cannot remove `history_days` field')],
      [change('update', { ttl_days: 2 }), [], ...forbidden('Cannot decrease `ttl_days` field')],
      [
        { update: collection('forever'), params: object({ ttl_days: 5 }) },
        [],
        ...forbidden('Cannot remove `ttl_days` field'),
      ],
    ],
  );

  it('tells of each thing it would lose', async () => {
    expect(await inner.fails(change('update', { history_days: 1, ttl_days: 1 }))).toEqual({
      status: 400,
      errors: ['history_days', 'ttl_days'].map((field) => {
        const [code, description] = forbidden(`Cannot decrease \`${field}\` field`);
        return { position: [], code, description };
      }),
    });
  });

  it.each<[string, Json]>([
    ['more history', change('update', { history_days: 4 })],
    ['a later ttl', change('update', { ttl_days: 4 })],
    ['no ttl', change('update', { ttl_days: null })],
    ['the same days', change('replace', {})],
  ])('lets %s be', async (_name, query) => {
    expect((await inner.send(query, inner.admin)).status).toBe(200);
  });

  it('can be free below a protected one', async () => {
    const admin = `${fauna.root}:db/protected/free:admin`;
    await fauna.ask({ create_collection: object({ name: 'lost' }) }, admin);
    expect((await fauna.send({ delete: collection('lost') }, admin)).status).toBe(200);
  });
});
