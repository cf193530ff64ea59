import faunadb from 'faunadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Failure, failure, invalid, lambda, type } from './expectations.ts';
import { root, type Served, serveFauna } from './served.ts';

const q = faunadb.query;
const admin = `${root}:app:admin`;
const things = q.Collection('things');

let fauna: Served;
let count = 0;
const name = () => `n${++count}`;
beforeAll(async () => {
  fauna = serveFauna();
  await fauna.must(q.CreateDatabase({ name: 'app' }), root);
  await fauna.must(q.CreateCollection({ name: 'things' }), admin);
  await fauna.must(q.CreateRole({ name: 'role', privileges: [] }), admin);
  const grant = (role: string, actions: object) =>
    fauna.must(q.CreateRole({ name: role, privileges: { resource: things, actions } } as never), admin);
  await grant('reader', { read: true });
  await grant('maker', { create: true });
});
afterAll(() => fauna.close());

async function checked(key: string, query: faunadb.ExprArg, failures: readonly Failure[]) {
  const result = await failure(fauna, query, admin);
  if (failures.length === 0) expect(result).toEqual({ status: 201, errors: undefined });
  else expect(result).toEqual(invalid([key], ...failures));
}

describe('a function’s role', () => {
  const define = async (role?: unknown) => {
    const created = name();
    const body = lambda('id', q.Exists(q.Ref(things, q.Var('id'))));
    await fauna.must(
      q.CreateFunction({ name: created, body, ...(role === undefined ? {} : { role }) } as never),
      admin,
    );
    const caller = name();
    const privileges = { resource: q.Function(created), actions: { call: true } };
    await fauna.must(q.CreateRole({ name: caller, privileges } as never), admin);
    const { secret } = await fauna.must<{ secret: string }>(q.CreateKey({ role: caller }), admin);
    return (...args: faunadb.ExprArg[]) => fauna.query(q.Call(q.Function(created), ...args), secret);
  };
  beforeAll(() => fauna.must(q.Create(q.Ref(things, '1')), admin));

  it.each<[string, () => unknown, boolean]>([
    ['none, so the caller’s', () => undefined, false],
    ['admin', () => 'admin', true],
    ['server', () => 'server', true],
    ['server-readonly', () => 'server-readonly', true],
    ['client', () => 'client', false],
    ['one by ref', () => q.Role('reader'), true],
    ['one by name', () => 'reader', true],
    ['several', () => [q.Role('maker'), 'reader'], true],
    ['another', () => q.Role('maker'), false],
  ])('%s', async (_, role, expected) => {
    const call = await define(role());
    expect((await call('1')).body.resource).toBe(expected);
  });

  it('keeps who is calling', async () => {
    const user = await fauna.must<{ ref: object }>(q.Create(things, { credentials: { password: 'x' } }), admin);
    const ref = new faunadb.Expr(user.ref);
    await fauna.must(
      q.CreateFunction({
        name: 'who',
        role: 'server',
        body: lambda('_', [q.CurrentIdentity(), q.CurrentToken()]),
      } as never),
      admin,
    );
    await fauna.must(
      q.CreateRole({
        name: 'callers',
        membership: { resource: things },
        privileges: { resource: q.Function('who'), actions: { call: true } },
      } as never),
      admin,
    );
    const token = await fauna.must<{ secret: string; ref: object }>(q.Login(ref, { password: 'x' }), admin);
    expect(await fauna.must(q.Call('who'), token.secret)).toEqual([user.ref, token.ref]);
  });

  it('wraps what went wrong inside, but not that it may not be called', async () => {
    const created = name();
    await fauna.must(
      q.CreateFunction({ name: created, role: 'reader', body: lambda('_', q.Create(things)) } as never),
      admin,
    );
    const { status, body } = await fauna.query(q.Call(q.Function(created)), admin);
    expect({ status, errors: body.errors }).toEqual({
      status: 400,
      errors: [
        {
          position: [],
          code: 'call error',
          description: 'Calling the function resulted in an error.',
          cause: [
            {
              position: ['expr', 'create'],
              code: 'permission denied',
              description: 'Insufficient privileges to perform the action.',
            },
          ],
        },
      ],
    });
    expect(await failure(fauna, q.Call(q.Function(created)), `${root}:app:client`)).toEqual({
      status: 403,
      errors: [
        { position: [], code: 'permission denied', description: 'Insufficient privileges to perform the action.' },
      ],
    });
  });

  it.each<[unknown, ...Failure[]]>([
    ['nobody', [['role'], 'validation failure', 'Role name `nobody` does not exist.']],
    [1, type(['role'], 'Long', 'Role')],
    [['admin'], type(['role'], 'Array', 'Role')],
  ])('is not %j', async (role, ...failures) => {
    const fields = { name: name(), body: lambda('_', 1), role };
    await checked('create_function', q.CreateFunction(fields as never), failures);
  });
});
