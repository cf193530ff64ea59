import faunadb from 'faunadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Key, makeDatabases } from './databases.ts';
import { failure } from './expectations.ts';
import { root, type Served, serveFauna } from './served.ts';

const q = faunadb.query;
const admin = `${root}:app:admin`;
const things = q.Collection('things');
const thing = q.Ref(things, '1');
const _at = q.Select(['data', 'at'], q.Get(thing));

let fauna: Served;
beforeAll(async () => {
  fauna = serveFauna();
  await makeDatabases(fauna);
});
afterAll(() => fauna.close());

const makeKey = (fields: object, secret = admin) => fauna.must<Key>(q.CreateKey(fields as never), secret);
const status = async (query: faunadb.ExprArg, secret: string) => (await fauna.query(query, secret)).status;

describe('what built-in roles may do', () => {
  const tries: Record<string, (() => faunadb.ExprArg)[]> = {
    compute: [() => q.Add(1, 1), () => q.Collection('things'), () => q.Exists(thing)],
    read: [
      () => q.Get(thing),
      () => q.Paginate(q.Match('all')),
      () => q.Paginate(q.Events(thing)),
      () => q.Get(things),
      () => q.Paginate(q.Collections()),
      () => q.Paginate(q.Tokens()),
      () => q.Get(q.Function('where')),
    ],
    call: [() => q.Call('where')],
    write: [
      () => q.Create(things),
      () => q.Update(thing, { data: { x: 1 } }),
      () => q.Create(q.Ref(things, q.NewId())),
      () => q.Insert(thing, q.Now(), 'create', { data: { at: 'app' } }),
      () => q.CreateCollection({ name: `c${Math.random().toString(36).slice(2)}` }),
    ],
    manage: [
      () => q.Paginate(q.Keys()),
      () => q.Paginate(q.Databases()),
      () => q.Paginate(q.Roles()),
      () => q.Paginate(q.AccessProviders()),
      () => q.Get(q.Role('reader')),
      () => q.Get(q.Database('child')),
      () => q.CreateKey({ role: 'client' }),
      () => q.CreateDatabase({ name: `d${Math.random().toString(36).slice(2)}` }),
      () => q.CreateRole({ name: `r${Math.random().toString(36).slice(2)}`, privileges: [] }),
    ],
  };
  const allowed: Record<string, string[]> = {
    admin: ['compute', 'read', 'call', 'write', 'manage'],
    server: ['compute', 'read', 'call', 'write'],
    'server-readonly': ['compute', 'read'],
    client: ['compute'],
  };
  it.each(Object.keys(allowed).flatMap((role) => Object.keys(tries).map((kind) => [role, kind] as const)))(
    '%s: %s',
    async (role, kind) => {
      const { secret } = await makeKey({ role });
      const scoped = `${admin.replace(':admin', '')}:${role}`;
      for (const query of tries[kind] ?? []) {
        for (const login of [secret, scoped]) {
          const expected = allowed[role]?.includes(kind);
          expect(await status(query(), login), JSON.stringify(query())).toSatisfy((seen: number) =>
            expected ? seen < 300 : seen === 403,
          );
        }
      }
    },
  );

  it('reach what is below, to read it only', async () => {
    const below = q.Ref(q.Collection('things', q.Database('child')), '1');
    const deeper = q.Ref(q.Collection('things', q.Database('grandchild', q.Database('child'))), '1');
    expect(await fauna.must(q.Select(['data', 'at'], q.Get(below)), admin)).toBe('app/child');
    expect(await fauna.must(q.Select(['data', 'at'], q.Get(deeper)), admin)).toBe('app/child/grandchild');
    expect(await fauna.must(q.Count(q.Documents(q.Collection('things', q.Database('child')))), admin)).toBe(1);
    expect(await failure(fauna, q.Update(below, { data: {} }), admin)).toEqual({
      status: 400,
      errors: [{ position: ['update'], code: 'invalid argument', description: 'Cannot write a scoped ref.' }],
    });
    expect(await status(q.Create(q.Collection('things', q.Database('child'))), admin)).toBe(400);
    const { secret } = await makeKey({ role: 'reader' });
    expect(await status(q.Get(thing), secret)).toBe(200);
    expect(await fauna.must(q.Exists(q.Ref(q.Collection('things', q.Database('child')), '1')), secret)).toBe(false);
  });
});
