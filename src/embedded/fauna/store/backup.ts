/** Copies of a root's file, made while it is in use, and putting one back. */
import { closeSync, constants, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { inspect, StoreError } from './inspect.ts';
import { checkPages } from './open.ts';

/**
 * Copies the newest commit to a file that is not there yet; `target` appears when the copy is whole and on disk, not
 * before. Whoever has the file open may go on writing. Throws StoreError.
 */
export async function backUp(file: string, target: string): Promise<void> {
  if (!existsSync(file)) throw new StoreError(`There is no database file ${file}.`);
  if (existsSync(target)) throw new StoreError(`The file ${target} is already there; a backup overwrites nothing.`);
  inspect(file);
  const unfinished = `${target}.part`;
  rmSync(unfinished, { force: true });
  // A connection of its own: SQLite copies on another thread, and one that is written through meanwhile makes it fail.
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    // One snapshot from the first page to the last: without it, SQLite begins again at every commit of anybody else.
    database.exec('BEGIN; SELECT count(*) FROM sqlite_schema');
    await backup(database, unfinished, { rate: 10_000 });
    toDisk(unfinished);
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  } finally {
    database.close();
  }
}

/**
 * Puts a backup in the place of a root's file that nobody has open; what was there stays beside it under another name,
 * which is answered. Throws StoreError when the backup is no whole store or the file is in use.
 */
export function restore(source: string, file: string): { readonly kept: string | undefined } {
  if (!existsSync(source)) throw new StoreError(`There is no backup ${source}.`);
  inspect(source);
  const checked = new DatabaseSync(source, { readOnly: true });
  try {
    checkPages(checked, source);
  } catch (error) {
    throw error instanceof StoreError
      ? error
      : new StoreError(`The backup ${source} is damaged: ${String(error)}`, { cause: error });
  } finally {
    checked.close();
  }
  const unfinished = `${file}.part`;
  copyFileSync(source, unfinished, constants.COPYFILE_FICLONE);
  toDisk(unfinished);
  const kept = setAside(file);
  renameSync(unfinished, file);
  return { kept };
}

function setAside(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  foldIn(file);
  const kept = `${file}.before-${new Date().toISOString().replaceAll(':', '-')}`;
  renameSync(file, kept);
  return kept;
}

/** Brings what the log holds into the file; fails when anyone else has it open. */
function foldIn(file: string): void {
  let mode: unknown;
  try {
    const database = new DatabaseSync(file);
    try {
      mode = database.prepare('PRAGMA journal_mode = DELETE').get()?.journal_mode;
    } finally {
      database.close();
    }
  } catch (error) {
    if (!/locked|busy/i.test(String(error))) return;
  }
  if (mode !== 'delete') throw new StoreError(`The database file ${file} is in use; end Burrow first.`);
}

function toDisk(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
