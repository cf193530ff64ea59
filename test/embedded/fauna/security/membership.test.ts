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
const actions = (resource: faunadb.Expr, allowed: object) => [{ resource, actions: allowed }];

describe('membership', () => {
  it('gives its roles to tokens of the collection’s documents that the predicate lets in', async () => {
    await fauna.must(
      q.CreateRole({
        name: 'vips',
        membership: {
          resource: q.Collection('users'),
          predicate: lambda('u', q.Select(['data', 'vip'], q.Get(q.Var('u')))),
        },
        privileges: actions(things, { create: lambda('_', q.Equals(q.CurrentIdentity(), q.CurrentIdentity())) }),
      } as never),
      admin,
    );
    const users = q.Collection('users');
    expect(await may(q.Create(things), await tokenOf(q.Create(users, { data: { vip: true } })))).toBe(201);
    expect(await may(q.Create(things), await tokenOf(q.Create(users, { data: { vip: 1 } })))).toBe(403);
    expect(await may(q.Create(things), await tokenOf(q.Create(q.Collection('others'), { data: { vip: true } })))).toBe(
      403,
    );
  });

  it('unites the roles of a document, and follows it as it changes', async () => {
    const users = q.Collection('users');
    const member = (name: string, allowed: object) =>
      fauna.must(
        q.CreateRole({
          name,
          membership: [
            { resource: q.Collection('others') },
            {
              resource: users,
              predicate: lambda('u', q.Equals(q.Select(['data', 'team'], q.Get(q.Var('u')), 0), name)),
            },
          ],
          privileges: actions(things, allowed),
        } as never),
        admin,
      );
    await member('readers', { read: true });
    await member('writers', { create: true });
    const id = fresh();
    await make(id);
    const both = await tokenOf(q.Create(q.Collection('others')));
    expect([await may(q.Get(thing(id)), both), await may(q.Create(things), both)]).toEqual([200, 201]);
    const user = await fauna.must<never>(q.Create(q.Ref(users, '77'), { data: { team: 'readers' } }), admin);
    expect(user).toBeDefined();
    const secret = await tokenOf(q.Get(q.Ref(users, '77')));
    expect([await may(q.Get(thing(id)), secret), await may(q.Create(things), secret)]).toEqual([200, 403]);
    await fauna.must(q.Update(q.Ref(users, '77'), { data: { team: 'writers' } }), admin);
    expect([await may(q.Get(thing(id)), secret), await may(q.Create(things), secret)]).toEqual([403, 201]);
    await fauna.must(q.Delete(q.Role('writers')), admin);
    expect(await may(q.Create(things), secret)).toBe(403);
    await fauna.must(q.Delete(q.Ref(users, '77')), admin);
    expect(await may(1, secret)).toBe(401);
  });

  it('never counts for keys of a role', async () => {
    await fauna.must(q.CreateRole({ name: 'empty', membership: { resource: things }, privileges: [] } as never), admin);
    const { secret } = await fauna.must<{ secret: string }>(q.CreateKey({ role: 'empty' }), admin);
    expect(await may(q.Create(things), secret)).toBe(403);
  });

  it('holds at most 64 roles a collection', async () => {
    await fauna.must(q.CreateCollection({ name: 'crowded' }), admin);
    const create = (name: string) =>
      fauna.query(
        q.CreateRole({ name, membership: { resource: q.Collection('crowded') }, privileges: [] } as never),
        admin,
      );
    for (let n = 0; n < 64; n++) expect((await create(`crowd${n}`)).status).toBe(201);
    const { status, body } = await create('too_many');
    expect({ status, errors: body.errors }).toEqual({
      status: 400,
      errors: [
        {
          position: ['create_role'],
          code: 'validation failed',
          description: 'document data is not valid.',
          failures: [
            {
              field: ['create_role'],
              code: 'resources exceeded',
              description: 'Maximum number of roles per membership class exceeded. Maximum allowed: 64.',
            },
          ],
        },
      ],
    });
    await fauna.must(q.Delete(q.Role('crowd0')), admin);
    expect((await create('too_many')).status).toBe(201);
  });
});
