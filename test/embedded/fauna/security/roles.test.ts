import { describe, expect, it } from 'vitest';
import { makeReaderAndMaker } from './databases.ts';
import { arity, type Failure, failed, invalid, required, type } from './expectations.ts';
import { admin, as, denied, lambda, loginFauna, q, thing, things } from './fixture.ts';

const fauna = loginFauna(makeReaderAndMaker);

const one = (allowed: unknown) => ({ privileges: { resource: things, actions: allowed } });
const listed = (allowed: unknown) => ({ privileges: [one(allowed).privileges] });
const members = (predicate: unknown) => ({ membership: { resource: things, predicate } });
const [none, two, three, four] = [
  lambda('_', true),
  lambda(['a', 'b'], true),
  lambda(['a', 'b', 'c'], true),
  lambda(['a', 'b', 'c', 'd'], true),
];
const action = (name: string) => ['privileges', 'actions', name];
const dangling: Failure = [['privileges', 'resource'], 'invalid reference', 'Reference was not found.'];

/** What is wrong with a role; nothing if it is made. Records name their fields without the way to them. */
const cases: [string, () => object, ...Failure[]][] = [
  ['no privileges', () => ({})],
  ['privileges without actions', () => ({ privileges: { resource: things } })],
  ['empty privileges', () => ({ privileges: {} })],
  ['empty actions', () => one({})],
  ['actions that are null', () => one({ read: null })],
  ['actions nobody knows', () => one({ fly: 1 })],
  [
    'every action with its arity',
    () =>
      one({
        read: lambda('a', true),
        write: two,
        create: lambda(['a'], true),
        create_with_id: two,
        delete: none,
        history_read: none,
        history_write: four,
        unrestricted_read: none,
        call: none,
      }),
  ],
  ['read of two', () => one({ read: two }), arity(action('read'), '2', 1)],
  ['write of one', () => one({ write: lambda('a', true) }), arity(action('write'), '1', 2)],
  ['write of three', () => one({ write: three }), arity(action('write'), '3', 2)],
  ['write of three in a list', () => listed({ write: three })],
  [
    'several wrong ones, in FaunaDB’s order',
    () => one({ call: two, history_write: two, read: two }),
    arity(action('read'), '2', 1),
    arity(action('history_write'), '2', 4),
    arity(action('call'), '2', 1),
  ],
  ['a wrong arity in a list, which is not looked at', () => listed({ read: two })],
  ['membership of two', () => members(two), arity(['membership', 'predicate'], '2', 1)],
  ['an action that is a number', () => one({ read: 1 }), type(['actions', 'read'], 'Long', 'RoleAction')],
  ['an action that is text', () => one({ read: 'true' }), type(action('read'), 'String', 'Query')],
  ['an action in a list', () => listed({ read: 1 }), type(['actions', 'read'], 'Long', 'RoleAction')],
  ['actions that are a list', () => one([]), type(['actions'], 'Array', 'RoleAction Map')],
  ['privileges that are text', () => ({ privileges: 'all' }), type(['privileges'], 'String', 'Privilege')],
  [
    'the first bad one of several privileges',
    () => ({ privileges: [one({ read: true }).privileges, 1, one({ read: 1 }).privileges] }),
    type(['privileges'], 'Long', 'Privilege'),
  ],
  [
    'a resource that is text',
    () => ({ privileges: { resource: 'things' } }),
    type(['privileges', 'resource'], 'String', 'Ref'),
  ],
  ['a resource that is a number', () => ({ privileges: { resource: 1 } }), type(['resource'], 'Long', 'Ref')],
  [
    'membership of text',
    () => ({ membership: { resource: 'things' } }),
    type(['membership', 'resource'], 'String', 'Ref'),
  ],
  [
    'membership of a document',
    () => ({ membership: { resource: q.Role('reader') } }),
    type(['resource'], 'Ref', 'Class Ref'),
  ],
  ['membership that is a number', () => ({ membership: 1 }), type(['membership'], 'Long', 'Membership')],
  ['a predicate that is no lambda', () => members(true), type(['predicate'], 'Boolean', 'Query')],
  ['a predicate that is text', () => members('true'), type(['membership', 'predicate'], 'String', 'Query')],
  ['privileges that name nothing', () => ({ privileges: { actions: { read: true } } })],
  [
    'a resource that is not there',
    () => ({ privileges: { resource: thing('404'), actions: { read: true } } }),
    dangling,
  ],
  ['a native collection', () => ({ privileges: { resource: q.Keys(), actions: { read: true } } })],
  ['data that is no object', () => ({ data: 1 }), type(['data'], 'Long', 'Map')],
  [
    'all of it wrong',
    () => ({ name: '_', data: 1, ...one({ read: two }), ...members(1) }),
    type(['data'], 'Long', 'Map'),
    [['name'], 'reserved name', 'Invalid name _. Reserved names: _.'],
    type(['predicate'], 'Long', 'Query'),
    arity(action('read'), '2', 1),
  ],
];

describe('CreateRole', () => {
  it.each(cases)('with %s', async (_, fields, ...failures) => {
    const query = q.CreateRole({ name: `made${fauna.fresh()}`, ...fields() } as never);
    expect(await fauna.failure(query)).toEqual(
      failures.length === 0 ? { status: 201, errors: undefined } : invalid(['create_role'], ...failures),
    );
  });

  it('names what it is called', async () => {
    expect(await fauna.failure(q.CreateRole({} as never))).toEqual(invalid(['create_role'], required('name')));
    expect(await fauna.failure(q.CreateRole({ name: 'reader' } as never))).toEqual(
      failed('instance already exists', 'Role already exists.', ['create_role']),
    );
  });

  it('keeps what it knows and drops the rest', async () => {
    const allowed = { read: true, fly: true };
    const privileges = { resource: things, actions: allowed, more: 1 };
    const made = await fauna.must(q.CreateRole({ name: 'kept', privileges, membership: {}, more: 1 } as never), admin);
    const resource = { '@ref': { id: 'things', collection: { '@ref': { id: 'collections' } } } };
    expect(made).toEqual({
      ref: { '@ref': { id: 'kept', collection: { '@ref': { id: 'roles' } } } },
      ts: expect.any(Number),
      name: 'kept',
      privileges: { resource, actions: { read: true } },
    });
  });
});

describe('changing a role', () => {
  it('is checked as making one', async () => {
    const name = await fauna.makeRole({ resource: things, actions: { read: true } });
    const update = (fields: object) => fauna.failure(q.Update(q.Role(name), fields));
    expect(await update(one({ read: two }))).toEqual(invalid([], arity(action('read'), '2', 1)));
    expect(await update({ privileges: { resource: thing('404') } })).toEqual(invalid([], dangling));
    expect(await update({ name: 'reader' })).toEqual(failed('instance not unique', 'document is not unique.'));
  });

  it('is an admin’s alone, or of who has privileges on roles and may read what it names', async () => {
    const change = { privileges: { resource: q.Keys(), actions: { create: true } } };
    for (const role of ['server', 'server-readonly', 'client']) {
      expect(await fauna.failure(q.CreateRole({ name: 'x', privileges: [] }), as(role))).toEqual(denied('create_role'));
      expect(await fauna.failure(q.Update(q.Role('reader'), change), as(role))).toEqual(denied());
      expect(await fauna.failure(q.Delete(q.Role('reader')), as(role))).toEqual(denied());
    }
    const editor = await fauna.keyThatMay({ resource: q.Roles(), actions: { write: true, create: true } });
    const unreadable: Failure = [['privileges', 'resource'], 'invalid reference', 'Cannot read reference.'];
    const more = { privileges: { resource: things, actions: { create: true } } };
    expect(await fauna.failure(q.Update(q.Role('reader'), more), editor)).toEqual(invalid([], unreadable));
    expect(await fauna.failure(q.CreateRole({ name: 'mine', ...more } as never), editor)).toEqual(
      invalid(['create_role'], unreadable),
    );
    // Collections of FaunaDB's own are no refs to be read: who may write roles may give himself all.
    expect(await fauna.failure(q.Update(q.Role('reader'), change), editor)).toEqual({ status: 200, errors: undefined });
  });
});
