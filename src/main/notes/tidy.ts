import type { StoreFile } from './file/store-file.ts';
import { forgetDocument } from './rows/document-rows.ts';

/** As long as Fauna keeps the history of a purged note (`history_days` of the collection). */
const PURGED_ELSEWHERE_KEPT = 30 * 24 * 3_600_000;

/** About 10 ms of work, and no more between two keystrokes. */
const MERGED_PAGES = 128;

/**
 * For a quiet moment: forgets the text of notes that were purged on another device long ago, merges a part of the
 * search index, and moves the write-ahead log into the file, so that no save has to. True when it should be called
 * again soon.
 */
export function tidy(file: StoreFile, now: number): boolean {
  file.transaction(() => forgetLongPurged(file, now));
  const more = file.transaction(() => mergeIndex(file));
  if (!more) file.read(() => file.db.exec('PRAGMA wal_checkpoint(PASSIVE); PRAGMA optimize;'));
  return more;
}

function forgetLongPurged(file: StoreFile, now: number): void {
  const gone = file
    .prepare(
      `SELECT nr FROM notes WHERE purged_at < ? AND EXISTS (SELECT 1 FROM states s WHERE s.nr = notes.nr)
       AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.nr = notes.nr)`,
    )
    .all(now - PURGED_ELSEWHERE_KEPT);
  for (const row of gone) {
    const nr = Number(row.nr);
    forgetDocument(file, nr);
    file.prepare('DELETE FROM versions WHERE nr = ?').run(nr);
    file.prepare(`UPDATE notes SET title = '', preview = '', tags = '[]' WHERE nr = ?`).run(nr);
  }
}

/** FTS5 says whether a merge did something by how many rows it changed (https://sqlite.org/fts5.html, "merge"). */
function mergeIndex(file: StoreFile): boolean {
  const changes = (): number => Number(file.prepare('SELECT total_changes() AS n').get()?.n);
  const before = changes();
  file.prepare("INSERT INTO search (search, rank) VALUES ('merge', ?)").run(MERGED_PAGES);
  return changes() - before >= 2;
}
