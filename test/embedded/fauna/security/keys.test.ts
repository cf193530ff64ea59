import { describe, expect, it } from 'vitest';
import { at, makeDatabases } from './databases.ts';
import { type Failure, failed, invalid, noRole, required, type } from './expectations.ts';
import { admin, as, loginFauna, q, raw, root, thing, things } from './fixture.ts';

const fauna = loginFauna(makeDatabases);
const { makeKey, status, failure } = fauna;

const noKey = (secret: string) => failed('instance not found', `No key found for secret ${secret}.`);

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
    expect(await failure(q.CurrentToken(), child.secret)).toEqual(
      failed('invalid token', 'Token metadata is not accessible.'),
    );
    expect(await fauna.must(at, `${child.secret}:grandchild:server`)).toBe('app/child/grandchild');
  });

  it('keeps its hash through updates', async () => {
    const key = await makeKey({ role: 'server' });
    await fauna.must(q.Update(raw(key.ref), { hashed_secret: 'taco', role: 'client' }), admin);
    await fauna.must(q.Replace(raw(key.ref), { role: 'server', hashed_secret: 'taco' }), admin);
    expect(await fauna.must(at, key.secret)).toBe('app');
    await fauna.must(q.Delete(raw(key.ref)), admin);
    expect(await status(1, key.secret)).toBe(401);
    expect(await failure(q.KeyFromSecret(key.secret))).toEqual(noKey(key.secret));
  });

  it('ends with its ttl and with its database', async () => {
    const key = await makeKey({ role: 'server', ttl: q.TimeAdd(q.Now(), 1, 'minute') });
    expect(await status(1, key.secret)).toBe(200);
    await fauna.must(q.CreateDatabase({ name: 'doomed' }), admin);
    const doomed = await makeKey({ role: 'server', database: q.Database('doomed') });
    const inside = await makeKey({ role: 'server' }, `${root}:app/doomed:admin`);
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
    const notUnique = (field: string): Failure => [[field], 'duplicate value', 'Value is not unique.'];
    expect(await failure(there(kept), elsewhere)).toEqual(invalid(['create'], notUnique('hashed_secret')));
    expect(await failure(there({ role: 'server', secret: key.secret }), elsewhere)).toEqual(
      invalid(['create'], notUnique('secret')),
    );
    await fauna.must(q.Delete(raw(key.ref)), admin);
    expect(await fauna.must(create(kept), admin)).not.toHaveProperty('secret');
    expect(await fauna.must(at, key.secret)).toBe('app');
    await fauna.must(q.Delete(raw(key.ref)), admin);
    expect(await fauna.must(create({ role: 'server', secret: key.secret }), admin)).not.toHaveProperty('secret');
    expect(await fauna.must(at, key.secret)).toBe('app');
    expect(await failure(q.CreateKey({ role: 'server', secret: key.secret } as never))).toEqual(
      invalid(['create_key'], [['secret'], 'invalid secret', 'Invalid secret at `List(secret)`']),
    );
  });

  const unfit = (field: string, actual: string, expected: string) => type([field], actual, expected);
  it.each<[object, ...Failure[]]>([
    [{}, required('role')],
    [{ role: {} }, required('role')],
    [{ role: null }, required('role')],
    [{ role: 1 }, unfit('role', 'Long', 'Role')],
    [{ role: [] }],
    [{ role: ['reader'] }],
    [{ role: ['admin'] }, unfit('role', 'Array', 'Role'), noRole('admin')],
    [{ role: 'nobody' }, noRole('nobody')],
    [{ role: ['reader', 'nobody', 'no one'] }, noRole('nobody'), noRole('no one')],
    [{ role: 'server', priority: 0 }, unfit('priority', 'Long', 'Priority')],
    [{ role: 'server', priority: 501 }, unfit('priority', 'Long', 'Priority')],
    [{ role: 'server', priority: 500 }],
    [{ role: 'server', database: 'child' }, unfit('database', 'String', 'Database Ref')],
    [{ role: 'server', database: thing('1') }, unfit('database', 'Ref', 'Database Ref')],
    [
      { role: 'server', database: thing('404') },
      unfit('database', 'Ref', 'Database Ref'),
      [['database'], 'invalid reference', 'Reference was not found.'],
    ],
    [{ role: 'server', database: {} }],
    [{ role: 'server', ttl: 1 }, unfit('ttl', 'Long', 'Timestamp')],
    [{ role: 'server', data: 1 }, unfit('data', 'Long', 'Map')],
    [{ role: 'server', secret: 1 }, unfit('secret', 'Long', 'String')],
    [{ role: 'server', hashed_secret: 1 }, unfit('hashed_secret', 'Long', 'String')],
    [{ role: 'server', secret: 1, hashed_secret: 'x' }],
    [
      { role: 1, data: 1, secret: 1, priority: 0 },
      unfit('secret', 'Long', 'String'),
      unfit('data', 'Long', 'Map'),
      unfit('role', 'Long', 'Role'),
      unfit('priority', 'Long', 'Priority'),
    ],
  ])('made as %j is checked', async (fields, ...failures) => {
    expect(await failure(q.CreateKey(fields as never))).toEqual(
      failures.length === 0 ? { status: 201, errors: undefined } : invalid(['create_key'], ...failures),
    );
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
      expect([await status(q.Get(thing('1')), secret), await status(q.Create(things), secret)]).toEqual([200, 201]);
      expect(await status(q.Delete(thing('1')), secret)).toBe(403);
    }
  });
});

describe('a secret of before the format of today', () => {
  /** As MessagePack wrote them: an array of unsigned 64-bit numbers and bytes. */
  const msgpack = (...parts: (bigint | Buffer | number[])[]): string => {
    const bytes = parts.map((part) => {
      if (typeof part !== 'bigint') return Buffer.from(part);
      const number = Buffer.alloc(9, 0xcf);
      number.writeBigUInt64BE(part, 1);
      return number;
    });
    return Buffer.concat(bytes).toString('base64url');
  };
  const random = (secret: string, offset: number) => Buffer.from(secret, 'base64url').subarray(offset);

  it('of a key opens what today’s does', async () => {
    const { secret } = await makeKey({ role: 'admin' });
    const id = Buffer.from(secret, 'base64url').readBigUInt64BE(2);
    const old = (head: number, marker = 0xb4) => msgpack([head, 0xa9], id, [marker], random(secret, 10));
    expect(await fauna.must(at, old(0x92))).toBe('app');
    expect(await fauna.must(at, `${old(0x92)}:child:server`)).toBe('app/child');
    expect(await fauna.must(q.Select('role', q.KeyFromSecret(old(0x92))), admin)).toBe('admin');
    expect([await status(1, old(0x93)), await status(1, old(0x92, 0xb5)), await status(1, `${old(0x92)}A`)]).toEqual([
      401, 401, 401,
    ]);
  });

  it('of a token opens what today’s does', async () => {
    const { secret, ref } = await fauna.makeToken(thing('1'));
    const bytes = Buffer.from(secret, 'base64url');
    const id = bytes.subarray(2, 10);
    const old = (collection: number) =>
      msgpack([0x93, 0xaa], id, [0, collection, 0xa9], bytes.readBigUInt64BE(10), [0xb4], random(secret, 18));
    expect(await fauna.must(q.CurrentToken(), old(3))).toEqual(ref);
    expect(await status(1, old(4))).toBe(401);
  });
});

describe('the secret of a token that was made with a hash', () => {
  it('logs nobody in, as the token knows no database', async () => {
    const { secret, ref } = await fauna.makeToken(thing('1'));
    const { hashed_secret } = await fauna.must<{ hashed_secret: string }>(q.Get(raw(ref)), admin);
    await fauna.must(q.Delete(raw(ref)), admin);
    await fauna.must(q.Create(raw(ref), { instance: thing('1'), hashed_secret }), as('server'));
    expect(await status(1, secret)).toBe(401);
  });
});
