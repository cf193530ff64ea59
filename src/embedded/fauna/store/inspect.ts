/** Looks at a file before it is opened for writing, so that what is not ours stays as it is. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { MIGRATIONS } from './migrations.ts';

export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/** In the header of every file of ours: "FauB". */
export const APPLICATION_ID = 0x46617542;
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');
/** Where SQLite's header has what (https://www.sqlite.org/fileformat.html). */
const HEADER = { length: 100, pageSize: 16, pages: 28, userVersion: 60, applicationId: 68 } as const;
const TABLES = ['documents', 'entries', 'lookups', 'counters'];

/** Throws StoreError unless the file is absent, empty or a store this version can open. Changes nothing. */
export function inspect(file: string): void {
  const size = sizeOf(file);
  if (size === 0) return;
  const header = readHeader(file);
  if (header.length < HEADER.length || !header.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new StoreError(`The file ${file} is not a database.`);
  }
  const application = header.readUInt32BE(HEADER.applicationId);
  if (application !== 0 && application !== APPLICATION_ID) {
    throw new StoreError(`The database file ${file} belongs to another program.`);
  }
  const version = header.readUInt32BE(HEADER.userVersion);
  if (application === APPLICATION_ID && version > MIGRATIONS.length) {
    throw new StoreError(
      `The database file ${file} has format ${version}; this version of Burrow knows ${MIGRATIONS.length}.`,
    );
  }
  const pageSize = header.readUInt16BE(HEADER.pageSize);
  const bytes = header.readUInt32BE(HEADER.pages) * (pageSize === 1 ? 65_536 : pageSize);
  // A log that is still there may hold what the file lacks.
  if (size < bytes && sizeOf(`${file}-wal`) === 0) {
    throw new StoreError(`The database file ${file} is damaged: ${bytes - size} bytes at its end are missing.`);
  }
  if (application === 0) refuseForeignTables(file);
}

/** A file that was being made when the machine stopped has no mark yet, but no tables of others either. */
function refuseForeignTables(file: string): void {
  let tables: string[];
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      tables = database
        .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
        .all()
        .map((row) => String(row.name));
    } finally {
      database.close();
    }
  } catch (error) {
    throw new StoreError(`The database file ${file} is damaged: ${String(error)}`, { cause: error });
  }
  if (tables.length > 0 && !TABLES.every((name) => tables.includes(name))) {
    throw new StoreError(`The database file ${file} belongs to another program.`);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function readHeader(file: string): Buffer {
  const header = Buffer.alloc(HEADER.length);
  const handle = openSync(file, 'r');
  try {
    return header.subarray(0, readSync(handle, header, 0, HEADER.length, 0));
  } finally {
    closeSync(handle);
  }
}
