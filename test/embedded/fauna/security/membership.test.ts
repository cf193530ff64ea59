import type faunadb from 'faunadb';
import { describe, expect, it } from 'vitest';
import { invalid } from './expectations.ts';
import { actions, admin, lambda, loginFauna, q, thing, things } from './fixture.ts';

const fauna = loginFauna(async ({ must }) => {
  for (const name of ['users', 'others']) await must(q.CreateCollection({ name }), admin);
});
const tokenOf = async (created: faunadb.Expr) => (await fauna.makeToken(q.Select('ref', created))).secret;

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
    expect(await fauna.may(q.Create(things), await tokenOf(q.Create(users, { data: { vip: true } })))).toBe(201);
    expect(await fauna.may(q.Create(things), await tokenOf(q.Create(users, { data: { vip: 1 } })))).toBe(403);
    expect(
      await fauna.may(q.Create(things), await tokenOf(q.Create(q.Collection('others'), { data: { vip: true } }))),
    ).toBe(403);
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
    const id = fauna.fresh();
    await fauna.make(id);
    const both = await tokenOf(q.Create(q.Collection('others')));
    expect([await fauna.may(q.Get(thing(id)), both), await fauna.may(q.Create(things), both)]).toEqual([200, 201]);
    const user = await fauna.must<never>(q.Create(q.Ref(users, '77'), { data: { team: 'readers' } }), admin);
    expect(user).toBeDefined();
    const secret = await tokenOf(q.Get(q.Ref(users, '77')));
    expect([await fauna.may(q.Get(thing(id)), secret), await fauna.may(q.Create(things), secret)]).toEqual([200, 403]);
    await fauna.must(q.Update(q.Ref(users, '77'), { data: { team: 'writers' } }), admin);
    expect([await fauna.may(q.Get(thing(id)), secret), await fauna.may(q.Create(things), secret)]).toEqual([403, 201]);
    await fauna.must(q.Delete(q.Role('writers')), admin);
    expect(await fauna.may(q.Create(things), secret)).toBe(403);
    await fauna.must(q.Delete(q.Ref(users, '77')), admin);
    expect(await fauna.may(1, secret)).toBe(401);
  });

  it('never counts for keys of a role', async () => {
    await fauna.must(q.CreateRole({ name: 'empty', membership: { resource: things }, privileges: [] } as never), admin);
    const { secret } = await fauna.must<{ secret: string }>(q.CreateKey({ role: 'empty' }), admin);
    expect(await fauna.may(q.Create(things), secret)).toBe(403);
  });

  it('holds at most 64 roles a collection', async () => {
    await fauna.must(q.CreateCollection({ name: 'crowded' }), admin);
    const create = (name: string) =>
      fauna.failure(q.CreateRole({ name, membership: { resource: q.Collection('crowded') }, privileges: [] } as never));
    for (let n = 0; n < 64; n++) expect((await create(`crowd${n}`)).status).toBe(201);
    const full: [string, string] = [
      'resources exceeded',
      'Maximum number of roles per membership class exceeded. Maximum allowed: 64.',
    ];
    expect(await create('too_many')).toEqual(invalid(['create_role'], [['create_role'], ...full]));
    const other = q.CreateRole({ name: 'elsewhere', privileges: [] });
    await fauna.must(other, admin);
    const membership = [{ resource: things }, { resource: q.Collection('crowded') }];
    expect(await fauna.failure(q.Update(q.Role('elsewhere'), { membership }))).toEqual(invalid([], [[], ...full]));
    await fauna.must(q.Delete(q.Role('crowd0')), admin);
    expect((await create('too_many')).status).toBe(201);
  });
});
