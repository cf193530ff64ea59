/** The app's own role, made by the app's own set-up: nothing of one account is seen or changed by another. */
import faunadb from 'faunadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { names } from '../../../../src/main/fauna/schema/definition.ts';
import { setUpFauna } from '../../../../src/main/fauna/schema/set-up.ts';
import { jwks, root, type Served, serveFauna } from './served.ts';
import { jwkOf, jwt, rsa, rsaKey } from './tokens.ts';

const q = faunadb.query;
const ISSUER = 'https://clerk.example';
const JWKS = `${ISSUER}/jwks.json`;
const SECRET = 'only-for-ann';
const [ANN_NOTE, ANN_DELETED, BOB_NOTE] = ['1001', '1002', '2001'];
const admin = `${root}:${names.database}:admin`;
const key = rsaKey('one');

const notes = q.Collection(names.collection);
const index = q.Index(names.changesIndex);
const [annNote, annDeleted, bobNote] = [ANN_NOTE, ANN_DELETED, BOB_NOTE].map((id) => q.Ref(notes, id)) as [
  faunadb.Expr,
  faunadb.Expr,
  faunadb.Expr,
];
const matchOf = (owner: string) => q.Match(index, owner);
const [ofAnn, ofBob] = [matchOf('ann'), matchOf('bob')];
const change = { data: { text: 'changed' } };
const later = () => q.TimeAdd(q.Now(), 1, 'hour');
const refs = (page: faunadb.Expr) => q.Map(page, q.Lambda(['ts', 'ref'], q.Select('id', q.Var('ref'))));
const ids = (page: faunadb.Expr) => q.Map(page, q.Lambda('ref', q.Select('id', q.Var('ref'))));

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

const denied = { status: 403, code: 'permission denied' };
const failed = (status: number, code: string) => ({ status, code });
const answers = (resource: unknown) => ({ status: 200, resource });
const data = (...elements: unknown[]) => answers({ data: elements });

type Case = [name: string, query: () => faunadb.ExprArg, expected: object];

const reads: Case[] = [
  ['Get', () => q.Get(annNote), denied],
  ['Get of a time', () => q.Get(annNote, past), denied],
  ['Get of what is not there', () => q.Get(q.Ref(notes, '9')), denied],
  ['Get of a deleted document', () => q.Get(annDeleted), denied],
  ['Get within At', () => q.At(past, q.Get(annDeleted)), denied],
  ['Select with a default', () => q.Select(['data', 'text'], q.Get(annNote), 'none'), denied],
  ['ContainsPath', () => q.ContainsPath(['data', 'text'], q.Get(annNote)), denied],
  ['Equals', () => q.Equals(q.Select(['data', 'text'], q.Get(annNote)), SECRET), denied],
  ['Exists', () => q.Exists(annNote), answers(false)],
  ['Exists of a time', () => q.Exists(annNote, past), answers(false)],
  ['Exists within At', () => q.At(past, q.Exists(annDeleted)), answers(false)],
  ['Paginate of the document', () => q.Paginate(annNote), denied],
  ['its events', () => q.Paginate(annNote, { events: true }), denied],
  ['Events', () => q.Paginate(q.Events(annNote)), denied],
  ['events of a deleted document', () => q.Paginate(q.Events(annDeleted)), denied],
  ['Singleton', () => q.Paginate(q.Singleton(annNote)), denied],
  ['events of a Singleton', () => q.Paginate(q.Events(q.Singleton(annNote))), denied],
  ['Match', () => q.Paginate(ofAnn), denied],
  ['Match within At', () => q.At(past, q.Paginate(ofAnn)), denied],
  ['Match of a time', () => q.Paginate(ofAnn, { ts: past }), denied],
  ['Match without terms', () => q.Paginate(q.Match(index)), denied],
  ['Match of two terms', () => q.Paginate(q.Match(index, ['bob', 'ann'])), data()],
  ['Get of a Match', () => q.Get(ofAnn), denied],
  ['Exists of a Match', () => q.Exists(ofAnn), denied],
  ['Count of a Match', () => q.Count(ofAnn), denied],
  ['First of a Match', () => q.Select(0, q.Paginate(q.Reverse(ofAnn))), denied],
  ['ContainsValue in a Match', () => q.ContainsValue(annNote, ofAnn), denied],
  ['events of a Match', () => q.Paginate(q.Events(ofAnn)), denied],
  ['an index without privileges', () => q.Paginate(q.Match(q.Index('unguarded'))), denied],
  ['Range', () => q.Paginate(q.Range(ofAnn, 0, past)), denied],
  ['Reverse', () => q.Paginate(q.Reverse(ofAnn)), denied],
  ['Distinct', () => q.Paginate(q.Distinct(ofAnn)), denied],
  ['Filter', () => q.Paginate(q.Filter(ofAnn, q.Lambda('x', true))), denied],
  ['Filter that looks elsewhere', () => q.Paginate(q.Filter(ofBob, q.Lambda('_', q.Exists(ofAnn)))), denied],
  ['Union with own', () => refs(q.Paginate(q.Union(ofBob, ofAnn))), data(BOB_NOTE)],
  ['Union of others only', () => q.Paginate(q.Union(ofAnn, q.Match(q.Index('unguarded')))), denied],
  ['Intersection with own', () => refs(q.Paginate(q.Intersection(ofAnn, ofBob))), data(BOB_NOTE)],
  ['Difference from own', () => refs(q.Paginate(q.Difference(ofBob, ofAnn))), data(BOB_NOTE)],
  ['Difference from another', () => q.Paginate(q.Difference(ofAnn, ofBob)), denied],
  ['Join to another', () => q.Paginate(q.Join(ofBob, q.Lambda(['ts', 'ref'], ofAnn))), data()],
  ['Join from another', () => q.Paginate(q.Join(ofAnn, q.Lambda(['ts', 'ref'], ofBob))), denied],
  ['Join to a document', () => q.Paginate(q.Join(ofBob, q.Lambda(['ts', 'ref'], q.Singleton(annNote)))), data()],
  ['Documents', () => ids(q.Paginate(q.Documents(notes))), data(BOB_NOTE)],
  ['Documents within At', () => q.At(past, ids(q.Paginate(q.Documents(notes)))), data(BOB_NOTE)],
  ['Documents of one a page', () => ids(q.Paginate(q.Documents(notes), { size: 1 })), data(BOB_NOTE)],
  ['Documents backwards', () => ids(q.Paginate(q.Reverse(q.Documents(notes)))), data(BOB_NOTE)],
  [
    'Documents with a cursor on another',
    () => q.Select('data', ids(q.Paginate(q.Documents(notes), { after: [annNote] }))),
    answers([BOB_NOTE]),
  ],
  ['Documents before', () => ids(q.Paginate(q.Documents(notes), { before: [bobNote] })), { status: 200 }],
  ['Count of Documents', () => q.Count(q.Documents(notes)), answers(1)],
  ['ContainsValue in Documents', () => q.ContainsValue(annNote, q.Documents(notes)), answers(false)],
  [
    'events of Documents',
    () => q.Map(q.Paginate(q.Events(q.Documents(notes))), q.Lambda('e', q.Select(['document', 'id'], q.Var('e')))),
    data(BOB_NOTE),
  ],
  ['Documents with sources', () => q.Paginate(q.Documents(notes), { sources: true }), { status: 200 }],
  [
    'every document mapped',
    () => q.Map(q.Paginate(q.Documents(notes)), q.Lambda('r', q.Select('ref', q.Get(q.Var('r'))))),
    { status: 200 },
  ],
  ['a page of own mapped to another', () => q.Map(q.Paginate(ofBob), q.Lambda('_', q.Get(annNote))), denied],
  ['a function that may', () => q.Call(q.Function('as_admin')), denied],
  ['a function as oneself', () => q.Call(q.Function('as_caller')), denied],
  ['a function by its name', () => q.Call('as_admin' as never), denied],
  ['a function that is not', () => q.Call(q.Function('nothing')), failed(400, 'invalid ref')],
  ['Identify', () => q.Identify(annNote, SECRET), answers(false)],
  ['Login', () => q.Login(annNote, { password: SECRET }), failed(400, 'authentication failed')],
  ['Login by a Match', () => q.Login(ofAnn, { password: SECRET }), denied],
  ['KeyFromSecret of the root key', () => q.KeyFromSecret(root), failed(400, 'instance not found')],
];

const schema: Case[] = [
  ...(
    [
      'Databases',
      'Collections',
      'Indexes',
      'Functions',
      'Roles',
      'Keys',
      'Tokens',
      'Credentials',
      'AccessProviders',
    ] as const
  ).flatMap((name): Case[] => [
    [name, () => q.Paginate((q[name] as () => faunadb.Expr)()), denied],
    [`events of ${name}`, () => q.Paginate(q.Events((q[name] as () => faunadb.Expr)())), denied],
  ]),
  ['the collection', () => q.Get(notes), denied],
  ['the index', () => q.Get(index), denied],
  ['the role', () => q.Get(q.Role(names.role)), denied],
  ['the access provider', () => q.Get(q.AccessProvider(names.accessProvider)), denied],
  ['whether a role exists', () => q.Exists(q.Role(names.role)), answers(false)],
  ['whether a database exists', () => q.Exists(q.Database('below')), answers(false)],
  ['a collection of a database below', () => q.Exists(q.Collection('x', q.Database('below'))), answers(false)],
  ['the collections of a database below', () => q.Paginate(q.Collections(q.Database('below'))), denied],
  [
    'the database above',
    () => q.Get(q.Collection(names.collection, q.Database(names.database))),
    failed(400, 'invalid ref'),
  ],
];

const writes: Case[] = [
  ['Create for another', () => q.Create(notes, { data: { owner: 'ann' } }), denied],
  ['Create for nobody', () => q.Create(notes, { data: { text: 'x' } }), denied],
  ['Create for a list', () => q.Create(notes, { data: { owner: ['bob', 'ann'] } }), denied],
  ['Create without data', () => q.Create(notes), denied],
  ['Create with an id for another', () => q.Create(q.Ref(notes, '3001'), { data: { owner: 'ann' } }), denied],
  ['Create over another', () => q.Create(annNote, { data: { owner: 'bob' } }), failed(400, 'instance already exists')],
  ['Update', () => q.Update(annNote, change), denied],
  ['Update that takes the owner', () => q.Update(annNote, { data: { owner: 'bob' } }), denied],
  ['Update that gives the owner away', () => q.Update(bobNote, { data: { owner: 'ann' } }), denied],
  ['Update that removes the owner', () => q.Update(bobNote, { data: { owner: null } }), denied],
  ['Update of a deleted document', () => q.Update(annDeleted, change), failed(404, 'instance not found')],
  ['Update of a password', () => q.Update(annNote, { credentials: { password: 'x' } }), denied],
  ['Replace', () => q.Replace(annNote, { data: { owner: 'bob' } }), denied],
  ['Replace that gives the owner away', () => q.Replace(bobNote, { data: { owner: 'ann' } }), denied],
  ['Delete', () => q.Delete(annNote), denied],
  ['Delete of a deleted document', () => q.Delete(annDeleted), failed(404, 'instance not found')],
  ['Insert into the history', () => q.Insert(annNote, past, 'create', { data: { owner: 'bob' } }), denied],
  ['Insert into the future', () => q.Insert(annNote, later(), 'create', change), failed(400, 'invalid write time')],
  ['Insert that revives', () => q.Insert(annDeleted, q.Now(), 'create', { data: { owner: 'bob' } }), denied],
  ['Insert into own history', () => q.Insert(bobNote, past, 'create', change), denied],
  ['Remove from the history', () => q.Remove(annNote, past, 'create'), denied],
  ['a batch that fails late', () => q.Do(q.Create(notes, { data: { owner: 'bob' } }), q.Delete(annNote)), denied],
  ['a token for another', () => q.Create(q.Tokens(), { instance: annNote }), denied],
  ['a token for oneself', () => q.Create(q.Tokens(), { instance: bobNote }), denied],
  ['credentials for another', () => q.Create(q.Credentials(), { instance: annNote, password: 'x' }), denied],
  ['a key', () => q.CreateKey({ role: 'admin' }), denied],
  ['a key with the own role', () => q.CreateKey({ role: q.Role(names.role) }), denied],
  ['a database', () => q.CreateDatabase({ name: 'x' }), denied],
  ['a collection', () => q.CreateCollection({ name: 'x' }), denied],
  ['an index', () => q.CreateIndex({ name: 'x', source: notes }), denied],
  ['a function', () => q.CreateFunction({ name: 'x', role: 'admin', body: q.Query(q.Lambda('_', 1)) }), denied],
  ['a role', () => q.CreateRole({ name: 'x', privileges: [{ resource: notes, actions: { read: true } }] }), denied],
  [
    'an access provider',
    () => q.CreateAccessProvider({ name: 'x', issuer: 'x', jwks_uri: 'https://x.example', roles: [] }),
    denied,
  ],
  ['the role', () => q.Update(q.Role(names.role), { privileges: [] }), denied],
  ['the access provider', () => q.Update(q.AccessProvider(names.accessProvider), { issuer: 'https://evil' }), denied],
  ['the collection', () => q.Update(notes, { history_days: 0 }), denied],
  ['the collection, away', () => q.Delete(notes), denied],
  ['the index, away', () => q.Delete(index), denied],
  ['a function, away', () => q.Delete(q.Function('as_admin')), denied],
  ['the database below, away', () => q.Delete(q.Database('below')), denied],
  [
    'a database into itself',
    () => q.MoveDatabase(q.Database('below'), q.Database('below')),
    failed(400, 'move database error'),
  ],
  ['Logout', () => q.Logout(true), answers(false)],
];

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
    await fauna.must(q.Update(bobNote, change), bob);
    await fauna.must(
      q.Do(q.Create(q.Ref(notes, '2002'), { data: { owner: 'bob' } }), q.Delete(q.Ref(notes, '2002'))),
      bob,
    );
  });

  it.each(reads)('shows nothing of another account by %s', async (_, query, expected) => {
    expect(await attack(query(), bob)).toMatchObject(expected);
  });

  it.each(schema)('shows nothing of the schema: %s', async (_, query, expected) => {
    expect(await attack(query(), bob)).toMatchObject(expected);
  });

  it.each(writes)('changes nothing: %s', async (_, query, expected) => {
    const before = await everything();
    expect(await attack(query(), bob)).toMatchObject(expected);
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
