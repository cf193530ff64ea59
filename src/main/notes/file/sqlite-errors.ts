import { type Failure, FailureError, failure } from '../../../shared/failure.ts';

// The primary result codes of https://sqlite.org/rescode.html; the low byte of an extended code.
const BUSY = 5;
const LOCKED = 6;
const READ_ONLY = 8;
const IO_ERROR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

/** SQLite's primary result code, or null when the error is not SQLite's. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}

export const isDamage = (error: unknown): boolean => {
  const code = sqliteCode(error);
  return code === CORRUPT || code === NOT_A_DATABASE;
};

/** Says a SQLite error in words; any other error comes back as it is. */
export function inWords(error: unknown): unknown {
  const code = sqliteCode(error);
  return code === null ? error : new FailureError(describe(code), { cause: error });
}

function describe(code: number): Failure {
  switch (code) {
    case FULL:
      return failure('disk-full', 'The disk is full, so nothing could be saved.', 'Free some space, then try again.');
    case READ_ONLY:
    case CANNOT_OPEN:
      return storeUnwritable();
    case BUSY:
    case LOCKED:
      return failure(
        'store-busy',
        'Another program holds the file that keeps your notes.',
        'Close the other program, then try again.',
      );
    case CORRUPT:
    case NOT_A_DATABASE:
      return storeDamaged();
    case IO_ERROR:
      return failure('disk-error', 'The disk reported an error.', 'Check the disk, then try again.');
    default:
      return failure('store-failed', `The file that keeps your notes could not be used (SQLite ${code}).`);
  }
}

export const storeDamaged = (): Failure =>
  failure(
    'store-damaged',
    'The file that keeps your notes is damaged.',
    'Restart Burrow: it sets the file aside and reads what it can into a new one.',
  );

export const storeUnwritable = (): Failure =>
  failure(
    'store-unwritable',
    'The file that keeps your notes cannot be opened for writing.',
    "Check that Burrow's data folder exists and that you may write to it.",
  );
