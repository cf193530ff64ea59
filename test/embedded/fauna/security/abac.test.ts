import faunadb from 'faunadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, type Served, serveFauna } from './served.ts';

const q = faunadb.query;
const admin = `${root}:abac:admin`;
const lambda = (names: string | string[], body: faunadb.ExprArg) =>
  q.Query(q.Lambda(names as string, body as faunadb.Expr));

let fauna: Served;
let count = 0;

beforeAll(async () => {
  fauna = serveFauna();
  await fauna.must(q.CreateDatabase({ name: 'abac' }), root);
  for (const name of ['users', 'things', 'others']) await fauna.must(q.CreateCollection({ name }), admin);
  await fauna.must(
    q.CreateIndex({ name: 'by_kind', source: q.Collection('things'), terms: [{ field: ['data', 'kind'] }] }),
    admin,
  );
  await fauna.must(q.CreateIndex({ name: 'all_things', source: q.Collection('things') }), admin);
});
afterAll(() => fauna.close());

const things = q.Collection('things');
const thing = (id: string) => q.Ref(things, id);
const make = (id: string, data: object = {}) => fauna.must(q.Create(thing(id), { data }), admin);
const fresh = () => String(++count + 1000);

type Privileges = { resource: faunadb.Expr; actions: object }[];
/** A login that may do just that: by a key of the role, or by a token of a member of it. */
const logins: Record<string, (privileges: Privileges) => Promise<string>> = {
  key: async (privileges) => {
    const name = `role${++count}`;
    await fauna.must(q.CreateRole({ name, privileges } as never), admin);
    const key = await fauna.must<{ secret: string }>(q.CreateKey({ role: q.Role(name) }), admin);
    return key.secret;
  },
  token: async (privileges) => {
    const name = `role${++count}`;
    await fauna.must(q.CreateCollection({ name }), admin);
    await fauna.must(q.CreateRole({ name, membership: { resource: q.Collection(name) }, privileges } as never), admin);
    return tokenOf(q.Create(q.Collection(name)));
  },
};
async function tokenOf(created: faunadb.Expr): Promise<string> {
  const instance = q.Select('ref', created);
  return (await fauna.must<{ secret: string }>(q.Create(q.Tokens(), { instance }), admin)).secret;
}
const may = async (query: faunadb.ExprArg, secret: string) => {
  const { status, body } = await fauna.query(query, secret);
  if (status === 403) {
    expect(body.errors?.[0]).toMatchObject({
      code: 'permission denied',
      description: 'Insufficient privileges to perform the action.',
    });
  }
  return status;
};
const actions = (resource: faunadb.Expr, allowed: object): Privileges => [{ resource, actions: allowed }];

describe.each(Object.entries(logins))('a %s with a role', (_, login) => {
  it('may do each thing that is allowed and nothing else', async () => {
    const [id, gone] = [fresh(), fresh()];
    await make(id);
    const tries: Record<string, () => faunadb.Expr> = {
      read: () => q.Get(thing(id)),
      write: () => q.Update(thing(id), { data: { x: 1 } }),
      create: () => q.Create(things),
      create_with_id: () => q.Create(thing(fresh())),
      delete: () => q.Delete(thing(gone)),
      history_read: () => q.Paginate(q.Events(thing(id))),
      history_write: () => q.Insert(thing(id), q.Now(), 'create', { data: {} }),
    };
    for (const allowed of Object.keys(tries)) {
      const secret = await login(actions(things, { [allowed]: true }));
      for (const [tried, query] of Object.entries(tries)) {
        if (tried === 'delete') await fauna.must(q.If(q.Exists(thing(gone)), 1, q.Create(thing(gone))), admin);
        const expected = tried === allowed ? expect.toSatisfy((status: number) => status < 300) : 403;
        expect(await may(query(), secret), `${tried} with ${allowed}`).toEqual(expected);
      }
    }
  });

  it('gives predicates what the action is about', async () => {
    const [id, other] = [fresh(), fresh()];
    await make(id, { owner: 'me', n: 1 });
    await make(other, { owner: 'you', n: 1 });
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
    expect(await may(q.Get(thing(id)), secret)).toBe(200);
    expect(await may(q.Get(thing(other)), secret)).toBe(403);
    expect(await may(q.Create(things, { data: { owner: 'me' } }), secret)).toBe(201);
    expect(await may(q.Create(things, { data: { owner: 'you' } }), secret)).toBe(403);
    expect(await may(q.Create(thing(`4${fresh()}`), { data: { owner: 'me' } }), secret)).toBe(201);
    expect(await may(q.Update(thing(id), { data: { n: 2 } }), secret)).toBe(200);
    expect(await may(q.Replace(thing(id), { data: { owner: 'me' } }), secret)).toBe(200);
    expect(await may(q.Update(thing(other), { data: { n: 2 } }), secret)).toBe(403);
    expect(await may(q.Paginate(q.Events(thing(id))), secret)).toBe(200);
    expect(await may(q.Paginate(q.Events(thing(other))), secret)).toBe(403);
    expect(await may(q.Insert(thing(id), q.Now(), 'create', { data: { owner: 'me' } }), secret)).toBe(200);
    expect(await may(q.Insert(thing(id), q.Now(), 'update', { data: { owner: 'me' } }), secret)).toBe(403);
    expect(await may(q.Insert(thing(id), q.Now(), 'create', { data: { owner: 'you' } }), secret)).toBe(403);
    expect(await may(q.Delete(thing(other)), secret)).toBe(403);
    expect(await may(q.Delete(thing(id)), secret)).toBe(200);
  });

  it('creates with an id by create and history_write together, too', async () => {
    const both = await login(actions(things, { create: true, history_write: true }));
    expect(await may(q.Create(thing(fresh())), both)).toBe(201);
    expect(await may(q.Create(thing(fresh())), await login(actions(things, { create: true })))).toBe(403);
    expect(await may(q.Create(thing(fresh())), await login(actions(things, { history_write: true })))).toBe(403);
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
    const id = fresh();
    await make(id);
    expect(
      await may(q.Get(thing(id)), await login(actions(things, { read: lambda('_', body as faunadb.ExprArg) }))),
    ).toBe(403);
  });

  it('filters elements of sets without a word, and reads an index only with a privilege', async () => {
    const kind = `kind${++count}`;
    const ids = [fresh(), fresh(), fresh()];
    for (const [n, id] of ids.entries()) await make(id, { kind, n });
    const set = q.Match(q.Index('by_kind'), kind);
    const even = lambda('ref', q.Equals(q.Modulo(q.Select(['data', 'n'], q.Get(q.Var('ref'))), 2), 0));
    const list = q.Map(q.Paginate(set), q.Lambda('r', q.Select('id', q.Var('r'))));
    expect(await may(list, await login(actions(things, { read: true })))).toBe(403);
    const index = (allowed: object) => actions(q.Index('by_kind'), allowed);
    const readable = async (privileges: Privileges) =>
      (await fauna.must<{ data: string[] }>(list, await login(privileges))).data;
    expect(await readable([...index({ read: true }), ...actions(things, { read: even })])).toEqual([ids[0], ids[2]]);
    expect(await readable(index({ read: true }))).toEqual([]);
    expect(await readable(index({ unrestricted_read: true }))).toEqual(ids);
    const terms = (value: string) => lambda('terms', q.Equals(q.Var('terms'), [value]));
    expect(await readable(index({ unrestricted_read: terms(kind) }))).toEqual(ids);
    expect(await readable([...index({ read: terms(kind), unrestricted_read: terms('x') })])).toEqual([]);
    expect(await may(list, await login(index({ read: terms('x'), unrestricted_read: terms('y') })))).toBe(403);
  });

  it('pages through all documents, those it may read or all of them', async () => {
    const id = fresh();
    await make(id, { mine: id });
    const total = await fauna.must<number>(q.Count(q.Documents(things)), admin);
    const number = async (allowed: object) =>
      fauna.must<number>(q.Count(q.Documents(things)), await login(actions(things, allowed)));
    expect(await number({})).toBe(0);
    expect(await number({ read: lambda('ref', q.Equals(id, q.Select(['data', 'mine'], q.Get(q.Var('ref'))))) })).toBe(
      1,
    );
    expect(await number({ unrestricted_read: true })).toBe(total);
    expect(await number({ unrestricted_read: lambda('arg', q.Equals(q.Var('arg'), null)) })).toBe(total);
    expect(await number({ unrestricted_read: false })).toBe(0);
  });

  it('lets predicates use indexes and documents that the login may not', async () => {
    const id = fresh();
    await make(id, { kind: 'open' });
    const secret = await login(
      actions(things, { read: lambda('ref', q.ContainsValue(q.Var('ref'), q.Match(q.Index('by_kind'), 'open'))) }),
    );
    expect(await may(q.Get(thing(id)), secret)).toBe(200);
    expect(await may(q.Paginate(q.Match(q.Index('by_kind'), 'open')), secret)).toBe(403);
    const peeks = (set: faunadb.Expr) => login(actions(things, { read: lambda('_', q.Do(q.Paginate(set), true)) }));
    expect(await may(q.Get(thing(id)), await peeks(q.Collections()))).toBe(200);
    for (const set of [q.Keys(), q.Roles(), q.Databases(), q.AccessProviders()]) {
      expect(await may(q.Get(thing(id)), await peeks(set))).toBe(403);
    }
  });

  it('calls functions it may call, in predicates only such as read, whatever their role', async () => {
    const name = `f${++count}`;
    const id = fresh();
    await make(id);
    const define = (suffix: string, body: faunadb.Expr | boolean, role?: string) =>
      fauna.must(q.CreateFunction({ name: name + suffix, body: lambda('x', body), ...(role ? { role } : {}) }), admin);
    await define('true', true);
    await define('get', q.Exists(q.Var('x')), 'admin');
    await define('write', q.Do(q.NewId(), true), 'admin');
    const call = (suffix: string, ...args: faunadb.ExprArg[]) => q.Call(q.Function(name + suffix), ...args);
    expect(await may(call('true'), await login([]))).toBe(403);
    expect(await may(call('true'), await login(actions(q.Function(`${name}true`), { call: true })))).toBe(200);
    const withArgument = await login(
      actions(q.Function(`${name}true`), { call: lambda('args', q.Equals(q.Var('args'), 'open')) }),
    );
    expect(await may(call('true', 'open'), withArgument)).toBe(200);
    expect(await may(call('true', 'shut'), withArgument)).toBe(403);
    const asking = (suffix: string) => login(actions(things, { read: lambda('ref', call(suffix, q.Var('ref'))) }));
    expect(await may(q.Get(thing(id)), await asking('true'))).toBe(200);
    expect(await may(q.Get(thing(id)), await asking('get'))).toBe(200);
    expect(await may(q.Get(thing(id)), await asking('write'))).toBe(403);
  });

  it('reads and changes the schema by privileges on it', async () => {
    const name = `c${++count}`;
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
    expect(await may(q.CreateCollection({ name: `x${name}` }), secret)).toBe(403);
    expect(await may(q.CreateCollection({ name: `${name}x` }), secret)).toBe(201);
    expect(await may(q.Get(q.Collection(name)), secret)).toBe(200);
    expect(await may(q.Get(things), secret)).toBe(403);
    expect(
      await fauna.must(q.Map(q.Paginate(q.Collections()), q.Lambda('c', q.Select('id', q.Var('c')))), secret),
    ).toEqual({ data: [name, `${name}x`] });
    expect(await may(q.Update(q.Collection(name), { name: `x${name}` }), secret)).toBe(403);
    expect(await may(q.Update(q.Collection(name), { history_days: 1 }), secret)).toBe(200);
    expect(await may(q.Delete(things), secret)).toBe(403);
    expect(await may(q.Delete(q.Collection(name)), secret)).toBe(200);
    expect(await may(q.Paginate(q.Collections()), await login([]))).toBe(403);
  });

  it('tells missing from forbidden as FaunaDB does', async () => {
    const secret = await login(actions(things, { read: lambda('ref', q.Exists(q.Var('ref'))) }));
    expect(await may(q.Get(thing('99')), secret)).toBe(403);
    expect(await may(q.Update(thing('99'), {}), secret)).toBe(404);
    expect(await may(q.Delete(thing('99')), secret)).toBe(404);
    expect(await fauna.must(q.Exists(thing('99')), secret)).toBe(false);
  });
});
