import faunadb from 'faunadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Key, makeDatabases } from './databases.ts';
import { failure, invalid, raw } from './expectations.ts';
import { root, type Served, serveFauna } from './served.ts';

const q = faunadb.query;
const admin = `${root}:app:admin`;
const things = q.Collection('things');
const thing = q.Ref(things, '1');
const at = q.Select(['data', 'at'], q.Get(thing));

let fauna: Served;
beforeAll(async () => {
  fauna = serveFauna();
  await makeDatabases(fauna);
});
afterAll(() => fauna.close());

const makeKey = (fields: object, secret = admin) => fauna.must<Key>(q.CreateKey(fields as never), secret);
const status = async (query: faunadb.ExprArg, secret: string) => (await fauna.query(query, secret)).status;

describe('a key', () => {
  it('shows its secret once, and afterwards a bcrypt hash', async () => {
    const key = await makeKey({ role: 'server', data: { x: 1 }, priority: 5 });
    const bytes = Buffer.from(key.secret, 'base64url');
    expect([bytes.length, bytes[0], bytes[1]]).toEqual([30, 0x7e, 0x70]);
    expect(key.secret).toMatch(/^fn[A-Z][\w-]{37}$/);
    const read = await fauna.must<Record<string, unknown>>(q.Get(raw(key.ref)), admin);
    expect(read).not.toHaveProperty('secret');
    expect(read.hashed_secret).toMatch(/^\$2a\$05\$[./\w]{53}$/);
    expect(read.hashed_secret).toBe(key.hashed_secret);
    expect(await fauna.must(q.KeyFromSecret(key.secret), admin)).toEqual(read);
    expect(await fauna.must(q.CurrentToken(), key.secret)).toEqual(key.ref);
    expect(await fauna.must(q.HasCurrentIdentity(), key.secret)).toBe(false);
  });

  it('opens its database or the one it names, and shows its ref only in its own', async () => {
    const own = await makeKey({ role: 'server' });
    const child = await makeKey({ role: 'admin', database: q.Database('child') });
    expect(await fauna.must(at, own.secret)).toBe('app');
    expect(await fauna.must(at, child.secret)).toBe('app/child');
    expect(await fauna.must(q.HasCurrentToken(), child.secret)).toBe(false);
    expect(await failure(fauna, q.CurrentToken(), child.secret)).toEqual({
      status: 400,
      errors: [{ position: [], code: 'invalid token', description: 'Token metadata is not accessible.' }],
    });
    expect(await fauna.must(at, `${child.secret}:grandchild:server`)).toBe('app/child/grandchild');
  });

  it('keeps its hash through updates', async () => {
    const key = await makeKey({ role: 'server' });
    await fauna.must(q.Update(raw(key.ref), { hashed_secret: 'taco', role: 'client' }), admin);
    await fauna.must(q.Replace(raw(key.ref), { role: 'server', hashed_secret: 'taco' }), admin);
    expect(await fauna.must(at, key.secret)).toBe('app');
    await fauna.must(q.Delete(raw(key.ref)), admin);
    expect(await status(1, key.secret)).toBe(401);
    expect(await failure(fauna, q.KeyFromSecret(key.secret), admin)).toEqual({
      status: 400,
      errors: [{ position: [], code: 'instance not found', description: `No key found for secret ${key.secret}.` }],
    });
  });

  it('ends with its ttl and with its database', async () => {
    const key = await makeKey({ role: 'server', ttl: q.TimeAdd(q.Now(), 1, 'minute') });
    expect(await status(1, key.secret)).toBe(200);
    await fauna.must(q.CreateDatabase({ name: 'doomed' }), admin);
    const doomed = await makeKey({ role: 'server', database: q.Database('doomed') });
    const inside = await makeKey({ role: 'server' }, `${admin.replace(':admin', '/doomed:admin')}`);
    expect([await status(1, doomed.secret), await status(1, inside.secret)]).toEqual([200, 200]);
    await fauna.must(q.Delete(q.Database('doomed')), admin);
    expect([await status(1, doomed.secret), await status(1, inside.secret)]).toEqual([401, 401]);
    fauna.advance(60_000);
    expect(await status(1, key.secret)).toBe(401);
  });

  it('can be made again with its hash or its secret, but not in two databases', async () => {
    const key = await makeKey({ role: 'server' });
    const kept = { role: 'server', hashed_secret: key.hashed_secret };
    const create = (fields: object) => q.Create(raw(key.ref), fields);
    const elsewhere = `${root}:app/child:admin`;
    const { id } = (key.ref as { '@ref': { id: string } })['@ref'];
    const there = (fields: object) => q.Create(q.Ref(q.Keys(), id), fields);
    expect(await failure(fauna, there(kept), elsewhere)).toEqual(
      invalid(['create'], [['hashed_secret'], 'duplicate value', 'Value is not unique.']),
    );
    expect(await failure(fauna, there({ role: 'server', secret: key.secret }), elsewhere)).toEqual(
      invalid(['create'], [['secret'], 'duplicate value', 'Value is not unique.']),
    );
    await fauna.must(q.Delete(raw(key.ref)), admin);
    expect(await fauna.must(create(kept), admin)).not.toHaveProperty('secret');
    expect(await fauna.must(at, key.secret)).toBe('app');
    await fauna.must(q.Delete(raw(key.ref)), admin);
    expect(await fauna.must(create({ role: 'server', secret: key.secret }), admin)).not.toHaveProperty('secret');
    expect(await fauna.must(at, key.secret)).toBe('app');
    expect(
      (await failure(fauna, q.CreateKey({ role: 'server', secret: key.secret } as never), admin)).errors?.[0]?.failures,
    ).toEqual([{ field: ['secret'], code: 'invalid secret', description: 'Invalid secret at `List(secret)`' }]);
  });

  it.each<[object, ...[field: string[], code: string, description: string][]]>([
    [{}, [['role'], 'value required', 'Required value not found.']],
    [{ role: 1 }, [['role'], 'invalid type', 'Invalid type Long, expected type Role.']],
    [{ role: [] }],
    [{ role: ['admin'] }, [['role'], 'invalid type', 'Invalid type Array, expected type Role.']],
    [{ role: 'nobody' }, [['role'], 'validation failure', 'Role name `nobody` does not exist.']],
    [
      { role: ['reader', 'nobody', 'no one'] },
      [['role'], 'validation failure', 'Role name `nobody` does not exist.'],
      [['role'], 'validation failure', 'Role name `no one` does not exist.'],
    ],
    [{ role: 'server', priority: 0 }, [['priority'], 'invalid type', 'Invalid type Long, expected type Priority.']],
    [{ role: 'server', priority: 501 }, [['priority'], 'invalid type', 'Invalid type Long, expected type Priority.']],
    [{ role: 'server', priority: 500 }],
    [{ role: 'server', database: 'child' }, [['database'], 'invalid type', 'Invalid type String, expected type Ref.']],
    [{ role: 'server', data: 1 }, [['data'], 'invalid type', 'Invalid type Long, expected type Map.']],
  ])('made as %j is checked', async (fields, ...failures) => {
    const result = await failure(fauna, q.CreateKey(fields as never), admin);
    if (failures.length === 0) expect(result.status).toBe(201);
    else expect(result).toEqual(invalid(['create_key'], ...failures));
  });

  it('with roles may do what any of them allows', async () => {
    await fauna.must(
      q.CreateRole({ name: 'maker', privileges: { resource: things, actions: { create: true } } } as never),
      admin,
    );
    for (const role of [
      ['reader', 'maker'],
      [q.Role('reader'), q.Role('maker')],
    ]) {
      const { secret } = await makeKey({ role });
      expect([await status(q.Get(thing), secret), await status(q.Create(things), secret)]).toEqual([200, 201]);
      expect(await status(q.Delete(thing), secret)).toBe(403);
    }
  });
});
