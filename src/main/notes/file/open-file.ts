import { closeSync, existsSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { FailureError, failure } from '../../../shared/failure.ts';
import { migrate, migrations } from './migrations.ts';
import { inWords, isDamage, storeUnwritable } from './sqlite-errors.ts';
import { type Probe, StoreFile } from './store-file.ts';

/** "Brrw": marks a SQLite file as a store of ours (https://sqlite.org/fileformat2.html, offset 68). */
const APPLICATION_ID = 0x42727277;
const MAGIC = 'SQLite format 3\0';

/** The file is ours and cannot be trusted as it is. */
export class DamagedFileError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'DamagedFileError';
  }
}

/** Beside the file after SQLite met a damaged page: the next open looks at every page. */
const suspicion = (path: string): string => `${path}.suspect`;

/**
 * Opens or makes the file at the newest version. A file of another program or of a newer Burrow is refused
 * (FailureError) and left as it is; damage throws DamagedFileError.
 */
export function openFile(path: string, probe?: Probe): StoreFile {
  const kind = inWordsOfFiles(() => recognise(path));
  if (kind === 'foreign') {
    throw new FailureError(
      failure(
        'store-foreign',
        'The file where your notes should be belongs to another program.',
        `Move it elsewhere, then restart Burrow: ${path}`,
      ),
    );
  }
  if (kind === 'unreadable') throw new DamagedFileError('the file does not begin as a SQLite file does');
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path);
    prepare(db, kind === 'new');
    check(db, existsSync(suspicion(path)));
    rmSync(suspicion(path), { force: true });
    return new StoreFile(path, db, { probe, onDamage: () => writeFileSync(suspicion(path), '') });
  } catch (error) {
    if (db?.isOpen) db.close();
    if (isDamage(error)) throw new DamagedFileError('SQLite says that the file is damaged', { cause: error });
    throw inWords(error);
  }
}

function prepare(db: DatabaseSync, fresh: boolean): void {
  // Before WAL, so that the mark is in the file itself from its first page on and `recognise` can rely on it.
  // Of pages with 4 kB a usual text, and its document, would leave half of one empty.
  if (fresh) db.exec(`PRAGMA page_size = 8192; PRAGMA application_id = ${APPLICATION_ID}`);
  // In WAL mode, FULL flushes the log at every commit: what is acknowledged survives a power cut.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000;');
  // The log is moved into the file in quiet moments (tidy.ts), by a save only when there is none for long.
  db.exec('PRAGMA wal_autocheckpoint = 4000;');
  db.exec('PRAGMA secure_delete = FAST; PRAGMA cache_size = -8192;');
  const version = Number(db.prepare('PRAGMA user_version').get()?.user_version);
  if (version > migrations.length) {
    throw new FailureError(
      failure(
        'store-newer',
        'Your notes were last opened by a newer Burrow, which keeps them in another way.',
        'Install the newest Burrow. Your notes are untouched.',
      ),
    );
  }
  migrate(db, version);
}

/**
 * Looking at every page takes seconds in a large file, so each open looks only at the small tables that everything
 * hangs on, and at all of it after damage was met. The rest is looked at in the background (`search/door.ts`).
 */
function check(db: DatabaseSync, everything: boolean): void {
  const targets = everything ? [''] : ['(meta)', '(outbox)', '(notes)'];
  for (const target of targets) {
    const found = db.prepare(`PRAGMA quick_check${target}`).all();
    const first = found[0]?.quick_check;
    if (first !== 'ok') throw new DamagedFileError(String(first));
  }
}

function recognise(path: string): 'new' | 'ours' | 'foreign' | 'unreadable' {
  if (!existsSync(path)) return 'new';
  const header = Buffer.alloc(100);
  const file = openSync(path, 'r');
  let length: number;
  try {
    length = readSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
  if (length === 0) return 'new';
  if (length < header.length || header.toString('latin1', 0, MAGIC.length) !== MAGIC) return 'unreadable';
  return header.readUInt32BE(68) === APPLICATION_ID ? 'ours' : 'foreign';
}

/** The file system's own errors (no such folder, no permission, a folder in the file's place), said in words. */
function inWordsOfFiles<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new FailureError(storeUnwritable(), { cause });
  }
}
