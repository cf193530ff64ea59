/** Opens a root's file: WAL, every commit on disk before it is answered, the format brought up to date. */
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { APPLICATION_ID, inspect, StoreError } from './inspect.ts';
import { MIGRATIONS, type Migration } from './migrations.ts';

export { StoreError } from './inspect.ts';

export interface OpenOptions {
  /** A reader sees snapshots and never waits for the writer. */
  readonly readOnly?: boolean;
  /** How long a statement may wait for others to let go of the file, ms. */
  readonly patience?: number;
}

/** Files up to this size are read through whenever they are opened (bytes); it takes milliseconds. */
const SMALL = 8 * 1024 * 1024;

/**
 * `file` may be ':memory:'. Throws StoreError when the file is damaged, no store of ours, or one of a later format;
 * nothing on disk has changed then.
 */
export function openDatabase(file: string, { readOnly = false, patience = 5000 }: OpenOptions = {}): DatabaseSync {
  const database = openFile(file, readOnly);
  try {
    database.exec(`PRAGMA busy_timeout = ${patience}`);
    if (!readOnly) {
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000');
      if (file !== ':memory:' && statSync(file).size <= SMALL) checkPages(database, file);
      migrate(database, file);
    }
    database.exec(`PRAGMA cache_size = ${readOnly ? -8000 : -16000}; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY`);
    return database;
  } catch (error) {
    database.close();
    throw asStoreError(error, file);
  }
}

function openFile(file: string, readOnly: boolean): DatabaseSync {
  try {
    if (!readOnly && file !== ':memory:') inspect(file);
    return new DatabaseSync(file, { readOnly });
  } catch (error) {
    throw asStoreError(error, file);
  }
}

const asStoreError = (error: unknown, file: string): StoreError =>
  error instanceof StoreError
    ? error
    : new StoreError(`The database file ${file} cannot be opened: ${String(error)}`, { cause: error });

/** Throws StoreError when a page or a row of the file is damaged. */
export function checkPages(database: DatabaseSync, file: string): void {
  const found = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  if (found !== 'ok') throw new StoreError(`The database file ${file} is damaged (${String(found)}).`);
}

function migrate(database: DatabaseSync, file: string): void {
  const version = pragma(database, 'user_version');
  if (version > MIGRATIONS.length) {
    throw new StoreError(
      `The database file ${file} has format ${version}; this version of Burrow knows ${MIGRATIONS.length}.`,
    );
  }
  if (version === MIGRATIONS.length && pragma(database, 'application_id') === APPLICATION_ID) return;
  for (let step = version; step < MIGRATIONS.length; step += 1) {
    database.exec('BEGIN IMMEDIATE');
    // Another process may have been faster; a step must not be taken twice.
    if (pragma(database, 'user_version') === step) take(database, MIGRATIONS[step] ?? '', step + 1);
    database.exec('COMMIT');
  }
  // Into the file itself, where other programs look for what kind of file it is.
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA wal_checkpoint(TRUNCATE)`);
}

function take(database: DatabaseSync, migration: Migration, version: number): void {
  if (typeof migration === 'string') database.exec(migration);
  else migration(database);
  database.exec(`PRAGMA user_version = ${version}`);
}

const pragma = (database: DatabaseSync, name: 'user_version' | 'application_id'): number =>
  Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
