import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isDamage } from '../file/sqlite-errors.ts';

/** Raised with every change below; an index of another version is made anew. */
const VERSION = 2;

const SCHEMA = `
  -- Of which file of notes, since which opening of it, and up to which text (notes.text_seq) it is.
  CREATE TABLE source (file TEXT NOT NULL, session TEXT NOT NULL, upto INTEGER NOT NULL) STRICT;
  -- The row of each note in words.
  CREATE TABLE rows (row INTEGER PRIMARY KEY, nr INTEGER NOT NULL UNIQUE) STRICT;
  CREATE VIRTUAL TABLE words USING fts5 (
    title, body, tags, content = '', contentless_delete = 1, prefix = '1 2 3',
    tokenize = 'unicode61 remove_diacritics 2'
  );
  -- Merging a bit at each change would cost as much again as the change: quiet moments do it. hashsize (fts5_config.c):
  -- how much is gathered in memory before it is written out; a batch fits. pgsz: fills a page.
  INSERT INTO words (words, rank) VALUES ('automerge', 0), ('crisismerge', 64), ('hashsize', 16000000), ('pgsz', 8100);
  PRAGMA user_version = ${VERSION};
`;

/** The notes that an index is of. */
export interface IndexSource {
  /** The notes' own name for their file (meta 'file'). */
  file: string;
  /** A name for this opening of the notes. */
  session: string;
  /** The last text when the notes were opened. */
  newest: number;
}

export const indexPath = (notes: string): string => `${notes}-search`;

/**
 * Opens the search index of a file of notes, with that file as `store` beside it. It holds nothing that the notes do
 * not, so one that is damaged, or of another version or file, or that knows texts which the notes have lost (a power
 * cut), is thrown away and begun anew.
 */
export function openIndexFile(notes: string, source: IndexSource): DatabaseSync {
  try {
    const found = opened(notes, (db) => isOf(db, source));
    if (found) return found;
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  forgetIndexFile(notes);
  const made = opened(notes, (db) => {
    db.exec(SCHEMA);
    db.prepare('INSERT INTO source (file, session, upto) VALUES (?, ?, 0)').run(source.file, source.session);
    return true;
  });
  if (!made) throw new Error('a new search index cannot be used');
  return made;
}

export function forgetIndexFile(notes: string): void {
  for (const part of ['', '-wal', '-shm']) rmSync(indexPath(notes) + part, { force: true });
}

/** The open file if it is good, else null; closed again when it is not. */
function opened(notes: string, isGood: (db: DatabaseSync) => boolean): DatabaseSync | null {
  const db = new DatabaseSync(indexPath(notes));
  let good = false;
  try {
    // One thread has it to itself, so SQLite needs no shared memory, which takes room that a full disk has not.
    db.exec('PRAGMA main.locking_mode = EXCLUSIVE; PRAGMA busy_timeout = 2000; PRAGMA page_size = 8192;');
    // Without a flush at each commit: after a power cut it is an earlier index, and catches up.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 2000;');
    db.exec('PRAGMA cache_size = -16384;');
    // A URI, as that alone can say that the notes are only read; escaped, any path fits into it.
    db.prepare('ATTACH ? AS store').run(`file:${encodeURIComponent(notes)}?mode=ro`);
    db.exec('PRAGMA store.cache_size = -4096;');
    good = isGood(db);
    return good ? db : null;
  } finally {
    if (!good) db.close();
  }
}

function isOf(db: DatabaseSync, { file, session, newest }: IndexSource): boolean {
  if (Number(db.prepare('PRAGMA user_version').get()?.user_version) !== VERSION) return false;
  const found = db.prepare('SELECT file, session, upto FROM source').get();
  return found?.file === file && (found.session === session || Number(found.upto) <= newest);
}
