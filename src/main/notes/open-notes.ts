import { randomUUID } from 'node:crypto';
import { type Failure, FailureError, failure } from '../../shared/failure.ts';
import { DocumentCache } from './documents/document-cache.ts';
import { Emitter } from './emitter.ts';
import { openOrRebuild } from './file/rebuild.ts';
import type { Probe, StoreFile } from './file/store-file.ts';
import { NotesStore } from './notes-store.ts';
import { readMeta, writeMeta } from './rows/meta-rows.ts';
import { FETCHED_AGAIN, NOTE_FORMAT } from './rows/note-rows.ts';
import { newestText } from './rows/search-rows.ts';
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
 * `store-newer`, `store-other-account`, `store-unwritable`, `disk-full`…; in all of these the file is untouched. A damaged
 * file is rebuilt and set aside; `notices` of the store says so.
 */
export function openNotes(options: OpenNotesOptions): NotesStore {
  const clock = options.clock ?? systemClock;
  const random = options.random ?? systemRandom;
  const { file, notices } = openOrRebuild(options.file, clock, random, options.probe);
  try {
    claim(file, options.account);
    unpark(file);
    return storeOn(file, { ...options, clock, random, notices });
  } catch (error) {
    file.close();
    throw error;
  }
}

/** A store on a file that is open already. */
export function storeOn(
  file: StoreFile,
  options: Pick<OpenNotesOptions, 'device' | 'search'> & { clock: Clock; random: Random; notices: Failure[] },
): NotesStore {
  const { device, clock, random, notices } = options;
  return new NotesStore({
    context: {
      file,
      clock,
      random,
      device,
      documents: new DocumentCache(),
      events: new Emitter(),
      untold: { changed: new Set(), queued: false },
    },
    search: (options.search ?? sameThreadDoor)({
      file: file.path,
      session: randomUUID(),
      newest: file.read(() => newestText(file)),
    }),
    notices,
  });
}

function claim(file: StoreFile, account: string): void {
  const owner = file.read(() => readMeta(file, 'account'));
  if (owner === account) return;
  if (owner !== null) {
    throw new FailureError(
      failure('store-other-account', 'The file where your notes should be holds the notes of another account.'),
    );
  }
  file.transaction(() => {
    writeMeta(file, 'account', account);
    writeMeta(file, 'format', String(NOTE_FORMAT));
  });
}

/** After an update: notes that the older Burrow could only show are fetched again, whole, and merged. */
function unpark(file: StoreFile): void {
  const last = Number(file.read(() => readMeta(file, 'format')) ?? NOTE_FORMAT);
  if (last === NOTE_FORMAT) return;
  file.transaction(() => {
    const understood = 'SELECT nr FROM notes WHERE format BETWEEN ? AND ?';
    file.prepare(`UPDATE outbox SET failure = NULL WHERE nr IN (${understood})`).run(last + 1, NOTE_FORMAT);
    file.prepare(`UPDATE notes SET base_ts = ? WHERE nr IN (${understood})`).run(FETCHED_AGAIN, last + 1, NOTE_FORMAT);
    writeMeta(file, 'format', String(NOTE_FORMAT));
  });
}
