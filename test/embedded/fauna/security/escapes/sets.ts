/** What a second account tries on sets that hold documents of a first. */
import faunadb from 'faunadb';
import { failed } from '../expectations.ts';
import { denied } from '../fixture.ts';
import { answers, type Case, page } from './documents.ts';
import { annNote, BOB_NOTE, bobNote, index, note, notes, ofAnn, ofBob, people, unguarded } from './world.ts';

const q = faunadb.query;
const all = q.Documents(notes);
const raw = (query: object) => new faunadb.Expr(query);
/** Of entries of the index; of refs; of events. */
export const refs = (found: faunadb.Expr) => q.Map(found, q.Lambda(['ts', 'ref'], q.Select('id', q.Var('ref'))));
const ids = (found: faunadb.Expr) => q.Map(found, q.Lambda('ref', q.Select('id', q.Var('ref'))));
const eventIds = (found: faunadb.Expr) => q.Map(found, q.Lambda('event', q.Select(['document', 'id'], q.Var('event'))));
const owned = (ref: faunadb.Expr) => q.Equals(q.Select(['data', 'owner'], q.Get(ref)), 'ann');
const events = (set: faunadb.Expr) => eventIds(q.Paginate(q.Events(set)));

/** Refused at their name where a set may not be read. */
const folds: Record<string, (set: faunadb.Expr) => faunadb.Expr> = {
  count: q.Count,
  sum: q.Sum,
  mean: q.Mean,
  min: q.Min,
  max: q.Max,
  any: q.Any,
  all: q.All,
  first: (set) => raw({ first: set }),
  last: (set) => raw({ last: set }),
};

export const matches: Case[] = [
  ['Match', () => q.Paginate(ofAnn), denied('paginate')],
  ['Match within At', (past) => q.At(past, q.Paginate(ofAnn)), denied('expr', 'paginate')],
  ['Match of a time', (past) => q.Paginate(ofAnn, { ts: past }), denied('paginate')],
  ['Match of no elements a page', () => q.Paginate(ofAnn, { size: 0 }), denied('paginate')],
  ['Match with sources', () => q.Paginate(ofAnn, { sources: true }), denied('paginate')],
  ['Match after a cursor', () => q.Paginate(ofAnn, { after: [0] }), denied('paginate')],
  ['Match without terms', () => q.Paginate(q.Match(index)), denied('paginate')],
  ['Match of two terms', () => q.Paginate(q.Match(index, ['bob', 'ann'])), page()],
  ['Match of a list as a term', () => q.Paginate(q.Match(index, [['bob', 'ann']])), denied('paginate')],
  ['Get of a Match', () => q.Get(ofAnn), denied('get')],
  ['Get of a Match within At', (past) => q.At(past, q.Get(ofAnn)), denied('expr', 'get')],
  ['Exists of a Match', () => q.Exists(ofAnn), denied('exists')],
  ['Exists of a Match of a time', (past) => q.Exists(ofAnn, past), denied('exists')],
  ...Object.entries(folds).map(([name, fold]): Case => [`${name} of a Match`, () => fold(ofAnn), denied(name)]),
  [
    'reduce of a Match',
    () => q.Reduce(q.Lambda(['found', 'entry'], q.Var('entry')), 0, ofAnn as never),
    denied('reduce'),
  ],
  ['whether a Match is empty', () => q.IsEmpty(ofAnn), denied('exists')],
  ['whether a Match has elements', () => q.IsNonEmpty(ofAnn), denied('exists')],
  ['ContainsValue in a Match', () => q.ContainsValue(annNote, ofAnn), denied()],
  ['events of a Match', () => q.Paginate(q.Events(ofAnn)), denied('paginate')],
  ['events of a Match by the option', () => q.Paginate(ofAnn, { events: true }), denied('paginate')],
  ['an index without privileges', () => q.Paginate(unguarded), denied('paginate')],
  ['events of an index without privileges', () => q.Paginate(q.Events(unguarded)), denied('paginate')],
  ['Range', (past) => q.Paginate(q.Range(ofAnn, 0, past)), denied('paginate')],
  ['Reverse', () => q.Paginate(q.Reverse(ofAnn)), denied('paginate')],
  ['Distinct', () => q.Paginate(q.Distinct(ofAnn)), denied('paginate')],
  ['Filter', () => q.Paginate(q.Filter(ofAnn, q.Lambda('x', true))), denied('paginate')],
  [
    'Filter that looks elsewhere',
    () => q.Paginate(q.Filter(ofBob, q.Lambda('_', q.Exists(ofAnn)))),
    denied('paginate', 'filter', 'expr', 'exists'),
  ],
  ['Filter that asks of another', () => q.Paginate(q.Filter(ofBob, q.Lambda('_', q.Exists(annNote)))), page()],
  [
    'a set of own entries reduced',
    () => q.Reduce(q.Lambda(['n', '_'], q.Add(q.Var('n'), 1)), 0, ofBob as never),
    answers(1),
  ],
];

export const combined: Case[] = [
  ['Union with own', () => refs(q.Paginate(q.Union(ofBob, ofAnn))), page(BOB_NOTE)],
  ['Union of others only', () => q.Paginate(q.Union(ofAnn, unguarded)), denied('paginate')],
  ['Union of documents', () => ids(q.Paginate(q.Union(q.Singleton(annNote), q.Singleton(bobNote)))), page(BOB_NOTE)],
  ['Union of Documents with another', () => ids(q.Paginate(q.Union(all, q.Singleton(annNote)))), page(BOB_NOTE)],
  ['Distinct of a Union', () => refs(q.Paginate(q.Distinct(q.Union(ofBob, ofAnn)))), page(BOB_NOTE)],
  ['how many in a Union', () => q.Count(q.Union(ofBob, ofAnn)), answers(1)],
  ['Intersection with own', () => refs(q.Paginate(q.Intersection(ofAnn, ofBob))), page(BOB_NOTE)],
  ['Intersection of Documents', () => ids(q.Paginate(q.Intersection(all, q.Singleton(annNote)))), page(BOB_NOTE)],
  ['Intersection of others', () => q.Paginate(q.Intersection(ofAnn, unguarded)), denied('paginate')],
  ['Difference from own', () => refs(q.Paginate(q.Difference(ofBob, ofAnn))), page(BOB_NOTE)],
  ['Difference from another', () => q.Paginate(q.Difference(ofAnn, ofBob)), denied('paginate')],
  ['Difference from Documents', () => ids(q.Paginate(q.Difference(all, q.Singleton(bobNote)))), page()],
  ['Difference from a document', () => q.Paginate(q.Difference(q.Singleton(annNote), all)), denied('paginate')],
  ['Join to another', () => q.Paginate(q.Join(ofBob, q.Lambda(['ts', 'ref'], ofAnn))), page()],
  ['Join from another', () => q.Paginate(q.Join(ofAnn, q.Lambda(['ts', 'ref'], ofBob))), denied('paginate')],
  ['Join from a document', () => q.Paginate(q.Join(q.Singleton(annNote), q.Lambda('ref', ofBob))), denied('paginate')],
  ['Join to a document', () => q.Paginate(q.Join(ofBob, q.Lambda(['ts', 'ref'], q.Singleton(annNote)))), page()],
  ['Join to Documents', () => ids(q.Paginate(q.Join(ofBob, q.Lambda(['ts', 'ref'], all)))), page(BOB_NOTE)],
  ['Join from Documents by an index', () => q.Paginate(q.Join(all, index)), page()],
  ['Join to an index without privileges', () => q.Paginate(q.Join(ofBob, q.Lambda(['ts', 'ref'], unguarded))), page()],
  ['events of a Union', () => events(q.Union(ofBob, ofAnn)), page(BOB_NOTE)],
  ['events of a Union of documents', () => events(q.Union(q.Singleton(annNote), q.Singleton(bobNote))), page(BOB_NOTE)],
  ['events of an Intersection', () => events(q.Intersection(ofBob, ofAnn)), page(BOB_NOTE)],
  ['events of a Difference', () => events(q.Difference(ofBob, ofAnn)), page(BOB_NOTE)],
  ['events of a Difference from another', () => events(q.Difference(ofAnn, ofBob)), denied('collection', 'paginate')],
  ['events of a Distinct', () => events(q.Distinct(q.Union(ofBob, ofAnn))), page(BOB_NOTE)],
  ['events of a Join', () => events(q.Join(ofAnn, q.Lambda(['ts', 'ref'], ofBob))), denied('collection', 'paginate')],
];

export const collections: Case[] = [
  ['Documents', () => ids(q.Paginate(all)), page(BOB_NOTE)],
  ['Documents within At', (past) => q.At(past, ids(q.Paginate(all))), page(BOB_NOTE)],
  ['Documents of a time', (past) => ids(q.Paginate(all, { ts: past })), page(BOB_NOTE)],
  ['Documents of one a page', () => ids(q.Paginate(all, { size: 1 })), page(BOB_NOTE)],
  ['Documents backwards', () => ids(q.Paginate(q.Reverse(all))), page(BOB_NOTE)],
  [
    'Documents with a cursor on another',
    () => q.Select('data', ids(q.Paginate(all, { after: [annNote] }))),
    answers([BOB_NOTE]),
  ],
  ['Documents before', () => q.Select('data', ids(q.Paginate(all, { before: [bobNote] }))), answers([])],
  ['Documents with sources', () => q.Count(q.Select('data', q.Paginate(all, { sources: true }))), answers(1)],
  ['a Range of Documents', () => q.Paginate(q.Range(all, annNote, annNote)), page()],
  [
    'Documents filtered by what they hold, which the first may not be asked',
    () => q.Paginate(q.Filter(all, q.Lambda('ref', owned(q.Var('ref'))))),
    denied('paginate', 'filter', 'expr', 'equals', 0, 'from'),
  ],
  ['Documents filtered by others', () => q.Paginate(q.Filter(all, q.Lambda('_', q.Exists(annNote)))), page()],
  ['how many Documents', () => q.Count(all), answers(1)],
  [
    'Documents reduced',
    () => ids(q.Reduce(q.Lambda(['refs', 'ref'], q.Append([q.Var('ref')], q.Var('refs'))), [] as never, all as never)),
    answers([BOB_NOTE]),
  ],
  ['the first of Documents', () => q.Select('id', raw({ first: all })), answers(BOB_NOTE)],
  ['Get of Documents, of which the first is another’s', () => q.Select(['ref', 'id'], q.Get(all)), denied('from')],
  ['ContainsValue in Documents', () => q.ContainsValue(annNote, all), answers(false)],
  ['events of Documents', () => events(all), page(BOB_NOTE)],
  ['events of Documents by the option', () => eventIds(q.Paginate(all, { events: true })), page(BOB_NOTE)],
  [
    'every document mapped',
    () => q.Map(q.Paginate(all), q.Lambda('ref', q.Select(['ref', 'id'], q.Get(q.Var('ref'))))),
    page(BOB_NOTE),
  ],
  ['Documents of another collection', () => q.Paginate(q.Documents(people)), page()],
  ['events of another collection', () => q.Paginate(q.Events(q.Documents(people))), page()],
  ['whether another collection has any', () => q.Exists(q.Documents(people)), answers(false)],
  [
    'Documents of a document',
    () => q.Paginate(q.Documents(annNote)),
    failed('invalid argument', 'Collection Ref expected, Ref provided.', ['paginate', 'documents']),
  ],
  ['Documents of what is not there', () => q.Exists(q.Singleton(note('9'))), denied('exists')],
];
