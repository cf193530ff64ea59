/** A database with something of everything in it, under names the generator knows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Fauna, openFauna } from '../../../../src/embedded/fauna/index.ts';
import { send } from './send.ts';

export const ROOT_KEY = 'root-secret-for-tests';
export const COLLECTIONS = ['users', 'notes', 'things'];
export const INDEXES = ['notes_by_owner', 'notes_by_n', 'all_notes', 'users_by_name', 'notes_bound', 'everything'];
export const FUNCTIONS = ['double', 'reads', 'writes', 'forever', 'fails'];
export const ROLES = ['reader', 'member'];
export const DATABASES = ['child', 'db'];
export const IDS = ['1', '2', '3', '4', '5', '99', 'self', '9223372036854775807', '-1', 'x'];
/** Each goes into the database by name, so that none has to be kept with a case. */
export const SECRETS = [
  ...['admin', 'admin', 'admin', 'admin', 'server', 'server-readonly', 'client', '@role/reader', '@doc/users/1'].map(
    (scope) => `${ROOT_KEY}:db:${scope}`,
  ),
  ROOT_KEY,
];
export const ADMIN = `${ROOT_KEY}:db:admin`;

export interface World {
  readonly fauna: Fauna;
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
  { create_database: object({ name: 'child' }) },
  create('users', '1', { name: 'Alice' }),
  create('users', '2', { name: 'Bob', age: 42 }),
  create('users', '3', { name: 'Straße' }),
  ...['1', '2', '3', '4', '5'].map((id) =>
    create('notes', id, {
      title: `Note ${id}`,
      n: Number(id) % 3,
      owner: { ref: collection('users'), id: Number(id) % 2 === 0 ? '2' : '1' },
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

export async function createWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-fuzz-'));
  const fauna = openFauna({ file: join(folder, 'fauna.db'), rootKey: ROOT_KEY });
  const ask = async (secret: string, body: object): Promise<void> => {
    const seen = await send(fauna, { body: JSON.stringify(body), secret });
    if (seen.status >= 300) throw new Error(`setting up the world: ${JSON.stringify(body)} answered ${seen.text}`);
  };
  await ask(ROOT_KEY, { create_database: object({ name: 'db' }) });
  for (const body of SET_UP) await ask(ADMIN, body);
  return {
    fauna,
    close: async () => {
      await fauna.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
