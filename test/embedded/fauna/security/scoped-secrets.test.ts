import faunadb from 'faunadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Key, makeDatabases } from './databases.ts';
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
