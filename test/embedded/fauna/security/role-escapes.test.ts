/** The app's own role, made by the app's own set-up: nothing of one account is seen or changed by another. */
import faunadb from 'faunadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { names } from '../../../../src/main/fauna/schema/definition.ts';
import { setUpFauna } from '../../../../src/main/fauna/schema/set-up.ts';
import {
  ANN_DELETED,
  ANN_NOTE,
  annDeleted,
  annNote,
  BOB_NOTE,
  bobNote,
  data,
  denied,
  notes,
  ofAnn,
  ofBob,
  reads,
  refs,
  SECRET,
  schema,
  writes,
} from './role-escapes-cases.ts';
import { jwks, root, type Served, serveFauna } from './served.ts';
import { jwkOf, jwt, rsa, rsaKey } from './tokens.ts';

const q = faunadb.query;
const ISSUER = 'https://clerk.example';
const JWKS = `${ISSUER}/jwks.json`;
const admin = `${root}:${names.database}:admin`;
const key = rsaKey('one');

let fauna: Served;
let bob: string;
let ann: string;
let past: number;

beforeAll(async () => {
  fauna = serveFauna();
  fauna.host.documents.set(JWKS, () => jwks(jwkOf(key)));
  const fetch = ((url: string, init: RequestInit) => fauna.handle(new Request(url, init))) as typeof globalThis.fetch;
  const endpoint = 'http://fauna.internal';
  const { audience } = await setUpFauna({ endpoint, adminKey: root, fetch, issuer: ISSUER, jwksUri: JWKS });
  const login = (sub: string) => jwt({ alg: 'RS256', kid: 'one' }, { iss: ISSUER, aud: audience, sub }, rsa(key));
  [ann, bob] = [login('ann'), login('bob')];
  for (const [ref, owner, secret] of [
    [annNote, 'ann', ann],
    [annDeleted, 'ann', ann],
    [bobNote, 'bob', bob],
  ] as const) {
    await fauna.must(q.Create(ref, { data: { owner, text: owner === 'ann' ? SECRET : 'mine' } }), secret);
  }
  await fauna.must(q.Update(annNote, { data: { more: SECRET } }), ann);
  past = await fauna.must<number>(q.ToMicros(q.Now()), ann);
  await fauna.must(q.Delete(annDeleted), ann);
  const makeFunction = (name: string, body: faunadb.Expr, role: string | null) =>
    fauna.must(q.CreateFunction({ name, body: q.Query(q.Lambda('_', body)), ...(role ? { role } : {}) }), admin);
  await makeFunction('as_admin', q.Get(annNote), 'admin');
  await makeFunction('as_caller', q.Get(annNote), null);
  await fauna.must(q.CreateIndex({ name: 'unguarded', source: notes, values: [{ field: ['data', 'text'] }] }), admin);
  await fauna.must(q.CreateDatabase({ name: 'below' }), admin);
}, 30_000);
afterAll(() => fauna.close());

async function attack(query: faunadb.ExprArg, secret: string) {
  const { status, body } = await fauna.query(query, secret);
  const text = JSON.stringify(body);
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain(ANN_NOTE);
  expect(text).not.toContain(ANN_DELETED);
  return { status, code: body.errors?.[0]?.code, resource: body.resource };
}

const openStream = (query: faunadb.Expr, secret: string) =>
  fauna.handle(
    new Request('http://fauna.internal/stream', {
      method: 'POST',
      headers: { 'x-faunadb-api-version': '4', authorization: `Bearer ${secret}` },
      body: JSON.stringify(query),
    }),
  );

/** Everything there is to see of the first account's notes, and the schema. */
const everything = () =>
  fauna.must(
    [
      q.Get(annNote),
      q.Paginate(q.Events(annNote)),
      q.Paginate(q.Events(annDeleted)),
      q.Count(ofAnn),
      ...[q.Roles(), q.Indexes(), q.Collections(), q.Functions(), q.Keys(), q.Tokens(), q.Credentials()].map((set) =>
        q.Paginate(set),
      ),
    ] as never,
    admin,
  );

describe('a role that owns its notes', () => {
  it('lets its holder do what the app does', async () => {
    expect(await fauna.must(q.Select(['data', 'text'], q.Get(bobNote)), bob)).toBe('mine');
    expect(await fauna.must(refs(q.Paginate(ofBob)), bob)).toEqual({ data: [BOB_NOTE] });
    expect(await fauna.must(refs(q.Paginate(ofAnn)), ann)).toEqual({ data: [ANN_NOTE] });
    expect(await fauna.must(q.Count(q.Documents(notes)), ann)).toBe(1);
    expect(await fauna.must(q.Count(q.Select('data', q.Paginate(q.Events(annNote)))), ann)).toBe(2);
    await fauna.must(q.Update(bobNote, { data: { text: 'changed' } }), bob);
    await fauna.must(
      q.Do(q.Create(q.Ref(notes, '2002'), { data: { owner: 'bob' } }), q.Delete(q.Ref(notes, '2002'))),
      bob,
    );
  });

  it.each(reads)('shows nothing of another account by %s', async (_, query, expected) => {
    expect(await attack(query(past), bob)).toMatchObject(expected);
  });

  it.each(schema)('shows nothing of the schema: %s', async (_, query, expected) => {
    expect(await attack(query(past), bob)).toMatchObject(expected);
  });

  it.each(writes)('changes nothing: %s', async (_, query, expected) => {
    const before = await everything();
    expect(await attack(query(past), bob)).toMatchObject(expected);
    expect(await everything()).toEqual(before);
  });

  it('opens no stream on what has to be read first', async () => {
    const response = await openStream(q.Get(annNote), bob);
    const body = (await response.json()) as { errors: { code: string }[] };
    expect({ status: response.status, code: body.errors[0]?.code }).toEqual(denied);
  });

  it('shows in streams only its own, whatever they watch', async () => {
    const watched = [annNote, q.Ref(notes, '1003'), ofAnn, q.Match(q.Index('unguarded')), q.Documents(notes), ofBob];
    const streams = await Promise.all(watched.map((query) => openStream(query, bob)));
    expect(streams.map(({ status }) => status)).toEqual(watched.map(() => 200));
    const seen = streams.map(() => '');
    const readers = streams.map(({ body }) => body?.pipeThrough(new TextDecoderStream()).getReader());
    const reading = readers.map(async (reader, index) => {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) seen[index] += part.value;
    });
    await fauna.must(q.Update(annNote, { data: { again: SECRET } }), ann);
    await fauna.must(q.Create(q.Ref(notes, '1003'), { data: { owner: 'ann', text: SECRET } }), ann);
    await fauna.must(q.Delete(q.Ref(notes, '1003')), ann);
    await fauna.must(q.Create(q.Ref(notes, '2004'), { data: { owner: 'bob' } }), bob);
    await expect
      .poll(() => [seen[4], seen[5]])
      .toEqual([expect.stringContaining('"2004"'), expect.stringContaining('"2004"')]);
    for (const text of seen) {
      expect(text).toContain('"start"');
      expect(text).not.toMatch(new RegExp(`${SECRET}|"100[13]"`));
    }
    for (const text of seen.slice(0, 4)) expect(text.trim().split('\n')).toHaveLength(1);
    await Promise.all(readers.map((reader) => reader?.cancel()));
    await Promise.all(reading);
    await fauna.must(q.Delete(q.Ref(notes, '2004')), bob);
  });

  it('gives a token made from an own note no more than nothing', async () => {
    await fauna.must(q.Create(q.Ref(notes, '2003'), { data: { owner: 'bob' }, credentials: { password: 'x' } }), bob);
    const own = q.Ref(notes, '2003');
    const { secret } = await fauna.must<{ secret: string }>(q.Login(own, { password: 'x' }), bob);
    expect(await attack(q.Get(annNote), secret)).toMatchObject(denied);
    expect(await attack(q.Get(own), secret)).toMatchObject(denied);
    expect(await attack(q.Paginate(q.Documents(notes)), secret)).toMatchObject(data());
    expect(await attack(q.CreateKey({ role: 'admin' }), secret)).toMatchObject(denied);
    await fauna.must(q.Delete(own), bob);
    expect((await fauna.query(1 as never, secret)).status).toBe(401);
  });
});
