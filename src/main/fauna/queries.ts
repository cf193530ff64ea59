import faunadb from 'faunadb';
import { names, notesCollection } from './schema/definition.ts';

const q = faunadb.query;

/** A place in the order of change: everything at `ts` and after; with an id, from that note of that moment on. */
export interface Cursor {
  /** µs */
  ts: number;
  id?: string | undefined;
}

/** The `data` of one note as it is to be written, owner aside: that is always the token's `sub`. */
export type NoteData = Record<string, unknown>;

export interface NoteWrite {
  id: string;
  /** The ts of the document this builds on; null when there was none. */
  baseTs: number | null;
  data: NoteData;
  /** A tombstone takes everything else away; a note leaves fields that other FQL clients added. */
  whole: boolean;
  /** Made again when it is gone. */
  make: boolean;
}

/** What a write answers, in the order of the batch: `written` is the new ts, `found` what is there instead, if anything. */
export type WriteAnswer = { written: number } | { found: unknown } | { gone: true };

const note = (id: string) => q.Ref(q.Collection(names.collection), id);
const noteVar = (id: faunadb.Expr) => q.Ref(q.Collection(names.collection), id);

/** Everything of the token's owner, in the order of change. */
export const ownChanges = () => q.Match(q.Index(names.changesIndex), q.CurrentIdentity());

const written = (document: faunadb.Expr) => ({ written: q.Select(['ts'], document) });

/**
 * Compare and set: writes a note if its document is still the one it builds on, else answers what is there.
 * A document that is gone was deleted by another FQL client, and a delete never beats an edit: it is made again, if it
 * is an edit of this device that is sent, and not only what another FQL client had written before.
 */
const writeOne = (write: faunadb.Expr) => {
  const ref = q.Var('ref');
  const params = { data: q.Select(['data'], write) };
  return q.Let(
    { ref: noteVar(q.Select(['id'], write)) },
    q.If(
      q.Exists(ref),
      q.Let(
        { current: q.Get(ref) },
        q.If(
          q.Equals(q.Select(['ts'], q.Var('current')), q.Select(['baseTs'], write)),
          written(q.If(q.Select(['whole'], write), q.Replace(ref, params), q.Update(ref, params))),
          { found: q.Var('current') },
        ),
      ),
      q.If(q.Select(['make'], write), written(q.Create(ref, params)), { gone: true }),
    ),
  );
};

/** A batch in one transaction, each note answered for itself. What to do is said once, not once a note. */
export const writeNotes = (writes: readonly NoteWrite[]) =>
  q.Map(
    writes.map(({ id, baseTs, data, whole, make }) => ({
      ...{ id, baseTs: baseTs ?? 0, whole, make },
      data: { ...data, owner: q.CurrentIdentity() },
    })),
    q.Lambda('write', writeOne(q.Var('write'))),
  );

const position = ({ ts, id }: Cursor) => (id === undefined ? [ts] : [ts, note(id), note(id)]);

/** The documents of a page; of those this device wrote itself at one of the times `own`, only ref and ts. */
const documents = (page: faunadb.Expr, own: readonly number[]) =>
  q.Map(
    page,
    q.Lambda(
      ['ts', 'ref'],
      own.length === 0
        ? q.Get(q.Var('ref'))
        : q.If(
            q.ContainsValue(q.Var('ts'), own),
            { ts: q.Var('ts'), ref: q.Var('ref'), own: true },
            q.Get(q.Var('ref')),
          ),
    ),
  );

/** A page of what changed from the cursor on, the oldest first. */
export const changesFrom = (cursor: Cursor, size: number, own: readonly number[]) =>
  documents(q.Paginate(ownChanges(), { size, after: position(cursor) }), own);

/** A page of the newest notes; `before` pages back, null begins. */
export const newestBefore = (before: Cursor | null, size: number) =>
  documents(q.Paginate(ownChanges(), { size, before: before === null ? null : position(before) }), []);

/** How many notes there are. Fauna asks the role about each of them, so once is enough. */
export const countOwn = () => q.Count(ownChanges());

/** Ids with their ts, in pages, to hold against what is here; and the moment of Fauna's that a page is of, in µs. */
export const listIds = (cursor: Cursor, size: number) => ({
  page: q.Map(
    q.Paginate(ownChanges(), { size, after: position(cursor) }),
    q.Lambda(['ts', 'ref'], [q.Select(['id'], q.Var('ref')), q.Var('ts')]),
  ),
  at: q.ToMicros(q.Now()),
});

/** Documents by their ids; null in the place of one that is not there or may not be read. */
export const notesById = (ids: readonly string[]) => ids.map((id) => q.If(q.Exists(note(id)), q.Get(note(id)), null));

/** How far back a state is looked for, and how many are answered: some may be no states. */
const LOOKED_BACK = 64;
const EARLIER = 4;

/** The states that these notes had before, the newest first: another FQL client may have left them without a good one. */
export const earlierStates = (ids: readonly string[]) =>
  ids.map((id) =>
    q.Take(
      EARLIER,
      q.Filter(
        q.Map(
          q.Reverse(newestEvents(id, LOOKED_BACK)),
          q.Lambda('event', q.Select(['data', 'state'], q.Var('event'), 0)),
        ),
        q.Lambda('state', q.IsBytes(q.Var('state'))),
      ),
    ),
  );

/**
 * Asks when notes that are not there were deleted, and writes nothing: the transaction is aborted with the answer, one
 * word a note, as its description. The word is `there`, or a time in µs; 0 when Fauna does not remember the note, so it
 * was not deleted in the last `history_days`.
 * Nobody may see the history of a note that is gone, as the role asks the document whose it is. So each is made first,
 * and then its history can be read: reads see what their own transaction has written (QueryEvalContext.scala:511), and
 * the right to the history is asked for in the same transaction (DocSet.scala:39).
 */
export const deletionsOf = (ids: readonly string[]) => q.Abort(q.Concat(ids.map(deletionOf), ' '));

const deletionOf = (id: string) =>
  q.If(
    q.Exists(note(id)),
    THERE,
    q.Do(
      q.Create(note(id), { data: { owner: q.CurrentIdentity() } }),
      // The last thing that happened to it, and the making of just now.
      q.ToString(q.Reduce(lastDeletion, 0, newestEvents(id, 2))),
    ),
  );

export const THERE = 'there';

const lastDeletion = q.Lambda(
  ['last', 'event'],
  q.If(q.Equals(q.Select(['action'], q.Var('event')), 'delete'), q.Select(['ts'], q.Var('event')), q.Var('last')),
);

/** The newest last. */
const newestEvents = (id: string, size: number) =>
  q.Select(['data'], q.Paginate(q.Events(note(id)), { size, before: null }));

/**
 * The newest texts of a note: its events, and the document at the time of each. Fauna keeps the version that was current
 * when its history begins, whose event is from before; nothing can be read at that time (400), so it is read as it was
 * when history began for sure. It has no text if it was not current any more then.
 */
export const versionsOf = (id: string, size: number) =>
  q.Let(
    { begin: q.ToMicros(q.TimeSubtract(q.Now(), notesCollection.history_days, 'days')) },
    q.Map(
      q.Paginate(q.Events(note(id)), { size, before: null }),
      q.Lambda(
        'event',
        q.Let(
          { ts: q.Select(['ts'], q.Var('event')), at: q.Max([q.Var('ts'), q.Var('begin')]) },
          {
            ts: q.Var('ts'),
            action: q.Select(['action'], q.Var('event')),
            data: q.If(
              q.Exists(noteVar(q.Select(['document', 'id'], q.Var('event'))), q.Var('at')),
              q.Let(
                { version: q.Get(note(id), q.Var('at')) },
                q.If(
                  q.Equals(q.Select(['ts'], q.Var('version')), q.Var('ts')),
                  q.Select(['data'], q.Var('version')),
                  null,
                ),
              ),
              null,
            ),
          },
        ),
      ),
    ),
  );
