import faunadb from 'faunadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Key, makeDatabases } from './databases.ts';
import { failure, invalid } from './expectations.ts';
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

describe('databases', () => {
  it('show their global id as tokens write it', async () => {
    const { global_id } = await fauna.must<{ global_id: string }>(q.Get(q.Database('app')), root);
    expect(global_id).toMatch(/^[ybndrfg8ejkmcpqxot1uwisza345h769]{13}$/);
    expect(await fauna.must(q.Select('global_id', q.Get(q.Database('app'))), root)).toBe(global_id);
  });

  it('that are containers hold databases and keys only', async () => {
    await fauna.must(q.CreateDatabase({ name: 'box', container: true } as never), root);
    const box = `${root}:box:admin`;
    await fauna.must(q.CreateDatabase({ name: 'inner' }), box);
    await makeKey({ role: 'server', database: q.Database('inner') }, box);
    await fauna.must(q.CreateRole({ name: 'x', privileges: [] }), box);
    expect(await failure(fauna, q.CreateCollection({ name: 'x' }), box)).toEqual({
      status: 400,
      errors: [
        {
          position: ['create_collection'],
          code: 'invalid object in container',
          description: 'Object is not allowed in a container',
        },
      ],
    });
    expect(await failure(fauna, q.Update(q.Database('app'), { container: true }), root)).toEqual(
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

  it('move with their keys to another parent', async () => {
    for (const name of ['from', 'to']) await fauna.must(q.CreateDatabase({ name }), root);
    await fauna.must(q.CreateDatabase({ name: 'moving' }), `${root}:from:admin`);
    await fauna.must(q.CreateCollection({ name: 'inside' }), `${root}:from/moving:admin`);
    const key = await makeKey({ role: 'server', database: q.Database('moving') }, `${root}:from:admin`);
    const before = await fauna.must<{ global_id: string }>(q.Get(q.Database('moving')), `${root}:from:admin`);
    const move = q.MoveDatabase(q.Database('moving', q.Database('from')), q.Database('to'));
    const { status: code, body } = await fauna.query(move, root);
    expect(code).toBe(201);
    expect(body.resource).toMatchObject({ name: 'moving', global_id: before.global_id });
    expect(await fauna.must(q.Exists(q.Database('moving')), `${root}:from:admin`)).toBe(false);
    expect(await fauna.must(q.Exists(q.Collection('inside')), `${root}:to/moving:admin`)).toBe(true);
    expect(await fauna.must(q.Exists(q.Collection('inside')), key.secret)).toBe(true);
    expect(await fauna.must(q.Count(q.Keys()), `${root}:to:admin`)).toBe(1);
    expect(await fauna.must(q.Count(q.Keys()), `${root}:from:admin`)).toBe(0);
    const refused = (source: string, parent: string) => ({
      status: 400,
      errors: [
        {
          position: [],
          code: 'move database error',
          description: `Cannot move database '${source}' into parent '${parent}': Cannot move database from ancestor to descendant.`,
        },
      ],
    });
    const moving = q.Database('moving', q.Database('to'));
    expect(await failure(fauna, q.MoveDatabase(q.Database('to'), moving), root)).toEqual(refused('to', 'moving'));
    expect(await failure(fauna, q.MoveDatabase(moving, moving), root)).toEqual(refused('moving', 'moving'));
    await fauna.must(q.CreateDatabase({ name: 'moving' }), `${root}:from:admin`);
    expect((await failure(fauna, q.MoveDatabase(moving, q.Database('from')), root)).errors).toEqual([
      { position: [], code: 'instance already exists', description: 'Database already exists.' },
    ]);
    expect(await status(q.MoveDatabase(moving, q.Database('app')), `${root}:server`)).toBe(403);
  });
});
