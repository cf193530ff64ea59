import type faunadb from 'faunadb';
import { describe, expect, it } from 'vitest';
import { makeReaderAndMaker } from './databases.ts';
import { type Failure, failed, invalid, noRole, required, type } from './expectations.ts';
import { admin, as, denied, lambda, loginFauna, q, raw, root, things } from './fixture.ts';

const fauna = loginFauna(async (app) => {
  await makeReaderAndMaker(app);
  await app.make('1');
});
const name = () => `f${fauna.fresh()}`;

describe('a function’s role', () => {
  const define = async (role?: unknown) => {
    const created = name();
    const body = lambda('id', q.Exists(q.Ref(things, q.Var('id'))));
    await fauna.must(
      q.CreateFunction({ name: created, body, ...(role === undefined ? {} : { role }) } as never),
      admin,
    );
    const secret = await fauna.keyThatMay({ resource: q.Function(created), actions: { call: true } });
    return (...args: faunadb.ExprArg[]) => fauna.query(q.Call(q.Function(created), ...args), secret);
  };

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
    const token = await fauna.must<{ secret: string; ref: object }>(q.Login(raw(user.ref), { password: 'x' }), admin);
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
    expect(await fauna.failure(q.Call(q.Function(created)), as('client'))).toEqual(denied());
  });

  it('is not taken on by the root’s own login, and by any other', async () => {
    const body = lambda('_', q.Get(q.Function('nobody_reads')));
    await fauna.must(q.CreateFunction({ name: 'nobody_reads', body, role: 'client' }), root);
    expect(await fauna.must(q.Call('nobody_reads'), root)).toMatchObject({ name: 'nobody_reads', role: 'client' });
    const { secret } = await fauna.makeKey({ role: 'admin' }, root);
    for (const login of [`${root}:admin`, secret]) {
      expect(await fauna.failure(q.Call('nobody_reads'), login)).toEqual({
        status: 400,
        errors: [
          {
            position: [],
            code: 'call error',
            description: 'Calling the function resulted in an error.',
            cause: denied('expr').errors,
          },
        ],
      });
    }
  });
});

describe('CreateFunction', () => {
  const body = lambda('_', 1);
  it.each<[object, ...Failure[]]>([
    [{ body, role: 'nobody' }, noRole('nobody')],
    [{ body, role: 1 }, type(['role'], 'Long', 'Role')],
    [{ body, role: ['admin'] }, type(['role'], 'Array', 'Role'), noRole('admin')],
    [{ body, role: ['reader', 'nobody'] }, noRole('nobody')],
    [{ body, role: q.Function('f') }, type(['role'], 'Ref', 'Role')],
    [{}, required('body')],
    [{ body: 1 }, type(['body'], 'Long', 'Query')],
    [{ body: {} }, required('body')],
    [{ body, signature: 1 }, type(['signature'], 'Long', 'String')],
    [
      { name: '_', data: 1, role: 1, body: 1 },
      type(['data'], 'Long', 'Map'),
      [['name'], 'reserved name', 'Invalid name _. Reserved names: _.'],
      type(['role'], 'Long', 'Role'),
      type(['body'], 'Long', 'Query'),
    ],
  ])('of %j is checked', async (fields, ...failures) => {
    await fauna.must(q.If(q.Exists(q.Function('f')), 1, q.CreateFunction({ name: 'f', body })), admin);
    expect(await fauna.failure(q.CreateFunction({ name: name(), ...fields } as never))).toEqual(
      invalid(['create_function'], ...failures),
    );
  });

  it('refuses a body in the language of another version, when all else is right', async () => {
    const refused = (position: string[]) =>
      failed('schema validation failed', 'Invalid type provided for field `body`.', position);
    const text = { body: '(x) => x' };
    expect(await fauna.failure(q.CreateFunction({ name: name(), ...text } as never))).toEqual(
      refused(['create_function']),
    );
    expect(await fauna.failure(q.Update(q.Function('f'), text))).toEqual(refused([]));
    expect(await fauna.failure(q.CreateFunction({ name: name(), ...text, role: 'nobody' } as never))).toEqual(
      invalid(['create_function'], noRole('nobody')),
    );
  });

  it('keeps a signature, and drops what it does not know', async () => {
    const created = name();
    const fields = { name: created, body, signature: '(x) => y', permissions: { call: 'public' }, data: { a: 1 } };
    expect(await fauna.must(q.CreateFunction(fields as never), admin)).toEqual({
      ref: { '@ref': { id: created, collection: { '@ref': { id: 'functions' } } } },
      ts: expect.any(Number),
      name: created,
      body: { '@query': { api_version: '4', lambda: '_', expr: 1 } },
      signature: '(x) => y',
      data: { a: 1 },
    });
  });
});
