import type faunadb from 'faunadb';
import { describe, expect, it } from 'vitest';
import { actions, admin, denied, lambda, loginFauna, q, thing, things } from './fixture.ts';

const fauna = loginFauna(async ({ must }) => {
  await must(q.CreateCollection({ name: 'others' }), admin);
  const terms = [{ field: ['data', 'kind'] }];
  await must(q.CreateIndex({ name: 'by_kind', source: things, terms }), admin);
});

/** A login that may do just that: by a key of the role, or by a token of a member of it. */
const logins = { key: fauna.keyThatMay, token: fauna.memberThatMay };

describe.each(Object.entries(logins))('a %s with a role', (_, login) => {
  it('may do each thing that is allowed and nothing else', async () => {
    const [id, gone] = [fauna.fresh(), fauna.fresh()];
    await fauna.make(id);
    const tries: Record<string, () => faunadb.Expr> = {
      read: () => q.Get(thing(id)),
      write: () => q.Update(thing(id), { data: { x: 1 } }),
      create: () => q.Create(things),
      create_with_id: () => q.Create(thing(fauna.fresh())),
      delete: () => q.Delete(thing(gone)),
      history_read: () => q.Paginate(q.Events(thing(id))),
      history_write: () => q.Insert(thing(id), q.Now(), 'create', { data: {} }),
    };
    for (const allowed of Object.keys(tries)) {
      const secret = await login(actions(things, { [allowed]: true }));
      for (const [tried, query] of Object.entries(tries)) {
        if (tried === 'delete') await fauna.must(q.If(q.Exists(thing(gone)), 1, q.Create(thing(gone))), admin);
        const expected = tried === allowed ? expect.toSatisfy((status: number) => status < 300) : 403;
        expect(await fauna.may(query(), secret), `${tried} with ${allowed}`).toEqual(expected);
      }
    }
  });

  it('gives predicates what the action is about', async () => {
    const [id, other] = [fauna.fresh(), fauna.fresh()];
    await fauna.make(id, { owner: 'me', n: 1 });
    await fauna.make(other, { owner: 'you', n: 1 });
    const owned = (document: faunadb.Expr) => q.Equals(q.Select(['data', 'owner'], document), 'me');
    const secret = await login(
      actions(things, {
        read: lambda('ref', owned(q.Get(q.Var('ref')))),
        create: lambda('doc', owned(q.Var('doc'))),
        create_with_id: lambda(['doc', 'ref'], q.And(owned(q.Var('doc')), q.LT(q.Select('id', q.Var('ref')), '5'))),
        write: lambda(['old', 'new', 'ref'], q.And(owned(q.Var('old')), q.Equals(q.Var('ref'), thing(id)))),
        delete: lambda('ref', owned(q.Get(q.Var('ref')))),
        history_read: lambda('ref', owned(q.Get(q.Var('ref')))),
        history_write: lambda(
          ['ref', 'ts', 'action', 'doc'],
          q.And(q.Equals(q.Var('action'), 'create'), owned(q.Var('doc'))),
        ),
      }),
    );
    expect(await fauna.may(q.Get(thing(id)), secret)).toBe(200);
    expect(await fauna.may(q.Get(thing(other)), secret)).toBe(403);
    expect(await fauna.may(q.Create(things, { data: { owner: 'me' } }), secret)).toBe(201);
    expect(await fauna.may(q.Create(things, { data: { owner: 'you' } }), secret)).toBe(403);
    expect(await fauna.may(q.Create(thing(`4${fauna.fresh()}`), { data: { owner: 'me' } }), secret)).toBe(201);
    expect(await fauna.may(q.Update(thing(id), { data: { n: 2 } }), secret)).toBe(200);
    expect(await fauna.may(q.Replace(thing(id), { data: { owner: 'me' } }), secret)).toBe(200);
    expect(await fauna.may(q.Update(thing(other), { data: { n: 2 } }), secret)).toBe(403);
    expect(await fauna.may(q.Paginate(q.Events(thing(id))), secret)).toBe(200);
    expect(await fauna.may(q.Paginate(q.Events(thing(other))), secret)).toBe(403);
    expect(await fauna.may(q.Insert(thing(id), q.Now(), 'create', { data: { owner: 'me' } }), secret)).toBe(200);
    expect(await fauna.may(q.Insert(thing(id), q.Now(), 'update', { data: { owner: 'me' } }), secret)).toBe(403);
    expect(await fauna.may(q.Insert(thing(id), q.Now(), 'create', { data: { owner: 'you' } }), secret)).toBe(403);
    expect(await fauna.may(q.Delete(thing(other)), secret)).toBe(403);
    expect(await fauna.may(q.Delete(thing(id)), secret)).toBe(200);
  });

  it('gives `write` the document before and after, and its ref to a lambda of three', async () => {
    const id = fauna.fresh();
    await fauna.make(id, { owner: 'me', n: 1 });
    const kept = (before: string, after: string) =>
      q.Equals(q.Select(['data', 'owner'], q.Var(before)), q.Select(['data', 'owner'], q.Var(after), null));
    const two = await login(actions(things, { write: lambda(['old', 'new'], kept('old', 'new')) }));
    const three = await login(
      actions(things, { write: lambda(['old', 'new', 'ref'], q.Equals(q.Var('ref'), thing(id))) }),
    );
    const other = await login(
      actions(things, { write: lambda(['old', 'new', 'ref'], q.Equals(q.Var('ref'), thing('1'))) }),
    );
    expect(await fauna.may(q.Update(thing(id), { data: { n: 2 } }), two)).toBe(200);
    for (const owner of ['you', null]) {
      expect(await fauna.failure(q.Update(thing(id), { data: { owner } }), two)).toEqual(denied());
    }
    // Of Replace, too, it sees what an update would leave.
    expect(await fauna.failure(q.Replace(thing(id), { data: { owner: 'you' } }), two)).toEqual(denied());
    expect(await fauna.may(q.Replace(thing(id), { data: { n: 1 } }), two)).toBe(200);
    expect(await fauna.may(q.Update(thing(id), { data: { owner: 'you' } }), three)).toBe(200);
    expect(await fauna.failure(q.Update(thing(id), {}), other)).toEqual(denied());
  });

  it('creates with an id by create and history_write together, too', async () => {
    const both = await login(actions(things, { create: true, history_write: true }));
    expect(await fauna.may(q.Create(thing(fauna.fresh())), both)).toBe(201);
    expect(await fauna.may(q.Create(thing(fauna.fresh())), await login(actions(things, { create: true })))).toBe(403);
    expect(await fauna.may(q.Create(thing(fauna.fresh())), await login(actions(things, { history_write: true })))).toBe(
      403,
    );
  });

  it.each([
    ['1', 1],
    ['"true"', 'true'],
    ['null', null],
    ['an error', q.Abort('no')],
    ['a value that is not there', q.Select('nothing', {})],
    ['too few arguments', q.Let({}, q.Select(['x', 'y'], 1))],
    ['a write', q.Do(q.Create(q.Collection('others')), true)],
    ['a new id', q.Do(q.NewId(), true)],
  ])('denies where a predicate answers %s', async (_name, body) => {
    const id = fauna.fresh();
    await fauna.make(id);
    expect(
      await fauna.may(q.Get(thing(id)), await login(actions(things, { read: lambda('_', body as faunadb.ExprArg) }))),
    ).toBe(403);
  });

  it('lets predicates use indexes and documents that the login may not', async () => {
    const id = fauna.fresh();
    await fauna.make(id, { kind: 'open' });
    const secret = await login(
      actions(things, { read: lambda('ref', q.ContainsValue(q.Var('ref'), q.Match(q.Index('by_kind'), 'open'))) }),
    );
    expect(await fauna.may(q.Get(thing(id)), secret)).toBe(200);
    expect(await fauna.may(q.Paginate(q.Match(q.Index('by_kind'), 'open')), secret)).toBe(403);
    const peeks = (set: faunadb.Expr) => login(actions(things, { read: lambda('_', q.Do(q.Paginate(set), true)) }));
    expect(await fauna.may(q.Get(thing(id)), await peeks(q.Collections()))).toBe(200);
    for (const set of [q.Keys(), q.Roles(), q.Databases(), q.AccessProviders()]) {
      expect(await fauna.may(q.Get(thing(id)), await peeks(set))).toBe(403);
    }
  });

  it('calls functions it may call, in predicates only such as read, whatever their role', async () => {
    const name = `f${fauna.fresh()}`;
    const id = fauna.fresh();
    await fauna.make(id);
    const define = (suffix: string, body: faunadb.Expr | boolean, role?: string) =>
      fauna.must(q.CreateFunction({ name: name + suffix, body: lambda('x', body), ...(role ? { role } : {}) }), admin);
    await define('true', true);
    await define('get', q.Exists(q.Var('x')), 'admin');
    await define('write', q.Do(q.NewId(), true), 'admin');
    const call = (suffix: string, ...args: faunadb.ExprArg[]) => q.Call(q.Function(name + suffix), ...args);
    expect(await fauna.may(call('true'), await login([]))).toBe(403);
    expect(await fauna.may(call('true'), await login(actions(q.Function(`${name}true`), { call: true })))).toBe(200);
    const withArgument = await login(
      actions(q.Function(`${name}true`), { call: lambda('args', q.Equals(q.Var('args'), 'open')) }),
    );
    expect(await fauna.may(call('true', 'open'), withArgument)).toBe(200);
    expect(await fauna.may(call('true', 'shut'), withArgument)).toBe(403);
    const asking = (suffix: string) => login(actions(things, { read: lambda('ref', call(suffix, q.Var('ref'))) }));
    expect(await fauna.may(q.Get(thing(id)), await asking('true'))).toBe(200);
    expect(await fauna.may(q.Get(thing(id)), await asking('get'))).toBe(200);
    expect(await fauna.may(q.Get(thing(id)), await asking('write'))).toBe(403);
  });

  it('reads and changes the schema by privileges on it', async () => {
    const name = `c${fauna.fresh()}`;
    await fauna.must(q.CreateCollection({ name }), admin);
    const named = (field: faunadb.Expr) => q.StartsWith(q.Select('name', field), name);
    const secret = await login(
      actions(q.Collections(), {
        create: lambda('new', named(q.Var('new'))),
        read: lambda('ref', q.If(q.Equals(q.Var('ref'), q.Collections()), true, named(q.Get(q.Var('ref'))))),
        write: lambda(['old', 'new'], named(q.Var('new'))),
        delete: lambda('ref', named(q.Get(q.Var('ref')))),
      }),
    );
    expect(await fauna.may(q.CreateCollection({ name: `x${name}` }), secret)).toBe(403);
    expect(await fauna.may(q.CreateCollection({ name: `${name}x` }), secret)).toBe(201);
    expect(await fauna.may(q.Get(q.Collection(name)), secret)).toBe(200);
    expect(await fauna.may(q.Get(things), secret)).toBe(403);
    expect(
      await fauna.must(q.Map(q.Paginate(q.Collections()), q.Lambda('c', q.Select('id', q.Var('c')))), secret),
    ).toEqual({ data: [name, `${name}x`] });
    expect(await fauna.may(q.Update(q.Collection(name), { name: `x${name}` }), secret)).toBe(403);
    expect(await fauna.may(q.Update(q.Collection(name), { history_days: 1 }), secret)).toBe(200);
    expect(await fauna.may(q.Delete(things), secret)).toBe(403);
    expect(await fauna.may(q.Delete(q.Collection(name)), secret)).toBe(200);
    expect(await fauna.may(q.Paginate(q.Collections()), await login([]))).toBe(403);
  });

  it('tells missing from forbidden as FaunaDB does', async () => {
    const secret = await login(actions(things, { read: lambda('ref', q.Exists(q.Var('ref'))) }));
    const missing = (...position: string[]) => ({
      status: 404,
      errors: [{ position, code: 'instance not found', description: 'Document not found.' }],
    });
    expect(await fauna.failure(q.Get(thing('99')), secret)).toEqual(denied());
    expect(await fauna.failure(q.Update(thing('99'), {}), secret)).toEqual(missing('update'));
    expect(await fauna.failure(q.Delete(thing('99')), secret)).toEqual(missing());
    expect(await fauna.must(q.Exists(thing('99')), secret)).toBe(false);
  });
});
