import { describe, expect, it } from 'vitest';
import { makeDatabases } from './databases.ts';
import { type Failure, failed, invalid, required, type } from './expectations.ts';
import { admin, denied, loginFauna, q, root, thing, things } from './fixture.ts';

const fauna = loginFauna(makeDatabases);
const create = (fields: object) => q.CreateDatabase(fields as never);

describe('databases', () => {
  it('show their global id as tokens write it', async () => {
    const { global_id } = await fauna.must<{ global_id: string }>(q.Get(q.Database('app')), root);
    expect(global_id).toMatch(/^[ybndrfg8ejkmcpqxot1uwisza345h769]{13}$/);
    expect(await fauna.must(q.Select('global_id', q.Get(q.Database('app'))), root)).toBe(global_id);
  });

  it('that are containers hold databases and keys only', async () => {
    await fauna.must(create({ name: 'box', container: true }), root);
    const box = `${root}:box:admin`;
    await fauna.must(create({ name: 'inner' }), box);
    await fauna.makeKey({ role: 'server', database: q.Database('inner') }, box);
    await fauna.must(q.CreateRole({ name: 'x', privileges: [] }), box);
    expect(await fauna.failure(q.CreateCollection({ name: 'x' }), box)).toEqual(
      failed('invalid object in container', 'Object is not allowed in a container', ['create_collection']),
    );
    expect(await fauna.failure(q.Update(q.Database('app'), { container: true }), root)).toEqual(
      invalid(
        [],
        [
          [],
          'container candidate contains data',
          'cannot make database a container while it contains collections, indexes, or user functions',
        ],
      ),
    );
    await fauna.must(q.Update(q.Database('box'), { container: false } as never), root);
    await fauna.must(q.CreateCollection({ name: 'x' }), box);
  });

  const unfit = (field: string, actual: string, expected: string) => type([field], actual, expected);
  it.each<[object, ...Failure[]]>([
    [{}, required('name')],
    [{ name: '_' }, [['name'], 'reserved name', 'Invalid name _. Reserved names: _.']],
    [{ name: 1 }, unfit('name', 'Long', 'Name')],
    [{ name: 'x', account: 1 }, unfit('account', 'Long', 'Map'), type(['account', 'id'], 'Long', 'Map')],
    [{ name: 'x', account: { id: 'x' } }, type(['account', 'id'], 'String', 'Account')],
    [
      { name: 'x', data: 1, priority: 0, container: 1, typechecked: 1, protected: 1 },
      unfit('data', 'Long', 'Map'),
      unfit('priority', 'Long', 'Priority'),
      unfit('container', 'Long', 'Boolean'),
      unfit('typechecked', 'Long', 'Boolean'),
      unfit('protected', 'Long', 'Boolean'),
    ],
    [{ name: 'x', data: { ref: thing('404') } }, [['data', 'ref'], 'invalid reference', 'Reference was not found.']],
  ])('made as %j are checked', async (fields, ...failures) => {
    expect(await fauna.failure(create(fields))).toEqual(invalid(['create_database'], ...failures));
  });
});

describe('the account of a database', () => {
  /** What GET /authorized tells. */
  const accountOf = async (login: string) => {
    const request = new Request('http://fauna.internal/authorized', { headers: { authorization: `Bearer ${login}` } });
    return ((await (await fauna.handle(request)).json()) as { account: string }).account;
  };

  it('is told with the database to any login, and not shown in it', async () => {
    const made = await fauna.must<object>(create({ name: 'paid', account: { id: 41 } }), root);
    expect(made).not.toHaveProperty('account');
    expect(await fauna.must(q.Get(q.Database('paid')), root)).toEqual(made);
    await fauna.must(create({ name: 'below', account: { id: 42 } }), `${root}:paid:admin`);
    const key = await fauna.makeKey({ role: 'client' }, `${root}:paid:admin`);
    expect(await Promise.all([root, `${root}:app:admin`].map(accountOf))).toEqual(['0', '0']);
    expect(await Promise.all([key.secret, `${root}:paid/below:client`].map(accountOf))).toEqual(['41', '41']);
  });

  it('is given once, and to one database', async () => {
    await fauna.must(create({ name: 'first', account: { id: 51 } }), root);
    expect(await fauna.failure(create({ name: 'second', account: { id: 51 } }), root)).toEqual(
      failed('instance already exists', 'Database already exists.', ['create_database']),
    );
    await fauna.must(q.Update(q.Database('first'), { account: { id: 52 } } as never), root);
    await fauna.must(q.Replace(q.Database('first'), { name: 'first', account: { id: 53 } } as never), root);
    expect(await accountOf(`${root}:first:client`)).toBe('51');
    await fauna.must(q.Delete(q.Database('first')), root);
    await fauna.must(create({ name: 'second', account: { id: 51 } }), root);
    expect(await accountOf(`${root}:second:client`)).toBe('51');
  });

  it('goes with a database that is moved, unless the new parent has one', async () => {
    await fauna.must(create({ name: 'mover', account: { id: 61 } }), root);
    await fauna.must(create({ name: 'free' }), root);
    await fauna.must(create({ name: 'owned', account: { id: 62 } }), root);
    await fauna.must(q.MoveDatabase(q.Database('mover'), q.Database('free')), root);
    expect(await accountOf(`${root}:free/mover:client`)).toBe('61');
    await fauna.must(q.MoveDatabase(q.Database('mover', q.Database('free')), q.Database('owned')), root);
    expect(await accountOf(`${root}:owned/mover:client`)).toBe('62');
    await fauna.must(create({ name: 'again', account: { id: 61 } }), root);
  });
});

describe('MoveDatabase', () => {
  const inFrom = `${root}:from:admin`;
  const inTo = `${root}:to:admin`;
  const start = async () => {
    for (const name of ['from', 'to']) {
      await fauna.must(q.If(q.Exists(q.Database(name)), q.Delete(q.Database(name)), null as never), root);
      await fauna.must(create({ name }), root);
    }
    await fauna.must(create({ name: 'moving' }), inFrom);
  };
  const moving = q.Database('moving', q.Database('from'));
  const move = q.MoveDatabase(moving, q.Database('to'));
  const error = (source: string, parent: string, reason: string) =>
    failed('move database error', `Cannot move database '${source}' into parent '${parent}': ${reason}`);

  it('takes a database with all in it and the keys to it elsewhere', async () => {
    await start();
    await fauna.must(q.CreateCollection({ name: 'inside' }), `${root}:from/moving:admin`);
    const key = await fauna.makeKey({ role: 'server', database: q.Database('moving') }, inFrom);
    const before = await fauna.must<{ global_id: string }>(q.Get(q.Database('moving')), inFrom);
    const { status, body } = await fauna.query(move, root);
    expect({ status, resource: body.resource }).toMatchObject({
      status: 201,
      resource: { name: 'moving', global_id: before.global_id },
    });
    expect(await fauna.must(q.Exists(q.Database('moving')), inFrom)).toBe(false);
    expect(await fauna.must(q.Exists(q.Collection('inside')), `${root}:to/moving:admin`)).toBe(true);
    expect(await fauna.must(q.Exists(q.Collection('inside')), key.secret)).toBe(true);
    expect([await fauna.must(q.Count(q.Keys()), inTo), await fauna.must(q.Count(q.Keys()), inFrom)]).toEqual([1, 0]);
  });

  it('takes a key with a role if there is such a role where it goes', async () => {
    await start();
    const role = { name: 'reader', privileges: [] };
    await fauna.must(q.CreateRole(role), inFrom);
    const fields = { role: 'reader', database: q.Database('moving') };
    await fauna.must(q.CreateRole(role), `${root}:from/moving:admin`);
    await fauna.makeKey(fields, inFrom);
    expect(await fauna.failure(move, root)).toEqual(
      error('moving', 'to', 'Failed to create key in the destination database.'),
    );
    expect(await fauna.must(q.Exists(q.Database('moving')), inFrom)).toBe(true);
    await fauna.must(q.CreateRole(role), inTo);
    await fauna.must(move, root);
    const roles = q.Map(q.Paginate(q.Keys()), q.Lambda('key', q.Select('role', q.Get(q.Var('key')))));
    expect(await fauna.must(roles, inTo)).toEqual({ data: [['reader']] });
  });

  it('refuses what cannot be', async () => {
    await start();
    const [to, from] = [q.Database('to'), q.Database('from')];
    const circle = 'Cannot move database from ancestor to descendant.';
    expect(await fauna.failure(q.MoveDatabase(from, moving), root)).toEqual(error('from', 'moving', circle));
    expect(await fauna.failure(q.MoveDatabase(from, from), root)).toEqual(error('from', 'from', circle));
    await fauna.must(create({ name: 'moving' }), inTo);
    expect(await fauna.failure(move, root)).toEqual(failed('instance already exists', 'Database already exists.'));
    const gone = (name: string, verb: string) =>
      failed('invalid ref', `Ref refers to undefined database '${name}'`, [verb]);
    expect(await fauna.failure(q.MoveDatabase(q.Database('nothing'), to), root)).toEqual(
      gone('nothing', 'move_database'),
    );
    expect(await fauna.failure(q.MoveDatabase(from, q.Database('nothing')), root)).toEqual(gone('nothing', 'to'));
    expect(await fauna.failure(q.MoveDatabase(things, q.Database('app')), admin)).toEqual(
      failed('invalid argument', 'Database Ref expected, Collection Ref provided.', ['move_database']),
    );
  });

  it('is an admin’s alone', async () => {
    await start();
    for (const role of ['server', 'server-readonly', 'client']) {
      expect(await fauna.failure(move, `${root}:${role}`), role).toEqual(denied());
    }
  });

  it('takes along no ref that leads nowhere afterwards', async () => {
    await start();
    await fauna.must(q.CreateCollection({ name: 'here' }), inFrom);
    await fauna.must(q.Update(q.Database('moving'), { data: { at: q.Collection('here') } } as never), inFrom);
    expect(await fauna.failure(move, root)).toEqual(
      invalid([], [['data', 'at'], 'invalid reference', 'Reference was not found.']),
    );
  });
});
