import type { DatabaseSync } from 'node:sqlite';

/** At once inside one transaction: some 50 ms of work, and a segment of the index that is worth its place. */
const BATCH_NOTES = 500;
const BATCH_LENGTH = 2_000_000;

/** Far from what a rowid holds. */
const LAST_SECOND = 2 ** 40;
/**
 * Rows are numbered by the second of the last edit, so that the newest matches of a broad query are the last of its
 * list and reading them needs no ranking of the others. A second that is taken gives way to the next free one: the
 * closer the numbers, the smaller the index, which holds their differences.
 */
const rowFor = (editedAt: number): number => Math.min(Math.max(Math.floor(editedAt / 1000), 0), LAST_SECOND);

/** About 10 ms of work, and no more between two questions. */
const MERGED_PAGES = 128;

interface Changed {
  nr: number;
  text_seq: number;
  edited_at: number;
  /** Of the text, in bytes. Null: purged. */
  length: number | null;
}

export interface Indexer {
  /** Takes in a batch of the texts that were changed since the last one; true when there may be more. */
  catchUp(): boolean;
  /** Merges a part of the index; true when there is more to merge. */
  merge(): boolean;
}

/**
 * `index`: with the notes attached as `store`, so that texts go from file to file without becoming strings here.
 * `session`: of the notes' opening, see IndexSource.
 */
export function createIndexer(index: DatabaseSync, session: string): Indexer {
  const changed = index.prepare(
    `SELECT n.nr, n.text_seq, n.edited_at, octet_length(t.body) AS length
     FROM store.notes n LEFT JOIN store.texts t ON t.nr = n.nr
     WHERE n.text_seq > ? ORDER BY n.text_seq LIMIT ${BATCH_NOTES}`,
  );
  const upto = index.prepare('SELECT upto FROM source');
  const move = index.prepare('UPDATE source SET upto = ?, session = ?');
  const batch = 'n.text_seq > ? AND n.text_seq <= ?';
  const remove = index.prepare(
    `DELETE FROM words WHERE rowid IN (SELECT r.row FROM store.notes n JOIN rows r ON r.nr = n.nr WHERE ${batch})`,
  );
  const forget = index.prepare(`DELETE FROM rows WHERE nr IN (SELECT n.nr FROM store.notes n WHERE ${batch})`);
  const taken = index.prepare('SELECT 1 FROM rows WHERE row = ?');
  const free = index.prepare(
    `SELECT r.row + 1 AS row FROM rows r
     WHERE r.row >= ? AND NOT EXISTS (SELECT 1 FROM rows WHERE row = r.row + 1) ORDER BY r.row LIMIT 1`,
  );
  const place = index.prepare('INSERT INTO rows (row, nr) VALUES (?, ?)');
  // In the order of rows: FTS5 writes out what it has gathered whenever a row is smaller than the one before. LIMIT, as
  // SQLite would forget the order without; CROSS JOIN keeps the texts themselves out of the sorting.
  const add = index.prepare(
    `INSERT INTO words (rowid, title, body, tags)
     SELECT sorted.row, n.title, t.body,
       CASE n.tags WHEN '[]' THEN '' ELSE (SELECT group_concat(value, ' ') FROM json_each(n.tags)) END
     FROM (SELECT r.nr, r.row FROM store.notes n JOIN rows r ON r.nr = n.nr WHERE ${batch}
       ORDER BY r.row LIMIT ${BATCH_NOTES}) AS sorted
     CROSS JOIN store.notes n ON n.nr = sorted.nr CROSS JOIN store.texts t ON t.nr = sorted.nr`,
  );
  const changes = index.prepare('SELECT total_changes() AS n');
  const merge = index.prepare(`INSERT INTO words (words, rank) VALUES ('merge', ${MERGED_PAGES})`);

  const nextBatch = (from: number): Changed[] => {
    const notes: Changed[] = [];
    let length = 0;
    for (const row of changed.iterate(from) as unknown as Iterable<Changed>) {
      notes.push(row);
      length += row.length ?? 0;
      if (length > BATCH_LENGTH) break;
    }
    return notes;
  };

  const placeAll = (notes: Changed[]): void => {
    let row = -1;
    for (const { nr, edited_at, length } of notes.sort((a, b) => a.edited_at - b.edited_at)) {
      if (length === null) continue;
      row = Math.max(row + 1, rowFor(edited_at));
      if (taken.get(row)) row = Number(free.get(row)?.row);
      place.run(row, nr);
    }
  };

  return {
    // Reads the notes inside the transaction, so that all of it sees them as they were at one moment.
    catchUp: () =>
      inTransaction(index, () => {
        const from = Number(upto.get()?.upto);
        const notes = nextBatch(from);
        const to = notes.at(-1)?.text_seq;
        if (to === undefined) return false;
        remove.run(from, to);
        forget.run(from, to);
        placeAll(notes);
        add.run(from, to);
        move.run(to, session);
        return true;
      }),
    merge: () => {
      // FTS5 says whether a merge did something by how many rows it changed (https://sqlite.org/fts5.html, "merge").
      const before = Number(changes.get()?.n);
      merge.run();
      return Number(changes.get()?.n) - before >= 2;
    },
  };
}

function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const done = work();
    db.exec('COMMIT');
    return done;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
