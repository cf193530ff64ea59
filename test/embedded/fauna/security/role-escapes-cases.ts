/** What a second account tries on the notes of a first, and what it gets. */
import faunadb from 'faunadb';
import { names } from '../../../../src/main/fauna/schema/definition.ts';
import { root } from './served.ts';

const q = faunadb.query;
export const SECRET = 'only-for-ann';
export const [ANN_NOTE, ANN_DELETED, BOB_NOTE] = ['1001', '1002', '2001'];

export const notes = q.Collection(names.collection);
export const index = q.Index(names.changesIndex);
export const [annNote, annDeleted, bobNote] = [ANN_NOTE, ANN_DELETED, BOB_NOTE].map((id) => q.Ref(notes, id)) as [
  faunadb.Expr,
  faunadb.Expr,
  faunadb.Expr,
];
const matchOf = (owner: string) => q.Match(index, owner);
export const [ofAnn, ofBob] = [matchOf('ann'), matchOf('bob')];
const change = { data: { text: 'changed' } };
const later = () => q.TimeAdd(q.Now(), 1, 'hour');
export const refs = (page: faunadb.Expr) => q.Map(page, q.Lambda(['ts', 'ref'], q.Select('id', q.Var('ref'))));
const ids = (page: faunadb.Expr) => q.Map(page, q.Lambda('ref', q.Select('id', q.Var('ref'))));

export const denied = { status: 403, code: 'permission denied' };
const failed = (status: number, code: string) => ({ status, code });
const answers = (resource: unknown) => ({ status: 200, resource });
export const data = (...elements: unknown[]) => answers({ data: elements });

type Case = [name: string, query: (past: number) => faunadb.ExprArg, expected: object];

export const reads: Case[] = [
  ['Get', () => q.Get(annNote), denied],
  ['Get of a time', (past) => q.Get(annNote, past), denied],
  ['Get of what is not there', () => q.Get(q.Ref(notes, '9')), denied],
  ['Get of a deleted document', () => q.Get(annDeleted), denied],
  ['Get within At', (past) => q.At(past, q.Get(annDeleted)), denied],
  ['Select with a default', () => q.Select(['data', 'text'], q.Get(annNote), 'none'), denied],
  ['ContainsPath', () => q.ContainsPath(['data', 'text'], q.Get(annNote)), denied],
  ['Equals', () => q.Equals(q.Select(['data', 'text'], q.Get(annNote)), SECRET), denied],
  ['Exists', () => q.Exists(annNote), answers(false)],
  ['Exists of a time', (past) => q.Exists(annNote, past), answers(false)],
  ['Exists within At', (past) => q.At(past, q.Exists(annDeleted)), answers(false)],
  ['Paginate of the document', () => q.Paginate(annNote), denied],
  ['its events', () => q.Paginate(annNote, { events: true }), denied],
  ['Events', () => q.Paginate(q.Events(annNote)), denied],
  ['events of a deleted document', () => q.Paginate(q.Events(annDeleted)), denied],
  ['Singleton', () => q.Paginate(q.Singleton(annNote)), denied],
  ['events of a Singleton', () => q.Paginate(q.Events(q.Singleton(annNote))), denied],
  ['Match', () => q.Paginate(ofAnn), denied],
  ['Match within At', (past) => q.At(past, q.Paginate(ofAnn)), denied],
  ['Match of a time', (past) => q.Paginate(ofAnn, { ts: past }), denied],
  ['Match without terms', () => q.Paginate(q.Match(index)), denied],
  ['Match of two terms', () => q.Paginate(q.Match(index, ['bob', 'ann'])), data()],
  ['Get of a Match', () => q.Get(ofAnn), denied],
  ['Exists of a Match', () => q.Exists(ofAnn), denied],
  ['Count of a Match', () => q.Count(ofAnn), denied],
  ['First of a Match', () => q.Select(0, q.Paginate(q.Reverse(ofAnn))), denied],
  ['ContainsValue in a Match', () => q.ContainsValue(annNote, ofAnn), denied],
  ['events of a Match', () => q.Paginate(q.Events(ofAnn)), denied],
  ['an index without privileges', () => q.Paginate(q.Match(q.Index('unguarded'))), denied],
  ['Range', (past) => q.Paginate(q.Range(ofAnn, 0, past)), denied],
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
  ['Documents within At', (past) => q.At(past, ids(q.Paginate(q.Documents(notes)))), data(BOB_NOTE)],
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

export const schema: Case[] = [
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

export const writes: Case[] = [
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
  ['Insert into the history', (past) => q.Insert(annNote, past, 'create', { data: { owner: 'bob' } }), denied],
  ['Insert into the future', () => q.Insert(annNote, later(), 'create', change), failed(400, 'invalid write time')],
  ['Insert that revives', () => q.Insert(annDeleted, q.Now(), 'create', { data: { owner: 'bob' } }), denied],
  ['Insert into own history', (past) => q.Insert(bobNote, past, 'create', change), denied],
  ['Remove from the history', (past) => q.Remove(annNote, past, 'create'), denied],
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
