/** Indexes that a login may read with and without `unrestricted_read`: what it sees of notes that it may not read. */
import faunadb from 'faunadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actions, denied, lambda } from '../fixture.ts';
import { answers, page } from './documents.ts';
import { refs } from './sets.ts';
import {
  ANN_DELETED,
  ANN_NOTE,
  admin,
  annNote,
  BOB_NOTE,
  bobNote,
  index,
  makeWorld,
  notes,
  type Outcome,
  ofAnn,
  ofBob,
  SECRET,
  type World,
} from './world.ts';

const q = faunadb.query;

let world: World;
const secrets: Record<string, string> = {};
const own = lambda('ref', q.Equals(q.Var('ref'), bobNote));
const ofOneself = lambda('terms', q.Equals(q.Var('terms'), ['bob']));
const privileges: Record<string, object[]> = {
  'read of all entries': [...actions(index, { read: true }), ...actions(notes, { read: own })],
  'unrestricted_read of one’s own entries': [
    ...actions(index, { unrestricted_read: ofOneself }),
    ...actions(notes, { read: own }),
  ],
  'unrestricted_read of all entries': actions(index, { unrestricted_read: true }),
  'unrestricted_read of the documents': actions(notes, { unrestricted_read: true }),
  'read of own, unrestricted_read of other entries': [
    ...actions(index, { read: ofOneself, unrestricted_read: lambda('terms', q.Equals(q.Var('terms'), ['ann'])) }),
    ...actions(notes, { read: own }),
  ],
};
const LOGINS = Object.keys(privileges);

beforeAll(async () => {
  world = await makeWorld();
  for (const [position, name] of LOGINS.entries()) {
    const role = `auditor${position}`;
    await world.fauna.must(q.CreateRole({ name: role, privileges: privileges[name] } as never), admin);
    const key = await world.fauna.must<{ secret: string }>(q.CreateKey({ role: q.Role(role) }), admin);
    secrets[name] = key.secret;
  }
}, 30_000);
afterAll(() => world.fauna.close());

const eventIds = (set: faunadb.Expr) =>
  q.Map(q.Paginate(q.Events(set)), q.Lambda('event', q.Select(['document', 'id'], q.Var('event'))));
const documents = q.Documents(notes);
const ids = (set: faunadb.Expr) => q.Map(q.Paginate(set), q.Lambda('ref', q.Select('id', q.Var('ref'))));
const [ann, bob, both, none] = [page(ANN_NOTE), page(BOB_NOTE), page(ANN_NOTE, BOB_NOTE), page()];
/** Two were added, one changed its entry and one was removed. */
const history = page(ANN_NOTE, ANN_DELETED, ANN_NOTE, ANN_NOTE, ANN_DELETED);
const byTime = page(BOB_NOTE, ANN_NOTE);
const noPage = denied('collection', 'paginate');
const noId = answers(false);

/** What each login gets, in the order of the list above. */
const cases: [name: string, query: () => faunadb.ExprArg, ...expected: Outcome[]][] = [
  ['Match of another', () => refs(q.Paginate(ofAnn)), none, noPage, ann, noPage, ann],
  ['Match of one’s own', () => refs(q.Paginate(ofBob)), bob, bob, bob, noPage, bob],
  ['Reverse', () => refs(q.Paginate(q.Reverse(ofAnn))), none, noPage, ann, noPage, ann],
  ['Distinct', () => refs(q.Paginate(q.Distinct(ofAnn))), none, noPage, ann, noPage, ann],
  ['Range', () => refs(q.Paginate(q.Range(ofAnn, [], []))), none, noPage, ann, noPage, ann],
  ['Union', () => refs(q.Paginate(q.Union(ofAnn, ofBob))), bob, bob, byTime, noPage, bob],
  ['Difference', () => refs(q.Paginate(q.Difference(ofAnn, ofBob))), none, noPage, ann, noPage, none],
  ['Join', () => refs(q.Paginate(q.Join(ofAnn, q.Lambda(['ts', 'ref'], ofBob)))), bob, noPage, bob, noPage, bob],
  ['Count', () => q.Count(ofAnn), answers(0), denied('count'), answers(1), denied('count'), answers(1)],
  ['IsEmpty', () => q.IsEmpty(ofAnn), answers(true), denied('exists'), answers(true), denied('exists'), answers(true)],
  ['Exists', () => q.Exists(ofAnn), noId, denied('exists'), noId, denied('exists'), noId],
  ['Get', () => q.Get(ofAnn), denied(), denied('get'), denied(), denied('get'), denied()],
  ['events', () => eventIds(ofAnn), none, noPage, history, noPage, history],
  ['Documents', () => ids(documents), bob, bob, none, both, bob],
  ['Count of Documents', () => q.Count(documents), answers(1), answers(1), answers(0), answers(2), answers(1)],
  ['the document', () => q.Get(annNote), ...LOGINS.map(() => denied())],
  ['whether it is there', () => q.Exists(annNote), ...LOGINS.map(() => noId)],
  ['its events', () => q.Paginate(q.Events(annNote)), ...LOGINS.map(() => denied('paginate'))],
  [
    'each document of Documents',
    () => q.Map(q.Paginate(documents), q.Lambda('ref', q.Select(['ref', 'id'], q.Get(q.Var('ref'))))),
    bob,
    bob,
    none,
    denied('map', 'expr', 'from'),
    bob,
  ],
];

describe.each(LOGINS.map((name, place) => [name, place] as const))('%s', (login, place) => {
  it.each(cases.map(([name, query, ...expected]) => [name, query, expected[place]] as const))(
    'answers %s',
    async (_, query, expected) => {
      const { status, body } = await world.fauna.query(query(), secrets[login] ?? '');
      expect({ status, ...body }).toEqual(expected);
      expect(JSON.stringify(body)).not.toContain(SECRET);
    },
  );
});
