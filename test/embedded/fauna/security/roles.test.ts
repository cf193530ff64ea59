import faunadb from 'faunadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Failure, failure, invalid, lambda, required, type } from './expectations.ts';
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

describe('CreateRole', () => {
  const one = (actions: object) => ({ privileges: { resource: things, actions } });
  const arity = (field: string[], found: string, expected: number): Failure => [
    field,
    'invalid arity',
    `Found lambda with arity ${found} expected ${expected}`,
  ];
  const [none, two, three, four] = [
    lambda('_', true),
    lambda(['a', 'b'], true),
    lambda(['a', 'b', 'c'], true),
    lambda(['a', 'b', 'c', 'd'], true),
  ];
  const cases: [string, () => object, ...Failure[]][] = [
    ['no privileges', () => ({})],
    ['privileges without actions', () => ({ privileges: { resource: things } })],
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
    ['read of two', () => one({ read: two }), arity(['privileges', 'actions', 'read'], '2', 1)],
    ['write of one', () => one({ write: lambda('a', true) }), arity(['privileges', 'actions', 'write'], '1', 2)],
    ['write of three', () => one({ write: three }), arity(['privileges', 'actions', 'write'], '3', 2)],
    [
      'several wrong ones, in FaunaDB’s order',
      () => one({ call: two, history_write: two, read: two }),
      arity(['privileges', 'actions', 'read'], '2', 1),
      arity(['privileges', 'actions', 'history_write'], '2', 4),
      arity(['privileges', 'actions', 'call'], '2', 1),
    ],
    ['a wrong arity in a list, which is not looked at', () => ({ privileges: [one({ read: two }).privileges] })],
    [
      'membership of two',
      () => ({ membership: { resource: things, predicate: two } }),
      arity(['membership', 'predicate'], '2', 1),
    ],
    [
      'an action that is a number',
      () => one({ read: 1 }),
      type(['privileges', 'actions', 'read'], 'Long', 'RoleAction'),
    ],
    ['an action that is text', () => one({ read: 'true' }), type(['privileges', 'actions', 'read'], 'String', 'Query')],
    [
      'an action in a list',
      () => ({ privileges: [one({ read: 1 }).privileges] }),
      type(['privileges', 'actions', 'read'], 'Long', 'RoleAction'),
    ],
    [
      'a resource that is text',
      () => ({ privileges: { resource: 'things' } }),
      type(['privileges', 'resource'], 'String', 'Ref'),
    ],
    [
      'membership of text',
      () => ({ membership: { resource: 'things' } }),
      type(['membership', 'resource'], 'String', 'Ref'),
    ],
    [
      'a predicate that is no lambda',
      () => ({ membership: { resource: things, predicate: true } }),
      type(['membership', 'predicate'], 'Boolean', 'Query'),
    ],
    ['privileges that name nothing', () => ({ privileges: { actions: { read: true } } })],
    [
      'a resource that is not there',
      () => ({ privileges: { resource: q.Ref(things, '404'), actions: { read: true } } }),
      [['privileges', 'resource'], 'invalid reference', 'Reference was not found.'],
    ],
    ['a native collection', () => ({ privileges: { resource: q.Keys(), actions: { read: true } } })],
    ['data that is no object', () => ({ data: 1 }), type(['data'], 'Long', 'Map')],
  ];
  it.each(cases)('with %s', async (_, fields, ...failures) => {
    await checked('create_role', q.CreateRole({ name: name(), ...fields() } as never), failures);
  });

  it('names what it is called', async () => {
    await checked('create_role', q.CreateRole({} as never), [required('name')]);
    expect(await failure(fauna, q.CreateRole({ name: 'role' } as never), admin)).toEqual({
      status: 400,
      errors: [{ position: ['create_role'], code: 'instance already exists', description: 'Role already exists.' }],
    });
    expect((await failure(fauna, q.CreateRole({ name: name(), privileges: [] }), `${root}:app:server`)).status).toBe(
      403,
    );
  });
});
