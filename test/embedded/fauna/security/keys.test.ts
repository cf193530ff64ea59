import faunadb from 'faunadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, type Served, serveFauna } from './served.ts';

const q = faunadb.query;
const admin = `${root}:app:admin`;
const things = q.Collection('things');
const thing = q.Ref(things, '1');
const raw = (value: unknown) => new faunadb.Expr(value as object);

let fauna: Served;
beforeAll(async () => {
  fauna = serveFauna();
  await fauna.must(q.CreateDatabase({ name: 'app' }), root);
  await fauna.must(q.CreateDatabase({ name: 'child' }), admin);
  await fauna.must(q.CreateDatabase({ name: 'grandchild' }), `${root}:app/child:admin`);
  for (const database of ['app', 'app/child', 'app/child/grandchild']) {
    const secret = `${root}:${database}:admin`;
    await fauna.must(q.CreateCollection({ name: 'things' }), secret);
    await fauna.must(q.CreateIndex({ name: 'all', source: things }), secret);
    await fauna.must(q.CreateFunction({ name: 'where', body: q.Query(q.Lambda('_', database)) }), secret);
    await fauna.must(
      q.CreateRole({ name: 'reader', privileges: { resource: things, actions: { read: true } } } as never),
      secret,
    );
    await fauna.must(q.Create(thing, { data: { at: database } }), secret);
  }
});
afterAll(() => fauna.close());

interface Key {
  secret: string;
  ref: object;
  hashed_secret: string;
}
const makeKey = (fields: object, secret = admin) => fauna.must<Key>(q.CreateKey(fields as never), secret);
const status = async (query: faunadb.ExprArg, secret: string) => (await fauna.query(query, secret)).status;
const failure = async (query: faunadb.ExprArg, secret: string) => {
  const { status: code, body } = await fauna.query(query, secret);
  return { status: code, errors: body.errors };
};
const invalid = (position: unknown[], ...failures: [field: string[], code: string, description: string][]) => ({
  status: 400,
  errors: [
    {
      position,
      code: 'validation failed',
      description: 'document data is not valid.',
      failures: failures.map(([field, code, description]) => ({ field, code, description })),
    },
  ],
});
const at = q.Select(['data', 'at'], q.Get(thing));

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
    expect(await failure(q.CurrentToken(), child.secret)).toEqual({
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
    expect(await failure(q.KeyFromSecret(key.secret), admin)).toEqual({
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
    expect(await failure(there(kept), elsewhere)).toEqual(
      invalid(['create'], [['hashed_secret'], 'duplicate value', 'Value is not unique.']),
    );
    expect(await failure(there({ role: 'server', secret: key.secret }), elsewhere)).toEqual(
      invalid(['create'], [['secret'], 'duplicate value', 'Value is not unique.']),
    );
    await fauna.must(q.Delete(raw(key.ref)), admin);
    expect(await fauna.must(create(kept), admin)).not.toHaveProperty('secret');
    expect(await fauna.must(at, key.secret)).toBe('app');
    await fauna.must(q.Delete(raw(key.ref)), admin);
    expect(await fauna.must(create({ role: 'server', secret: key.secret }), admin)).not.toHaveProperty('secret');
    expect(await fauna.must(at, key.secret)).toBe('app');
    expect(
      (await failure(q.CreateKey({ role: 'server', secret: key.secret } as never), admin)).errors?.[0]?.failures,
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
    const result = await failure(q.CreateKey(fields as never), admin);
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
    expect(await failure(q.Update(below, { data: {} }), admin)).toEqual({
      status: 400,
      errors: [{ position: ['update'], code: 'invalid argument', description: 'Cannot write a scoped ref.' }],
    });
    expect(await status(q.Create(q.Collection('things', q.Database('child'))), admin)).toBe(400);
    const { secret } = await makeKey({ role: 'reader' });
    expect(await status(q.Get(thing), secret)).toBe(200);
    expect(await fauna.must(q.Exists(q.Ref(q.Collection('things', q.Database('child')), '1')), secret)).toBe(false);
  });
});

describe('scoped secrets', () => {
  const cases: [suffix: string, expected: number | string][] = [
    ['', 'app'],
    [':', 'app'],
    [':anything, even (this)', 'app'],
    [':admin', 'app'],
    [':server', 'app'],
    [':server-readonly', 'app'],
    [':client', 403],
    [':@role/reader', 'app'],
    [':@role/nobody', 401],
    [':@role/', 'app'],
    [':child:server', 'app/child'],
    [':child/grandchild:server', 'app/child/grandchild'],
    [':child/:server', 'app/child'],
    [':/child:server', 401],
    [':child:client', 403],
    [':child:@role/reader', 'app/child'],
    [':child/nothing:server', 401],
    [':nothing:admin', 401],
    [':child:nothing', 'app'],
    [':child', 'app'],
    [':admins', 401],
    [':server-', 401],
    [':child:adminx', 401],
    [':@doc/things/1', 403],
    [':collections/things/1', 403],
    [':classes/things/1', 403],
    [':child:@doc/things/1', 403],
    [':@doc/things/2', 401],
    [':@doc/nothing/1', 401],
    [':@doc/things', 401],
    [':@doc/things/x', 401],
    [':@doc/things/1/2', 401],
    [':@doc/keys/1', 401],
  ];
  it.each(cases)('of an admin: %s', async (suffix, expected) => {
    const { secret } = await makeKey({ role: 'admin' });
    const { status: code, body } = await fauna.query(at, secret + suffix);
    expect(typeof expected === 'number' ? code : body.resource).toBe(expected);
  });

  it.each([
    [
      'server',
      [':@doc/things/1'],
      [':admin', ':server', ':client', ':@role/reader', ':child:server', ':child:@doc/things/1'],
    ],
    ['server-readonly', [], [':server', ':@doc/things/1', ':@role/reader']],
    ['client', [], [':admin', ':client', ':@role/reader', ':@doc/things/1']],
    ['reader', [], [':admin', ':@role/reader', ':@doc/things/1']],
  ])('of a %s', async (role, good, bad) => {
    const { secret } = await makeKey({ role });
    for (const suffix of good) expect(await status(1, secret + suffix), suffix).toBe(200);
    for (const suffix of bad) expect(await status(1, secret + suffix), suffix).toBe(401);
  });

  it('of the root lead down as far as they name, which is what set-up relies on', async () => {
    expect(await fauna.must(at, `${root}:app:admin`)).toBe('app');
    expect(await fauna.must(at, `${root}:app/child/grandchild:server`)).toBe('app/child/grandchild');
    expect(await status(q.CreateCollection({ name: 'by_root' }), `${root}:app:admin`)).toBe(201);
    expect(await status(1, `${root}:nothing:admin`)).toBe(401);
    expect(await status(1, `${root}x:app:admin`)).toBe(401);
    expect(await fauna.must(q.CurrentIdentity(), `${root}:app:@doc/things/1`)).toMatchObject({ '@ref': { id: '1' } });
  });

  it('are read from Basic as from Bearer, colons of careless drivers included', async () => {
    const { secret } = await makeKey({ role: 'admin' });
    const encode = (text: string) => Buffer.from(text).toString('base64');
    const statusOf = async (header: string) => (await fauna.send(1, header)).status;
    for (const header of [
      encode(`${secret}:`),
      encode(secret),
      `${encode(secret)}:`,
      encode(`${secret}:child:admin:`),
    ]) {
      expect(await statusOf(`Basic ${header}`), header).toBe(200);
    }
    for (const header of [
      'Basic non-base64',
      'Basic',
      'Basic ',
      `basic ${encode(secret)}`,
      `Digest ${secret}`,
      secret,
    ]) {
      expect(await statusOf(header), header).toBe(401);
    }
    expect((await fauna.send(1, undefined)).status).toBe(401);
  });

  it('with characters of another alphabet or length are no keys', async () => {
    const { secret } = await makeKey({ role: 'admin' });
    for (const wrong of [
      `${secret}A`,
      secret.slice(1),
      `${secret}!`,
      `+${secret.slice(1)}`,
      secret.toLowerCase(),
      'fn',
      '',
    ]) {
      expect(await status(1, wrong), wrong).toBe(401);
    }
  });
});

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
    expect(await failure(q.CreateCollection({ name: 'x' }), box)).toEqual({
      status: 400,
      errors: [
        {
          position: ['create_collection'],
          code: 'invalid object in container',
          description: 'Object is not allowed in a container',
        },
      ],
    });
    expect(await failure(q.Update(q.Database('app'), { container: true }), root)).toEqual(
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
    expect(await failure(q.MoveDatabase(q.Database('to'), moving), root)).toEqual(refused('to', 'moving'));
    expect(await failure(q.MoveDatabase(moving, moving), root)).toEqual(refused('moving', 'moving'));
    await fauna.must(q.CreateDatabase({ name: 'moving' }), `${root}:from:admin`);
    expect((await failure(q.MoveDatabase(moving, q.Database('from')), root)).errors).toEqual([
      { position: [], code: 'instance already exists', description: 'Database already exists.' },
    ]);
    expect(await status(q.MoveDatabase(moving, q.Database('app')), `${root}:server`)).toBe(403);
  });
});
