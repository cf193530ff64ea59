import type { StoreFile } from './file/store-file.ts';
import { forgetDocument } from './rows/document-rows.ts';

/** As long as Fauna keeps the history of a purged note (`history_days` of the collection). */
const PURGED_ELSEWHERE_KEPT = 30 * 24 * 3_600_000;

/**
 * For a quiet moment: forgets the text of notes that were purged on another device long ago, and moves the write-ahead
 * log into the file, so that no save has to.
 */
export function tidy(file: StoreFile, now: number): void {
  file.transaction(() => forgetLongPurged(file, now));
  file.read(() => file.db.exec('PRAGMA wal_checkpoint(PASSIVE); PRAGMA optimize;'));
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
