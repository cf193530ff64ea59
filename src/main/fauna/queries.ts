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
}

/** What a write answers, in the order of the batch: `written` is the new ts, or `found` what is there instead. */
export type WriteAnswer = { written: number } | { found: unknown };

const note = (id: string) => q.Ref(q.Collection(names.collection), id);
const noteVar = (id: faunadb.Expr) => q.Ref(q.Collection(names.collection), id);

/** Everything of the token's owner, in the order of change. */
export const ownChanges = () => q.Match(q.Index(names.changesIndex), q.CurrentIdentity());

const written = (document: faunadb.Expr) => ({ written: q.Select(['ts'], document) });

/**
 * Compare and set: writes a note if its document is still the one it builds on, else answers what is there.
 * A document that is gone was deleted by another FQL client, and a delete never beats an edit: it is made again.
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
      written(q.Create(ref, params)),
    ),
  );
};

/** A batch in one transaction, each note answered for itself. What to do is said once, not once a note. */
export const writeNotes = (writes: readonly NoteWrite[]) =>
  q.Map(
    writes.map(({ id, baseTs, data, whole }) => ({
      ...{ id, baseTs: baseTs ?? 0, whole },
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

/** Ids alone, in pages, to find what another FQL client has deleted; and the moment of Fauna's that a page is of, in µs. */
export const listIds = (cursor: Cursor, size: number) => ({
  page: q.Map(
    q.Paginate(ownChanges(), { size, after: position(cursor) }),
    q.Lambda(['ts', 'ref'], q.Select(['id'], q.Var('ref'))),
  ),
  at: q.ToMicros(q.Now()),
});

/**
 * True if the note is there and may be read. Of a note that is not there at all Fauna says `instance not found` before
 * it looks at permissions (docs/sync.md), which tells a deleted note from one that may only not be read any more.
 */
export const assertGone = (id: string) => q.If(q.Exists(note(id)), true, q.Do(q.Update(note(id), {}), true));

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
