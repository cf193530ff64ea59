import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FailureError, failure } from '../../../shared/failure.ts';
import { migrations } from './migrations.ts';

/**
 * Opens the one file of the embedded Clerk, makes or migrates it, and leaves it readable by its owner alone (it holds
 * the digests of passwords). Failures: `clerk-database-unreadable`, `clerk-database-newer`.
 */
export function openDatabase(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // SQLite gives its side files the mode of the database, so the mode has to be right before it opens it.
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 5000 });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    migrate(database);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof FailureError) throw error;
    throw new FailureError(
      failure(
        'clerk-database-unreadable',
        'The file with the accounts of this computer cannot be read.',
        `Put back a copy of ${file}, or move it away to start with no accounts.`,
      ),
      { cause: error },
    );
  }
}

function migrate(database: DatabaseSync): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (version > migrations.length) {
    throw new FailureError(
      failure(
        'clerk-database-newer',
        'The accounts of this computer were last used by a newer Burrow.',
        'Update Burrow and start it again.',
      ),
    );
  }
  for (let next = version; next < migrations.length; next += 1) {
    database.exec(`BEGIN IMMEDIATE; ${migrations[next]}; PRAGMA user_version = ${next + 1}; COMMIT;`);
  }
}
