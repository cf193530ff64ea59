import type { DatabaseSync } from 'node:sqlite';

/** At once inside one transaction: some 50 ms of work, and a segment of the index that is worth its place. */
const BATCH_NOTES = 500;
const BATCH_LENGTH = 2_000_000;

/**
 * Rows are numbered by the minute of the last edit and the note, so that the newest matches of a broad query are the
 * last of its list and reading them needs no ranking of the others.
 */
/** More notes than a file of SQLite's could hold. */
const NOTES = 2 ** 26;
/** In the year 2225. */
const LAST_MINUTE = 2 ** 27 - 1;
export const rowOf = (nr: number, editedAt: number): number =>
  Math.min(Math.max(Math.floor(editedAt / 60_000), 0), LAST_MINUTE) * NOTES + nr;
export const noteOfRow = (row: number): number => row % NOTES;

/** About 10 ms of work, and no more between two questions. */
const MERGED_PAGES = 128;

interface Changed {
  nr: number;
  text_seq: number;
  edited_at: number;
  title: string;
  /** JSON. */
  tags: string;
  /** Null: purged. */
  body: string | null;
}

export interface Indexer {
  /** Takes in a batch of the texts that were changed since the last one; true when there may be more. */
  catchUp(): boolean;
  /** Merges a part of the index; true when there is more to merge. */
  merge(): boolean;
}

/** `session`: of the notes' opening, see IndexSource. */
export function createIndexer(notes: DatabaseSync, index: DatabaseSync, session: string): Indexer {
  const changed = notes.prepare(
    `SELECT n.nr, n.text_seq, n.edited_at, n.title, n.tags, t.body FROM notes n LEFT JOIN texts t ON t.nr = n.nr
     WHERE n.text_seq > ? ORDER BY n.text_seq LIMIT ${BATCH_NOTES}`,
  );
  const upto = index.prepare('SELECT upto FROM source');
  const move = index.prepare('UPDATE source SET upto = ?, session = ?');
  const find = index.prepare('SELECT row FROM rows WHERE nr = ?');
  const forget = index.prepare('DELETE FROM rows WHERE nr = ?');
  const place = index.prepare('INSERT OR REPLACE INTO rows (nr, row) VALUES (?, ?)');
  const remove = index.prepare('DELETE FROM words WHERE rowid = ?');
  const add = index.prepare('INSERT INTO words (rowid, title, body, tags) VALUES (?, ?, ?, ?)');
  const changes = index.prepare('SELECT total_changes() AS n');
  const merge = index.prepare(`INSERT INTO words (words, rank) VALUES ('merge', ${MERGED_PAGES})`);

  const nextBatch = (): Changed[] => {
    const batch: Changed[] = [];
    let length = 0;
    for (const row of changed.iterate(Number(upto.get()?.upto)) as unknown as Iterable<Changed>) {
      batch.push(row);
      length += row.body?.length ?? 0;
      if (length > BATCH_LENGTH) break;
    }
    return batch;
  };

  const take = (batch: readonly Changed[]): void => {
    for (const { nr } of batch) {
      const row = find.get(nr)?.row;
      if (row === undefined) continue;
      remove.run(row);
      forget.run(nr);
    }
    // In the order of rows: FTS5 writes out what it has gathered whenever a row is smaller than the one before.
    const rows = batch.map((note) => ({ note, row: rowOf(note.nr, note.edited_at) })).sort((a, b) => a.row - b.row);
    for (const { note, row } of rows) {
      if (note.body === null) continue;
      add.run(row, note.title, note.body, (JSON.parse(note.tags) as string[]).join(' '));
      place.run(note.nr, row);
    }
  };

  return {
    catchUp: () => {
      const batch = nextBatch();
      const last = batch.at(-1);
      if (!last) return false;
      inTransaction(index, () => {
        take(batch);
        move.run(last.text_seq, session);
      });
      return true;
    },
    merge: () => {
      // FTS5 says whether a merge did something by how many rows it changed (https://sqlite.org/fts5.html, "merge").
      const before = Number(changes.get()?.n);
      merge.run();
      return Number(changes.get()?.n) - before >= 2;
    },
  };
}

function inTransaction(db: DatabaseSync, work: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
