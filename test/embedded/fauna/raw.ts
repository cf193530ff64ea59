/** Queries as JSON straight to the handler, in a database of their own: no driver in between says it better. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFauna } from '../../../src/embedded/fauna/index.ts';
import type { Clock } from '../../../src/embedded/fauna/store/store.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface SeenError {
  readonly position?: (string | number)[];
  readonly code: string;
  readonly description: string;
  readonly failures?: { field: string[]; code: string; description: string }[];
  readonly cause?: SeenError[];
}

const ROOT_KEY = 'root-secret-for-tests';
const START = 1_700_000_000_000_000n;

/** A clock that only moves when it is told to, by a microsecond whenever it is looked at. */
export function handClock(): Clock & { pass(microseconds: bigint): void } {
  let now = START;
  return {
    now: () => {
      now += 1n;
      return now;
    },
    pass: (microseconds) => {
      now += microseconds;
    },
  };
}

export async function startRaw(clock?: Clock) {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-fauna-'));
  const fauna = openFauna({ file: join(folder, 'fauna.db'), rootKey: ROOT_KEY, ...(clock ? { clock } : {}) });
  const send = async (query: Json, secret: string): Promise<{ status: number; body: Json }> => {
    const response = await fauna.handle(
      new Request('http://fauna.test/', {
        method: 'POST',
        body: JSON.stringify(query),
        headers: { authorization: `Bearer ${secret}`, 'x-faunadb-api-version': '4' },
      }),
    );
    return { status: response.status, body: JSON.parse(await response.text()) as Json };
  };
  const answer = async (query: Json, secret: string): Promise<Json> => {
    const { status, body } = await send(query, secret);
    if (status >= 300) throw new Error(`${JSON.stringify(query)} answered ${JSON.stringify(body)}`);
    return (body as { resource: Json }).resource;
  };
  await answer({ create_database: { object: { name: 'db' } } }, ROOT_KEY);
  const key = async (role: string): Promise<string> => {
    const params = { object: { role, database: { database: 'db' } } };
    return ((await answer({ create_key: params }, ROOT_KEY)) as { secret: string }).secret;
  };
  const admin = await key('admin');
  return {
    root: ROOT_KEY,
    admin,
    key,
    send,
    /** What a query answers, as the database's admin. */
    ask: <T extends Json = Json>(query: Json, secret = admin) => answer(query, secret) as Promise<T>,
    /** Its status and errors. */
    fails: async (query: Json, secret = admin): Promise<{ status: number; errors: SeenError[] }> => {
      const { status, body } = await send(query, secret);
      return { status, errors: (body as unknown as { errors?: SeenError[] }).errors ?? [] };
    },
    close: async () => {
      await fauna.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export type Raw = Awaited<ReturnType<typeof startRaw>>;

export const object = (fields: { [key: string]: Json }): Json => ({ object: fields });
export const data = (fields: { [key: string]: Json }): Json => object({ data: object(fields) });
export const collection = (name: string): Json => ({ collection: name });
export const create = (name: string, fields: { [key: string]: Json }, id?: string): Json => ({
  create: id === undefined ? collection(name) : { ref: collection(name), id },
  params: data(fields),
});
export const document = (name: string, id: string): Json => ({ ref: collection(name), id });
export const match = (index: string, ...terms: Json[]): Json =>
  terms.length > 0 ? { match: { index }, terms } : { match: { index } };
export const lambda = (parameters: Json, expr: Json): Json => ({ lambda: parameters, expr });
export const variable = (name: string): Json => ({ var: name });
/** What an index is made with; terms and values as paths below `data`. */
export const indexOver = (name: string, source: string, terms: string[] = [], values: string[] = []): Json => ({
  create_index: object({
    name,
    source: collection(source),
    terms: terms.map((field) => object({ field: ['data', field] })),
    values: values.map((field) => object({ field: field === 'ref' ? 'ref' : ['data', field] })),
  }),
});
