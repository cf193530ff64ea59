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
const ROW = `min(max(n.edited_at / 60000, 0), ${LAST_MINUTE}) * ${NOTES} + n.nr`;
export const noteOfRow = (row: number): number => row % NOTES;

/** About 10 ms of work, and no more between two questions. */
const MERGED_PAGES = 128;

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
    `SELECT n.text_seq, octet_length(t.body) AS length FROM store.notes n LEFT JOIN store.texts t ON t.nr = n.nr
     WHERE n.text_seq > ? ORDER BY n.text_seq LIMIT ${BATCH_NOTES}`,
  );
  const upto = index.prepare('SELECT upto FROM source');
  const move = index.prepare('UPDATE source SET upto = ?, session = ?');
  const batch = 'n.text_seq > ? AND n.text_seq <= ?';
  const remove = index.prepare(
    `DELETE FROM words WHERE rowid IN (SELECT r.row FROM store.notes n JOIN rows r ON r.nr = n.nr WHERE ${batch})`,
  );
  const forget = index.prepare(`DELETE FROM rows WHERE nr IN (SELECT n.nr FROM store.notes n WHERE ${batch})`);
  // A note without a text is purged.
  const place = index.prepare(
    `INSERT INTO rows (nr, row) SELECT n.nr, ${ROW} FROM store.notes n JOIN store.texts t ON t.nr = n.nr WHERE ${batch}`,
  );
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

  /** The last text of a batch that begins after this one. */
  const endOfBatch = (from: number): number => {
    let end = from;
    let length = 0;
    for (const row of changed.iterate(from)) {
      end = Number(row.text_seq);
      length += Number(row.length);
      if (length > BATCH_LENGTH) break;
    }
    return end;
  };

  return {
    catchUp: () => {
      const from = Number(upto.get()?.upto);
      const to = endOfBatch(from);
      if (to === from) return false;
      inTransaction(index, () => {
        for (const statement of [remove, forget, place, add]) statement.run(from, to);
        move.run(to, session);
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
