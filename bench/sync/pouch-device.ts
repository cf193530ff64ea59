/** A device with PouchDB on LevelDB. Times are of the replication alone, from a process that is warm in nothing. */
import PouchDB from 'pouchdb';
import { timed } from './figures.ts';
import { serve } from './process.ts';
import { noteOf } from './texts.ts';

let database: PouchDB.Database;
let remote = '';

const all = async (replication: Promise<{ ok: boolean; docs_written: number }>, expected: number): Promise<void> => {
  const { ok, docs_written } = await replication;
  if (!ok || docs_written !== expected) throw new Error(`${docs_written} of ${expected} documents went over`);
};

serve({
  pull: async ({ folder, url, notes, batch }: { folder: string; url: string; notes: number; batch: number }) => {
    remote = url;
    database = new PouchDB(`${folder}/device`);
    return timed(() => all(database.replicate.from(remote, { batch_size: batch }), notes));
  },
  /** Both sides know of each other first: only the changes go. */
  push: async ({ from, count, batch, turn }: { from: number; count: number; batch: number; turn: number }) => {
    await database.replicate.to(remote, { batch_size: batch });
    const keys = Array.from({ length: count }, (_, offset) => noteOf(from + offset).id);
    const { rows } = await database.allDocs({ keys, include_docs: true });
    await database.bulkDocs(
      rows.map(({ doc: { state, ...doc } }) => ({
        ...{ ...doc, body: `${doc.body}\nturn ${turn}` },
        // A new text makes a new state, of about the same length.
        ...(state === undefined ? {} : { state: `${state.slice(4)}${String(turn).padStart(16, 'A')}` }),
      })),
    );
    return timed(() => all(database.replicate.to(remote, { batch_size: batch }), count));
  },
});
