import faunadb from 'faunadb';
import { names } from './definition.ts';
import { find, isOurs } from './schema-step.ts';
import type { Step } from './step.ts';

const q = faunadb.query;
const PAGE = 64;
/** The schema since which notes have today's form. */
const FORM_SINCE = 1;

interface Page {
  data: unknown[];
  after?: unknown;
}

/**
 * Schema 0 kept notes as `{ owner, title, body }` and found them by the index `notes_by_owner`.
 * A note is in today's form once it has a `format`; its times are those of its last write.
 */
const toFormatOne = (ref: faunadb.Expr) =>
  q.Let(
    { note: q.Get(ref), at: q.ToMillis(q.Epoch(q.Select('ts', q.Var('note')), 'microseconds')) },
    q.If(
      q.ContainsPath(['data', 'format'], q.Var('note')),
      0,
      q.Do(
        q.Update(ref, {
          data: {
            format: 1,
            tags: q.Select(['data', 'tags'], q.Var('note'), []),
            pinned: q.Select(['data', 'pinned'], q.Var('note'), false),
            createdAt: q.Select(['data', 'createdAt'], q.Var('note'), q.Var('at')),
            editedAt: q.Select(['data', 'editedAt'], q.Var('note'), q.Var('at')),
          },
        }),
        1,
      ),
    ),
  );

/**
 * Brings the notes of an older schema into today's form, page by page; cut off, it goes on with those that are left.
 * It comes before the collection's own step, which raises the version that says whether this is needed.
 */
export const notesStep = (client: faunadb.Client, told: (message: string) => void): Step => {
  const collection = q.Collection(names.collection);
  return {
    id: 'notes',
    what: 'notes of an older schema',
    quiet: true,
    look: async () => {
      const found = await find(client, collection);
      const version = found?.data?.burrow;
      return typeof version === 'number' && version < FORM_SINCE
        ? { state: 'older', from: version, changes: ['format', 'tags', 'pinned', 'createdAt', 'editedAt'] }
        : { state: 'in-place' };
    },
    apply: async () => {
      let after: unknown;
      let changed = 0;
      do {
        const page = await client.query<Page>(
          q.Map(
            q.Paginate(q.Documents(collection), { size: PAGE, ...(after ? { after } : {}) }),
            q.Lambda('ref', toFormatOne(q.Var('ref'))),
          ),
        );
        changed += page.data.filter((one) => one === 1).length;
        after = page.after;
        told(`${changed} notes brought into format 1`);
      } while (after);
    },
  };
};

const OLD_INDEX = 'notes_by_owner';

/** The index of schema 0 is used by nothing any more. One that somebody else made stays. */
export const retiredIndexStep = (client: faunadb.Client): Step => {
  const ref = q.Index(OLD_INDEX);
  return {
    id: 'retired-index',
    what: `index ${OLD_INDEX} of an older schema`,
    quiet: true,
    look: async () => {
      const found = await find(client, ref);
      return found && isOurs(found)
        ? { state: 'older', from: Number(found.data?.burrow), changes: ['removed'] }
        : { state: 'in-place' };
    },
    apply: async () => {
      await client.query(q.If(q.Exists(ref), q.Delete(ref), null));
    },
  };
};
