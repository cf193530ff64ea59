/** What the tests of logins begin with: a Fauna with the database `app` and a collection in it, and what they ask often. */
import faunadb from 'faunadb';
import { afterAll, beforeAll, expect } from 'vitest';
import { root, type Served, serveFauna } from './served.ts';

export const q = faunadb.query;
export { root } from './served.ts';
export const as = (login: string): string => `${root}:app:${login}`;
export const admin = as('admin');
export const things = q.Collection('things');
export const thing = (id: string) => q.Ref(things, id);

export interface Key {
  secret: string;
  ref: object;
  hashed_secret: string;
}
export type Privileges = object | object[];

/** A value of an answer, as it is, in the next query. */
export const raw = (value: unknown) => new faunadb.Expr(value as object);
export const lambda = (names: string | string[], body: faunadb.ExprArg) =>
  q.Query(q.Lambda(names as string, body as faunadb.Expr));
export const actions = (resource: faunadb.Expr, allowed: object): object[] => [{ resource, actions: allowed }];

const forbidden = {
  code: 'permission denied',
  description: 'Insufficient privileges to perform the action.',
};
export const denied = (...position: (string | number)[]) => ({ status: 403, errors: [{ position, ...forbidden }] });

export type LoginFauna = Served & ReturnType<typeof helpers>;

/** Starts it before the tests of a file, sets it up, and ends it after them. */
export function loginFauna(setUp: (fauna: LoginFauna) => Promise<unknown> = async () => {}): LoginFauna {
  const served = serveFauna();
  const fauna = { ...served, ...helpers(served) };
  beforeAll(async () => {
    await fauna.must(q.CreateDatabase({ name: 'app' }), root);
    await fauna.must(q.CreateCollection({ name: 'things' }), admin);
    await setUp(fauna);
  }, 30_000);
  afterAll(() => served.close());
  return fauna;
}

function helpers({ query, must }: Served) {
  let count = 1000;
  const fresh = () => String(++count);
  const makeKey = (fields: object, secret = admin) => must<Key>(q.CreateKey(fields as never), secret);
  const makeToken = (instance: faunadb.Expr) => must<Key>(q.Create(q.Tokens(), { instance }), admin);
  const makeRole = async (privileges: Privileges, more: object = {}): Promise<string> => {
    const name = `role${fresh()}`;
    await must(q.CreateRole({ name, privileges, ...more } as never), admin);
    return name;
  };
  return {
    /** A number or part of a name that there is not yet. */
    fresh,
    failure: async (asked: faunadb.ExprArg, secret = admin) => {
      const { status, body } = await query(asked, secret);
      return { status, errors: body.errors };
    },
    status: async (asked: faunadb.ExprArg, secret: string) => (await query(asked, secret)).status,
    /** The status, and that a denial says so. */
    may: async (asked: faunadb.ExprArg, secret: string) => {
      const { status, body } = await query(asked, secret);
      if (status === 403) expect(body.errors).toEqual([{ position: expect.any(Array), ...forbidden }]);
      return status;
    },
    makeKey,
    makeToken,
    makeRole,
    make: (id: string, data: object = {}) => must(q.Create(thing(id), { data }), admin),
    /** The secret of a key that may do just that. */
    keyThatMay: async (privileges: Privileges) => (await makeKey({ role: q.Role(await makeRole(privileges)) })).secret,
    /** The secret of a token of a member of a role that may do just that. */
    memberThatMay: async (privileges: Privileges) => {
      const collection = q.Collection(`members${fresh()}`);
      await must(q.CreateCollection({ name: `members${count}` }), admin);
      await makeRole(privileges, { membership: { resource: collection } });
      return (await makeToken(q.Select('ref', q.Create(collection)))).secret;
    },
  };
}
