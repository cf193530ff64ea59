import { describe, expect, it } from 'vitest';
import { actions, admin, denied, lambda, loginFauna, type Privileges, q, thing, things } from './fixture.ts';

const fauna = loginFauna(async ({ must }) => {
  const terms = [{ field: ['data', 'kind'] }];
  await must(q.CreateIndex({ name: 'by_kind', source: things, terms }), admin);
  await must(q.CreateIndex({ name: 'split', source: things, terms, partitions: 8 } as never), admin);
});

/** A login that may do just that: by a key of the role, or by a token of a member of it. */
const logins = { key: fauna.keyThatMay, token: fauna.memberThatMay };

describe.each(Object.entries(logins))('a %s with a role', (_, login) => {
  it('filters elements of sets without a word, and reads an index only with a privilege', async () => {
    const kind = `kind${fauna.fresh()}`;
    const ids = [fauna.fresh(), fauna.fresh(), fauna.fresh()];
    for (const [n, id] of ids.entries()) await fauna.make(id, { kind, n });
    const set = q.Match(q.Index('by_kind'), kind);
    const even = lambda('ref', q.Equals(q.Modulo(q.Select(['data', 'n'], q.Get(q.Var('ref'))), 2), 0));
    const forbidden = denied('collection', 'paginate');
    const list = q.Map(q.Paginate(set), q.Lambda('r', q.Select('id', q.Var('r'))));
    expect(await fauna.failure(list, await login(actions(things, { read: true })))).toEqual(forbidden);
    const index = (allowed: object) => actions(q.Index('by_kind'), allowed);
    const readable = async (privileges: Privileges) =>
      (await fauna.must<{ data: string[] }>(list, await login(privileges))).data;
    expect(await readable([...index({ read: true }), ...actions(things, { read: even })])).toEqual([ids[0], ids[2]]);
    expect(await readable(index({ read: true }))).toEqual([]);
    expect(await readable(index({ unrestricted_read: true }))).toEqual(ids);
    const terms = (value: string) => lambda('terms', q.Equals(q.Var('terms'), [value]));
    expect(await readable(index({ unrestricted_read: terms(kind) }))).toEqual(ids);
    expect(await readable([...index({ read: terms(kind), unrestricted_read: terms('x') })])).toEqual([]);
    expect(await fauna.failure(list, await login(index({ read: terms('x'), unrestricted_read: terms('y') })))).toEqual(
      forbidden,
    );
  });

  it('pages through all documents, those it may read or all of them', async () => {
    const id = fauna.fresh();
    await fauna.make(id, { mine: id });
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

  it('is asked with the terms alone where an index is partitioned', async () => {
    const kind = `kind${fauna.fresh()}`;
    const ids = [fauna.fresh(), fauna.fresh()];
    for (const id of ids) await fauna.make(id, { kind });
    const list = (value: string) =>
      q.Map(q.Paginate(q.Match(q.Index('split'), value)), q.Lambda('r', q.Select('id', q.Var('r'))));
    const index = q.Index('split');
    for (const allowed of ['read', 'unrestricted_read']) {
      const own = lambda('terms', q.Equals(q.Var('terms'), [kind]));
      const secret = await login([...actions(index, { [allowed]: own }), ...actions(things, { read: true })]);
      const { data } = await fauna.must<{ data: string[] }>(list(kind), secret);
      expect(data.sort()).toEqual(ids);
      expect(await fauna.failure(list('other'), secret)).toEqual(denied('collection', 'paginate'));
    }
  });

  it('reads the history by a privilege of its own', async () => {
    const id = fauna.fresh();
    await fauna.make(id);
    const past = await fauna.must<number>(q.ToMicros(q.Now()), admin);
    const [reader, historian] = [
      await login(actions(things, { read: true })),
      await login(actions(things, { history_read: true })),
    ];
    const events = q.Paginate(q.Events(thing(id)));
    expect(await fauna.failure(events, reader)).toEqual(denied('paginate'));
    expect(await fauna.may(events, historian)).toBe(200);
    expect(await fauna.may(q.At(past, q.Get(thing(id))), reader)).toBe(200);
    expect(await fauna.failure(q.At(past, q.Get(thing(id))), historian)).toEqual(denied('expr'));
    expect(await fauna.must([q.Exists(thing(id)), q.Exists(thing(id), past)] as never, historian)).toEqual([
      false,
      false,
    ]);
    expect(await fauna.must(q.Count(q.Documents(things)), historian)).toBe(0);
  });

  it('sees the schema’s documents by `read` of their collection only', async () => {
    const only = lambda('ref', q.Equals(q.Var('ref'), q.Collections()));
    const count = q.Count(q.Collections() as never);
    expect(await fauna.must(count, await login(actions(q.Collections(), { read: only })))).toBe(0);
    expect(await fauna.must(count, await login(actions(q.Collections(), { read: true })))).toBe(
      await fauna.must(count, admin),
    );
    for (const allowed of [{ read: lambda('ref', q.Equals(q.Var('ref'), things)) }, { unrestricted_read: true }]) {
      expect(await fauna.failure(count, await login(actions(q.Collections(), allowed)))).toEqual(denied('count'));
    }
  });
});
