import { describe, expect, it } from 'vitest';
import { at, makeDatabases } from './databases.ts';
import { admin, loginFauna, q, root, thing } from './fixture.ts';

const fauna = loginFauna(async (app) => {
  await makeDatabases(app);
  await app.must(q.CreateCollection({ name: 'people' }), admin);
});
const { makeKey, status } = fauna;

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
    [':@role/reader:', 'app'],
    [':child:server', 'app/child'],
    [':child/grandchild:server', 'app/child/grandchild'],
    [':child/:server', 'app/child'],
    [':child//:server', 'app/child'],
    [':/:admin', 'app'],
    [':///:server', 'app'],
    [':/child:server', 401],
    [':child//grandchild:server', 401],
    [':child:client', 403],
    [':child:@role/reader', 'app/child'],
    [':child/nothing:server', 401],
    [':nothing:admin', 401],
    [':child:nothing', 'app'],
    [':child', 'app'],
    [':admins', 401],
    [':admin:admin', 401],
    [':server-', 401],
    [':child:adminx', 401],
    [':@doc/things/1', 403],
    [':@doc/things/01', 403],
    [':collections/things/1', 403],
    [':classes/things/1', 403],
    [':child:@doc/things/1', 403],
    [':@doc/things/2', 401],
    [':@doc/things/9223372036854775808', 401],
    [':@doc/things/-1', 401],
    [':@doc/things/self', 401],
    [':@doc/things/1/events', 401],
    [':@doc/nothing/1', 401],
    [':@doc/things', 401],
    [':@doc/things/x', 401],
    [':@doc/things/1/2', 401],
    [':@doc/people/1', 401],
    [':@doc/keys/1', 401],
    [':@doc/events/1', 401],
  ];
  it.each(cases)('of an admin: %s', async (suffix, expected) => {
    const { secret } = await makeKey({ role: 'admin' });
    const { status: code, body } = await fauna.query(at, secret + suffix);
    expect(typeof expected === 'number' ? code : body.resource).toBe(expected);
  });

  it.each([
    [
      'server',
      [':@doc/things/1', ':/:@doc/things/1'],
      [':admin', ':server', ':client', ':@role/reader', ':child:server', ':child:@doc/things/1'],
    ],
    ['server-readonly', [], [':server', ':@doc/things/1', ':@role/reader']],
    ['client', [], [':admin', ':client', ':@role/reader', ':@doc/things/1']],
    ['reader', [], [':admin', ':@role/reader', ':@doc/things/1']],
    [['reader'], [], [':admin', ':@role/reader', ':@doc/things/1']],
  ])('of a %s', async (role, good, bad) => {
    const { secret } = await makeKey({ role });
    for (const suffix of good) expect(await status(1, secret + suffix), suffix).toBe(200);
    for (const suffix of bad) expect(await status(1, secret + suffix), suffix).toBe(401);
  });

  it('of a token are the token’s, whatever they say', async () => {
    const { secret, ref } = await fauna.makeToken(thing('1'));
    for (const suffix of ['', ':', ':admin', ':child:admin', ':@doc/things/2', ':@role/nobody']) {
      expect(await fauna.must(q.CurrentToken(), secret + suffix), suffix).toEqual(ref);
    }
    expect(await status(1, `${secret}:admins`)).toBe(401);
  });

  it('of the root lead down as far as they name, which is what set-up relies on', async () => {
    expect(await fauna.must(at, `${root}:app:admin`)).toBe('app');
    expect(await fauna.must(at, `${root}:app/child/grandchild:server`)).toBe('app/child/grandchild');
    expect(await status(q.CreateCollection({ name: 'by_root' }), `${root}:app:admin`)).toBe(201);
    expect(await status(1, `${root}:nothing:admin`)).toBe(401);
    expect(await status(1, `${root}x:app:admin`)).toBe(401);
    expect(await fauna.must(q.CurrentIdentity(), `${root}:app:@doc/things/1`)).toMatchObject({ '@ref': { id: '1' } });
  });

  it('follow what they name as it changes', async () => {
    const { secret } = await makeKey({ role: 'admin' });
    await fauna.must(q.CreateRole({ name: 'brief', privileges: [] }), admin);
    await fauna.must(q.Create(q.Ref(q.Collection('people'), '1')), admin);
    expect([await status(1, `${secret}:@role/brief`), await status(1, `${secret}:@doc/people/1`)]).toEqual([200, 200]);
    await fauna.must(q.Update(q.Role('brief'), { name: 'renamed' }), admin);
    await fauna.must(q.Delete(q.Ref(q.Collection('people'), '1')), admin);
    expect([await status(1, `${secret}:@role/brief`), await status(1, `${secret}:@doc/people/1`)]).toEqual([401, 401]);
    expect(await status(1, `${secret}:@role/renamed`)).toBe(200);
  });
});

describe('the header of a login', () => {
  const encode = (text: string) => Buffer.from(text).toString('base64');
  const statusOf = async (header: string) => (await fauna.send(1, header)).status;

  it('is Basic as well as Bearer, colons of careless drivers included', async () => {
    const { secret } = await makeKey({ role: 'admin' });
    for (const header of [
      encode(`${secret}:`),
      encode(secret),
      `${encode(secret)}:`,
      encode(`${secret}:child:admin:`),
      encode(` ${secret} `),
      encode(secret).replace(/=+$/, ''),
    ]) {
      expect(await statusOf(`Basic ${header}`), header).toBe(200);
    }
    for (const header of [
      'Basic non-base64',
      'Basic A',
      // Base64 as Java reads it: nothing in between, and the whole padding or none.
      `Basic ${encode(secret).slice(0, 8)} ${encode(secret).slice(8)}`,
      `Basic ${encode(secret).slice(0, -1)}`,
      `Basic ${encode(secret)}====`,
      'Basic',
      'Basic ',
      `basic ${encode(secret)}`,
      `Digest ${secret}`,
      secret,
    ]) {
      expect(await statusOf(header), JSON.stringify(header)).toBe(401);
    }
    expect((await fauna.send(1, undefined)).status).toBe(401);
  });

  it('with characters of another alphabet or length is no key’s', async () => {
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
