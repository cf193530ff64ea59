/** What a second account tries to change of a first's, of the schema, and of who it is itself. */
import faunadb from 'faunadb';
import { names } from '../../../../../src/main/fauna/schema/definition.ts';
import { failed } from '../expectations.ts';
import { denied } from '../fixture.ts';
import { answers, type Case, notFound } from './documents.ts';
import { annDeleted, annNote, bobNote, index, note, notes, people } from './world.ts';

const q = faunadb.query;
const change = { data: { text: 'changed' } };
const later = () => q.TimeAdd(q.Now(), 1, 'hour');
const me = q.Ref(people, '1');
const role = q.Role(names.role);

export const writes: Case[] = [
  ['Create for another', () => q.Create(notes, { data: { owner: 'ann' } }), denied('create')],
  ['Create for nobody', () => q.Create(notes, { data: { text: 'x' } }), denied('create')],
  ['Create for a list', () => q.Create(notes, { data: { owner: ['bob', 'ann'] } }), denied('create')],
  ['Create without data', () => q.Create(notes), denied('create')],
  ['Create with an id for another', () => q.Create(note('3001'), { data: { owner: 'ann' } }), denied('create')],
  ['Create over another', () => q.Create(annNote, { data: { owner: 'bob' } }), denied('create')],
  [
    'Create with the id of a deleted document',
    () => q.Create(annDeleted, { data: { owner: 'bob' } }),
    denied('create'),
  ],
  [
    'Create with an id within At',
    (past) => q.At(past, q.Create(annDeleted, { data: { owner: 'bob' } })),
    denied('expr', 'create'),
  ],
  ['Update', () => q.Update(annNote, change), denied()],
  ['Update that takes the owner', () => q.Update(annNote, { data: { owner: 'bob' } }), denied()],
  ['Update that gives the owner away', () => q.Update(bobNote, { data: { owner: 'ann' } }), denied()],
  ['Update that removes the owner', () => q.Update(bobNote, { data: { owner: null } }), denied()],
  ['Update that makes the owner a list', () => q.Update(bobNote, { data: { owner: ['bob'] } }), denied()],
  ['Update that removes all data', () => q.Update(bobNote, { data: null } as never), denied()],
  [
    'Update of a deleted document',
    () => q.Update(annDeleted, change),
    notFound('instance not found', 'Document not found.', 'update'),
  ],
  ['Update of a password', () => q.Update(annNote, { credentials: { password: 'x' } }), denied()],
  ['Update of a ttl', () => q.Update(annNote, { ttl: later() } as never), denied()],
  ['Update within At', (past) => q.At(past, q.Update(annNote, change)), denied('expr')],
  ['Replace', () => q.Replace(annNote, { data: { owner: 'bob' } }), denied()],
  ['Replace that gives the owner away', () => q.Replace(bobNote, { data: { owner: 'ann' } }), denied()],
  ['Delete', () => q.Delete(annNote), denied()],
  ['Delete of a deleted document', () => q.Delete(annDeleted), notFound('instance not found', 'Document not found.')],
  [
    'Delete within At',
    (past) => q.At(past, q.Delete(annDeleted)),
    notFound('instance not found', 'Document not found.', 'expr'),
  ],
  ['Insert into the history', (past) => q.Insert(annNote, past, 'create', { data: { owner: 'bob' } }), denied()],
  ['Insert of a delete', (past) => q.Insert(annNote, past, 'delete', {}), denied()],
  [
    'Insert into the future',
    () => q.Insert(annNote, later(), 'create', change),
    failed('invalid write time', 'Cannot write outside of snapshot time.'),
  ],
  ['Insert that revives', () => q.Insert(annDeleted, q.Now(), 'create', { data: { owner: 'bob' } }), denied()],
  ['Insert into own history', (past) => q.Insert(bobNote, past, 'create', change), denied()],
  ['Remove from the history', (past) => q.Remove(annNote, past, 'create'), denied()],
  ['Remove from own history', (past) => q.Remove(bobNote, past, 'create'), denied()],
  [
    'a batch that fails late',
    () => q.Do(q.Create(notes, { data: { owner: 'bob' } }), q.Delete(annNote)),
    denied('do', 1),
  ],
  ['writes of a list', () => q.Foreach([annNote], q.Lambda('ref', q.Delete(q.Var('ref')))), denied('foreach', 'expr')],
  [
    'a write in a Filter',
    () => q.Filter([annNote], q.Lambda('ref', q.Do(q.Delete(q.Var('ref')), true))),
    denied('filter', 'expr', 'do', 0),
  ],
  ['a write in a condition', () => q.If(q.Exists(annNote), 1, q.Update(annNote, change)), denied('else')],
  [
    'a note of one’s own that is another person’s',
    () => q.Create(q.Ref(people, '3'), { data: { name: 'ann' } }),
    denied('create'),
  ],
  ['oneself, to be another', () => q.Update(me, { data: { name: 'ann' } }), denied()],
  ['oneself, with a password', () => q.Update(me, { credentials: { password: 'x' } }), denied()],
  ['another person, away', () => q.Delete(q.Ref(people, '2')), denied()],
  ['a token for another', () => q.Create(q.Tokens(), { instance: annNote }), denied('create')],
  ['a token for another person', () => q.Create(q.Tokens(), { instance: q.Ref(people, '2') }), denied('create')],
  ['a token for oneself', () => q.Create(q.Tokens(), { instance: me }), denied('create')],
  ['credentials for another', () => q.Create(q.Credentials(), { instance: annNote, password: 'x' }), denied('create')],
  ['a key', () => q.CreateKey({ role: 'admin' }), denied('create_key')],
  ['a key with the own role', () => q.CreateKey({ role }), denied('create_key')],
  ['a key by Create', () => q.Create(q.Keys(), { role: 'admin' }), denied('create')],
  ['a database', () => q.CreateDatabase({ name: 'x' }), denied('create_database')],
  ['a collection', () => q.CreateCollection({ name: 'x' }), denied('create_collection')],
  ['an index', () => q.CreateIndex({ name: 'x', source: notes }), denied('create_index')],
  [
    'a function',
    () => q.CreateFunction({ name: 'x', role: 'admin', body: q.Query(q.Lambda('_', 1)) }),
    denied('create_function'),
  ],
  [
    'a role',
    () => q.CreateRole({ name: 'x', privileges: [{ resource: notes, actions: { read: true } }] }),
    denied('create_role'),
  ],
  [
    'an access provider',
    () => q.CreateAccessProvider({ name: 'x', issuer: 'x', jwks_uri: 'https://x.example', roles: [] }),
    denied('create_access_provider'),
  ],
  ['the role', () => q.Update(role, { privileges: [] }), denied()],
  ['the role’s members', () => q.Update(role, { membership: { resource: people } } as never), denied()],
  ['the access provider', () => q.Update(q.AccessProvider(names.accessProvider), { issuer: 'https://evil' }), denied()],
  ['the collection', () => q.Update(notes, { history_days: 0 }), denied()],
  ['the collection, away', () => q.Delete(notes), denied()],
  ['the index, away', () => q.Delete(index), denied()],
  ['a function that may, changed', () => q.Update(q.Function('as_caller'), { role: 'admin' }), denied()],
  ['a function, away', () => q.Delete(q.Function('as_admin')), denied()],
  ['the database below, away', () => q.Delete(q.Database('below')), denied()],
  [
    'a database into itself',
    () => q.MoveDatabase(q.Database('below'), q.Database('below')),
    failed(
      'move database error',
      "Cannot move database 'below' into parent 'below': Cannot move database from ancestor to descendant.",
    ),
  ],
  ['nothing, for comparison', () => q.Exists(annNote), answers(false)],
];
