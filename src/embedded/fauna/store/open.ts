/** Opens a root's file: WAL, every commit on disk before it is answered, the format brought up to date. */
import { DatabaseSync } from 'node:sqlite';
import { MIGRATIONS } from './migrations.ts';

export class StoreError extends Error {
  override readonly name = 'StoreError';
}

export interface OpenOptions {
  /** A reader sees snapshots and never waits for the writer. */
  readonly readOnly?: boolean;
}

/** `file` may be ':memory:'. Throws StoreError when the file is no store, or one of a later format. */
export function openDatabase(file: string, { readOnly = false }: OpenOptions = {}): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly });
  try {
    database.exec('PRAGMA busy_timeout = 5000');
    if (!readOnly) {
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000');
      migrate(database);
    }
    database.exec('PRAGMA cache_size = -16000; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY');
    return database;
  } catch (error) {
    database.close();
    if (error instanceof StoreError) throw error;
    throw new StoreError(`The database file ${file} cannot be opened: ${String(error)}`, { cause: error });
  }
}

function migrate(database: DatabaseSync): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  if (version > MIGRATIONS.length) {
    throw new StoreError(`The database file has format ${version}; this version of Burrow knows ${MIGRATIONS.length}.`);
  }
  for (let step = version; step < MIGRATIONS.length; step += 1) {
    database.exec(`BEGIN IMMEDIATE; ${MIGRATIONS[step]}; PRAGMA user_version = ${step + 1}; COMMIT`);
  }
}
