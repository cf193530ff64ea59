/** What a second account tries on documents of a first: to read them, to learn whether they are there, to read the schema. */
import faunadb from 'faunadb';
import { names } from '../../../../../src/main/fauna/schema/definition.ts';
import { failed } from '../expectations.ts';
import { denied, root } from '../fixture.ts';
import {
  annDeleted,
  annNote,
  BOB_NOTE,
  bobNote,
  index,
  note,
  notes,
  type Outcome,
  ofAnn,
  ofBob,
  people,
  SECRET,
} from './world.ts';

const q = faunadb.query;

export type Case = [name: string, query: (past: number) => faunadb.ExprArg, expected: Outcome];

export const answers = (resource: unknown): Outcome => ({ status: 200, resource });
export const page = (...elements: unknown[]) => answers({ data: elements });
export const notFound = (code: string, description: string, ...position: string[]): Outcome => ({
  status: 404,
  errors: [{ position, code, description }],
});
const textOf = (document: faunadb.ExprArg) => q.Select(['data', 'text'], document);

export const documents: Case[] = [
  ['Get', () => q.Get(annNote), denied()],
  ['Get of a time', (past) => q.Get(annNote, past), denied()],
  ['Get of what is not there', () => q.Get(note('9')), denied()],
  ['Get of a deleted document', () => q.Get(annDeleted), denied()],
  ['Get of a Singleton', () => q.Get(q.Singleton(annNote)), denied('get')],
  ['Get within At', (past) => q.At(past, q.Get(annDeleted)), denied('expr')],
  ['Get within two At', (past) => q.At(q.Now(), q.At(past, q.Get(annDeleted))), denied('expr', 'expr')],
  ['Select with a default', () => q.Select(['data', 'text'], q.Get(annNote), 'none'), denied('from')],
  [
    'Select of the ref itself',
    () => textOf(annNote),
    notFound('value not found', 'Value not found at path [data,text].', 'from'),
  ],
  ['Select of the ref itself with a default', () => q.Select(['data'], annNote, 'none'), answers('none')],
  ['SelectAll', () => q.SelectAll(['data', 'text'], q.Get(annNote)), denied('from')],
  ['ContainsPath', () => q.ContainsPath(['data', 'text'], q.Get(annNote)), denied('in')],
  ['ContainsPath of the ref itself', () => q.ContainsPath(['data', 'text'], annNote), answers(false)],
  ['ContainsField', () => q.ContainsField('data', q.Get(annNote)), denied('in')],
  ['Equals', () => q.Equals(textOf(q.Get(annNote)), SECRET), denied('equals', 0, 'from')],
  ['Merge', () => q.Merge({}, q.Get(annNote)), denied('with')],
  ['Format', () => q.Format('%@', q.Get(annNote)), denied('values')],
  ['Let', () => new faunadb.Expr({ let: { found: q.Get(annNote) }, in: q.Var('found') }), denied('let', 'found')],
  ['If', () => q.If(q.Exists(annNote), q.Abort('there'), 'nothing'), answers('nothing')],
  ['Exists', () => q.Exists(annNote), answers(false)],
  ['Exists of a time', (past) => q.Exists(annNote, past), answers(false)],
  ['Exists within At', (past) => q.At(past, q.Exists(annDeleted)), answers(false)],
  ['Exists of a Singleton', () => q.Exists(q.Singleton(annNote)), denied('exists')],
  ['Exists of its events', () => q.Exists(q.Events(annNote)), denied('exists')],
  ['Paginate of the document', () => q.Paginate(annNote), denied('paginate')],
  ['its events', () => q.Paginate(annNote, { events: true }), denied('paginate')],
  ['its events of a time', (past) => q.Paginate(annNote, { events: true, ts: past }), denied('paginate')],
  ['Events', () => q.Paginate(q.Events(annNote)), denied('paginate')],
  ['Events within At', (past) => q.At(past, q.Paginate(q.Events(annNote))), denied('expr', 'paginate')],
  ['Count of its events', () => q.Count(q.Events(annNote)), denied('count')],
  ['events of a deleted document', () => q.Paginate(q.Events(annDeleted)), denied('paginate')],
  ['Singleton', () => q.Paginate(q.Singleton(annNote)), denied('paginate')],
  ['events of a Singleton', () => q.Paginate(q.Events(q.Singleton(annNote))), denied('paginate')],
  ['a list mapped to documents', () => q.Map([annNote], q.Lambda('ref', q.Get(q.Var('ref')))), denied('map', 'expr')],
  ['a list filtered', () => q.Filter([annNote], q.Lambda('ref', q.Exists(q.Var('ref')))), answers([])],
  [
    'a list reduced',
    () => q.Reduce(q.Lambda(['all', 'ref'], q.Get(q.Var('ref'))), null as never, [annNote]),
    denied('reduce', 'expr'),
  ],
  [
    'a page of own mapped to another',
    () => q.Map(q.Paginate(ofBob), q.Lambda('_', q.Get(annNote))),
    denied('map', 'expr'),
  ],
  ['a person', () => q.Get(q.Ref(people, '2')), denied()],
  ['whether there is a person', () => q.Exists(q.Ref(people, '2')), answers(false)],
  ['a function that may', () => q.Call(q.Function('as_admin')), denied()],
  ['a function as oneself', () => q.Call(q.Function('as_caller')), denied()],
  ['a function by its name', () => q.Call('as_admin'), denied()],
  [
    'a function that is not',
    () => q.Call(q.Function('nothing')),
    failed('invalid ref', "Ref refers to undefined function 'nothing'", ['call']),
  ],
  ['Identify', () => q.Identify(annNote, SECRET), answers(false)],
  ['Identify by a Match', () => q.Identify(ofAnn, SECRET), denied('identify')],
  [
    'Login',
    () => q.Login(annNote, { password: SECRET }),
    failed('authentication failed', 'The document was not found or provided password was incorrect.'),
  ],
  ['Login by a Match', () => q.Login(ofAnn, { password: SECRET }), denied('login')],
  [
    'KeyFromSecret of the root key',
    () => q.KeyFromSecret(root),
    failed('instance not found', `No key found for secret ${root}.`),
  ],
];

const sets = [
  'Databases',
  'Collections',
  'Indexes',
  'Functions',
  'Roles',
  'Keys',
  'Tokens',
  'Credentials',
  'AccessProviders',
] as const;

export const schema: Case[] = [
  ...sets.flatMap((name): Case[] => {
    const set = () => (q[name] as () => faunadb.Expr)();
    return [
      [name, () => q.Paginate(set()), denied('paginate')],
      [`events of ${name}`, () => q.Paginate(q.Events(set())), denied('paginate')],
      [`how many ${name}`, () => q.Count(set() as never), denied('count')],
    ];
  }),
  ['the collection', () => q.Get(notes), denied()],
  ['the collection of a time', (past) => q.Get(notes, past), denied()],
  ['its history', () => q.Paginate(q.Events(notes)), denied('paginate')],
  ['the index', () => q.Get(index), denied()],
  ['the role', () => q.Get(q.Role(names.role)), denied()],
  ['the access provider', () => q.Get(q.AccessProvider(names.accessProvider)), denied()],
  ['a function', () => q.Get(q.Function('as_admin')), denied()],
  ['whether a role exists', () => q.Exists(q.Role(names.role)), answers(false)],
  ['whether a key exists', () => q.Exists(q.Ref(q.Keys(), '1')), answers(false)],
  ['whether a database exists', () => q.Exists(q.Database('below')), answers(false)],
  ['a collection of a database below', () => q.Exists(q.Collection('x', q.Database('below'))), answers(false)],
  ['the collections of a database below', () => q.Paginate(q.Collections(q.Database('below'))), denied('paginate')],
  [
    'the database above',
    () => q.Get(q.Collection(names.collection, q.Database(names.database))),
    failed('invalid ref', `Ref refers to undefined database '${names.database}'`, ['get', 'scope']),
  ],
  ['own notes, for comparison', () => q.Select(['ref', 'id'], q.Get(bobNote)), answers(BOB_NOTE)],
];
