/** A database with something of everything in it, under names the generator knows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Fauna, openFauna } from '../../../../src/embedded/fauna/index.ts';
import { bundleFaunaWorker } from '../../../../src/setup/bundle-fauna-worker.ts';
import { jwkOf, jwt, rsa, rsaKey, type SigningKey } from '../security/tokens.ts';
import { type Case, send } from './send.ts';

export const ROOT_KEY = 'root-secret-for-tests';
export const COLLECTIONS = ['users', 'notes', 'things'];
export const INDEXES = ['notes_by_owner', 'notes_by_n', 'all_notes', 'users_by_name', 'notes_bound', 'everything'];
export const FUNCTIONS = ['double', 'reads', 'writes', 'forever', 'fails'];
export const ROLES = ['reader', 'member', 'owner'];
export const DATABASES = ['child', 'other', 'db'];
/** Of documents that are there at first, mostly. */
export const THERE = ['1', '2', '3', '4'];
export const PASSWORD = 'correct horse';
export const IDS = ['1', '2', '3', '4', '5', '99', 'self', '9223372036854775807', '-1', 'x'];
/** A key's, a token's and two JWTs, under names: they are others in each world, and a case is to be kept. */
export const OWN_SECRETS = ['{{key}}', '{{token}}', '{{jwt alice}}', '{{jwt bob}}'];
/** Those of the root go into the database by name. */
export const SECRETS = [
  ...['admin', 'admin', 'admin', 'admin', 'server', 'server-readonly', 'client', '@role/reader', '@doc/users/1'].map(
    (scope) => `${ROOT_KEY}:db:${scope}`,
  ),
  ROOT_KEY,
  ...OWN_SECRETS,
];
export const ADMIN = `${ROOT_KEY}:db:admin`;

export interface World {
  readonly fauna: Fauna;
  /** Whether queries run on threads, and small reads on this one. */
  readonly threads: boolean;
  /** Writes to some of what streams are of, for them to have something to tell. */
  stir(): Promise<void>;
  /** The case with this world's secrets in the place of their names. */
  fill(request: Case): Case;
  close(): Promise<void>;
}

const object = (fields: object): object => ({ object: fields });
const collection = (name: string): object => ({ collection: name });
const query = (parameters: unknown, expr: unknown): object => ({ query: { lambda: parameters, expr } });
const v = (name: string): object => ({ var: name });
const index = (name: string, source: unknown, more: object = {}): object => ({
  create_index: object({ name, source, ...more }),
});
const field = (...path: string[]): object => object({ field: path });
const create = (name: string, id: string, fields: object, more: object = {}): object => ({
  create: { ref: collection(name), id },
  params: object({ data: object(fields), ...more }),
});

const owned = (of: unknown): object => ({
  equals: [{ current_identity: null }, { select: ['data', 'owner'], from: of }],
});

const SET_UP: readonly object[] = [
  ...COLLECTIONS.map((name) => ({ create_collection: object({ name, history_days: 30 }) })),
  index('notes_by_owner', collection('notes'), { terms: [field('data', 'owner')] }),
  index('notes_by_n', collection('notes'), {
    values: [object({ field: ['data', 'n'], reverse: true }), field('data', 'title'), field('ref')],
  }),
  index('all_notes', collection('notes')),
  index('users_by_name', collection('users'), { terms: [field('data', 'name')], unique: true }),
  index(
    'notes_bound',
    object({
      collection: collection('notes'),
      fields: object({ b: query('d', { select: ['data', 'n'], from: v('d') }) }),
    }),
    { terms: [object({ binding: 'b' })], values: [object({ field: ['data', 'title'], transform: 'casefold' })] },
  ),
  index('everything', '_'),
  { create_function: object({ name: 'double', body: query('x', { multiply: [v('x'), 2] }) }) },
  { create_function: object({ name: 'reads', body: query([], { paginate: { documents: collection('notes') } }) }) },
  {
    create_function: object({
      name: 'writes',
      body: query('x', { create: collection('things'), params: object({ data: object({ x: v('x') }) }) }),
    }),
  },
  {
    create_function: object({
      name: 'forever',
      body: query('x', { call: { function: 'forever' }, arguments: v('x') }),
    }),
  },
  { create_function: object({ name: 'fails', body: query('_', { abort: 'no' }) }) },
  {
    create_role: object({
      name: 'reader',
      privileges: [
        object({ resource: collection('notes'), actions: object({ read: true }) }),
        object({ resource: { index: 'all_notes' }, actions: object({ read: true }) }),
        object({ resource: { function: 'double' }, actions: object({ call: true }) }),
      ],
    }),
  },
  {
    create_role: object({
      name: 'member',
      membership: [object({ resource: collection('users') })],
      privileges: [
        object({
          resource: collection('notes'),
          actions: object({
            read: query('r', {
              equals: [{ current_identity: null }, { select: ['data', 'owner'], from: { get: v('r') } }],
            }),
            create: true,
            write: query(['old', 'new'], { equals: [v('old'), v('new')] }),
          }),
        }),
        object({ resource: { index: 'notes_by_n' }, actions: object({ unrestricted_read: true }) }),
      ],
    }),
  },
  {
    create_role: object({
      name: 'owner',
      privileges: [
        object({
          resource: collection('notes'),
          actions: object({
            read: query('r', owned({ get: v('r') })),
            history_read: query('r', owned({ get: v('r') })),
            create: query('d', owned(v('d'))),
            write: query(['old', 'new'], { and: [owned(v('old')), owned(v('new'))] }),
            delete: query('r', owned({ get: v('r') })),
          }),
        }),
        object({
          resource: { index: 'notes_by_owner' },
          actions: object({
            read: query('terms', { equals: [{ current_identity: null }, { select: 0, from: v('terms') }] }),
          }),
        }),
        object({ resource: { index: 'all_notes' }, actions: object({ read: true }) }),
        object({ resource: { function: 'double' }, actions: object({ call: true }) }),
      ],
    }),
  },
  { create_database: object({ name: 'child' }) },
  { create_database: object({ name: 'other' }) },
  create('users', '1', { name: 'Alice' }, { credentials: object({ password: PASSWORD }) }),
  create('users', '2', { name: 'Bob', age: 42 }),
  create('users', '3', { name: 'Straße' }),
  ...['1', '2', '3', '4', '5'].map((id) =>
    create('notes', id, {
      title: `Note ${id}`,
      n: Number(id) % 3,
      owner: Number(id) > 2 ? 'alice' : { ref: collection('users'), id },
      tags: ['a', 'b', id],
    }),
  ),
  { update: { ref: collection('notes'), id: '1' }, params: object({ data: object({ n: 1.5, at: { now: null } }) }) },
  create('things', '1', {
    bytes: { '@bytes': 'aGVsbG8=' },
    day: { '@date': '2024-02-29' },
    nested: object({ a: [1] }),
  }),
  { delete: { ref: collection('notes'), id: '5' } },
];

/** Some of it may fail, after what was written before. */
const STIRRED: readonly object[] = [
  ...COLLECTIONS.map((name) => ({
    update: { ref: collection(name), id: '1' },
    params: object({ data: object({ stirred: { now: null }, owner: 'alice', n: 1 }) }),
  })),
  {
    let: [{ made: create('notes', '77', { owner: 'alice', n: 2, title: 'Stirred' }) }],
    in: { delete: { select: 'ref', from: v('made') } },
  },
  { do: [create('things', '78', { x: 1 }), { delete: { ref: collection('things'), id: '78' } }] },
  { delete: { ref: collection('notes'), id: '77' } },
];

const ISSUER = 'https://issuer.test';
let worker: Promise<string> | undefined;
/** Made once a thread or process of the campaign. */
const bundledWorker = (): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-fauna-worker-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return bundleFaunaWorker(folder);
};
let signing: SigningKey | undefined;

export async function createWorld({ threads = false } = {}): Promise<World> {
  signing ??= rsaKey('fuzz');
  const key = signing;
  const folder = mkdtempSync(join(tmpdir(), 'burrow-fuzz-'));
  if (threads) worker ??= bundledWorker();
  const fauna = openFauna({
    file: join(folder, 'fauna.db'),
    rootKey: ROOT_KEY,
    resolveJwks: async () => Response.json({ keys: [jwkOf(key)] }),
    ...(threads && worker ? { worker: await worker } : {}),
  });
  const ask = async (secret: string, body: object): Promise<{ secret: string; audience: string }> => {
    // What a case is given to end in is too little for a thread that begins on a busy machine.
    const headers = { 'x-query-timeout': '60000' };
    const seen = await send(fauna, { body: JSON.stringify(body), secret, headers });
    if (seen.status >= 300) throw new Error(`setting up the world: ${JSON.stringify(body)} answered ${seen.text}`);
    return (JSON.parse(seen.text) as { resource: { secret: string; audience: string } }).resource;
  };
  await ask(ROOT_KEY, { create_database: object({ name: 'db' }) });
  for (const body of SET_UP) await ask(ADMIN, body);
  const provider = object({ name: 'issuer', issuer: ISSUER, jwks_uri: `${ISSUER}/jwks`, roles: [{ role: 'owner' }] });
  const { audience } = await ask(ADMIN, { create_access_provider: provider });
  const jwtOf = (sub: string): string =>
    jwt({ alg: 'RS256', kid: key.kid }, { iss: ISSUER, aud: audience, sub }, rsa(key));
  const login = { login: { ref: collection('users'), id: '1' }, params: object({ password: PASSWORD }) };
  const secrets: Readonly<Record<string, string>> = {
    '{{key}}': (await ask(ADMIN, { create_key: object({ role: 'server' }) })).secret,
    '{{token}}': (await ask(ADMIN, login)).secret,
    '{{jwt alice}}': jwtOf('alice'),
    '{{jwt bob}}': jwtOf('bob'),
  };
  const filled = (text: string): string => text.replace(/\{\{[a-z ]+\}\}/g, (name) => secrets[name] ?? name);
  return {
    fauna,
    threads,
    stir: async () => {
      for (const body of STIRRED) await send(fauna, { body: JSON.stringify(body), secret: ADMIN });
    },
    fill: ({ secret, body, path, ...rest }) => ({
      ...rest,
      ...(secret === undefined ? {} : { secret: filled(secret) }),
      ...(body === undefined ? {} : { body: filled(body) }),
      ...(path === undefined
        ? {}
        : {
            path: path.replace(/%7B%7B([a-z]+)(?:%20([a-z]+))?%7D%7D/g, (_, ...words) =>
              filled(`{{${words.slice(0, 2).filter(Boolean).join(' ')}}}`),
            ),
          }),
    }),
    close: async () => {
      await fauna.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
