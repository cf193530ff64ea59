import { type Failure, FailureError, failure } from '../../shared/failure.ts';
import { openFile } from './file/open-file.ts';
import type { Probe, StoreFile } from './file/store-file.ts';
import { NotesStore } from './notes-store.ts';
import { readMeta, writeMeta } from './rows/meta-rows.ts';
import type { OpenSearchDoor } from './search/door.ts';
import { sameThreadDoor } from './search/same-thread-door.ts';
import { type Clock, type Random, systemClock, systemRandom } from './surroundings.ts';

export interface OpenNotesOptions {
  /** Path of the SQLite file; its folder exists. */
  file: string;
  /** Whose notes these are: the token's `sub`. A file of another account is refused. */
  account: string;
  device: string;
  clock?: Clock;
  random?: Random;
  /** The app gives `workerDoor(…)`; the default searches in this thread. */
  search?: OpenSearchDoor;
  /** See StoreFile: for the simulation. */
  probe?: Probe;
}

/**
 * Opens the notes of one account, making the file if there is none. Throws FailureError: `store-foreign`,
 * `store-newer`, `store-other-account`, `store-unwritable`, `disk-full`…; in all of these the file is untouched.
 */
export function openNotes(options: OpenNotesOptions): NotesStore {
  const notices: Failure[] = [];
  const file = openFile(options.file, options.probe);
  try {
    claim(file, options.account);
    return new NotesStore({
      file,
      clock: options.clock ?? systemClock,
      random: options.random ?? systemRandom,
      device: options.device,
      search: (options.search ?? sameThreadDoor)(options.file),
      notices,
    });
  } catch (error) {
    file.close();
    throw error;
  }
}

function claim(file: StoreFile, account: string): void {
  const owner = file.read(() => readMeta(file, 'account'));
  if (owner === account) return;
  if (owner !== null) {
    throw new FailureError(
      failure('store-other-account', 'The file where your notes should be holds the notes of another account.'),
    );
  }
  file.transaction(() => writeMeta(file, 'account', account));
}
