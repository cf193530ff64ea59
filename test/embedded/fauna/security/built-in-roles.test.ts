import type { ExprArg } from 'faunadb';
import { describe, expect, it } from 'vitest';
import { makeDatabases } from './databases.ts';
import { failed } from './expectations.ts';
import { admin, as, denied, loginFauna, q, thing, things } from './fixture.ts';

const fauna = loginFauna(makeDatabases);
const { makeKey, status, fresh } = fauna;

describe('what built-in roles may do', () => {
  const tries: Record<string, (() => ExprArg)[]> = {
    compute: [() => q.Add(1, 1), () => q.Collection('things'), () => q.Exists(thing('1'))],
    read: [
      () => q.Get(thing('1')),
      () => q.Paginate(q.Match('all')),
      () => q.Paginate(q.Events(thing('1'))),
      () => q.Get(things),
      () => q.Paginate(q.Collections()),
      () => q.Paginate(q.Tokens()),
      () => q.Get(q.Function('where')),
    ],
    call: [() => q.Call('where')],
    write: [
      () => q.Create(things),
      () => q.Update(thing('1'), { data: { x: 1 } }),
      () => q.Create(q.Ref(things, q.NewId())),
      () => q.Insert(thing('1'), q.Now(), 'create', { data: { at: 'app' } }),
      () => q.CreateCollection({ name: `c${fresh()}` }),
    ],
    manage: [
      () => q.Paginate(q.Keys()),
      () => q.Paginate(q.Databases()),
      () => q.Paginate(q.Roles()),
      () => q.Paginate(q.AccessProviders()),
      () => q.Get(q.Role('reader')),
      () => q.Get(q.Database('child')),
      () => q.CreateKey({ role: 'client' }),
      () => q.CreateDatabase({ name: `d${fresh()}` }),
      () => q.CreateRole({ name: `r${fresh()}`, privileges: [] }),
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
      for (const query of tries[kind] ?? []) {
        for (const login of [secret, as(role)]) {
          const asked = query();
          const expected = allowed[role]?.includes(kind);
          expect(await fauna.may(asked, login), JSON.stringify(asked)).toSatisfy((seen: number) =>
            expected ? seen < 300 : seen === 403,
          );
        }
      }
    },
  );

  it('reach what is below, to read it only', async () => {
    const below = q.Ref(q.Collection('things', q.Database('child')), '1');
    const deeper = q.Ref(q.Collection('things', q.Database('grandchild', q.Database('child'))), '1');
    const scopedRef = (verb: string) => failed('invalid argument', 'Cannot write a scoped ref.', [verb]);
    expect(await fauna.must(q.Select(['data', 'at'], q.Get(below)), admin)).toBe('app/child');
    expect(await fauna.must(q.Select(['data', 'at'], q.Get(deeper)), admin)).toBe('app/child/grandchild');
    expect(await fauna.must(q.Count(q.Documents(q.Collection('things', q.Database('child')))), admin)).toBe(1);
    expect(await fauna.failure(q.Update(below, { data: {} }))).toEqual(scopedRef('update'));
    expect(await fauna.failure(q.Create(q.Collection('things', q.Database('child'))))).toEqual(scopedRef('create'));
    const { secret } = await makeKey({ role: 'reader' });
    expect(await status(q.Get(thing('1')), secret)).toBe(200);
    expect(await fauna.failure(q.Get(below), secret)).toEqual(denied());
    expect(await fauna.must(q.Exists(below), secret)).toBe(false);
  });
});
