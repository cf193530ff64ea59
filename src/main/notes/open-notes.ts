import { randomUUID } from 'node:crypto';
import { type Failure, FailureError, failure } from '../../shared/failure.ts';
import type { NotesContext } from './context.ts';
import { DocumentCache } from './documents/document-cache.ts';
import { Emitter } from './emitter.ts';
import { openOrRebuild } from './file/rebuild.ts';
import type { Probe, StoreFile } from './file/store-file.ts';
import { NotesStore } from './notes-store.ts';
import { readMeta, writeMeta } from './rows/meta-rows.ts';
import { FETCHED_AGAIN, NOTE_FORMAT } from './rows/note-rows.ts';
import { listParked } from './rows/parked-rows.ts';
import { newestText } from './rows/search-rows.ts';
import type { OpenSearchDoor } from './search/door.ts';
import { sameThreadDoor } from './search/same-thread-door.ts';
import { type Clock, type Random, systemClock, systemRandom } from './surroundings.ts';
import { SyncLedger } from './sync-ledger.ts';

/** Notes merged in one transaction after an update. */
const AT_ONCE = 200;

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
    unpark(contextOn(file, { ...options, clock, random }));
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
  const { notices } = options;
  return new NotesStore({
    context: contextOn(file, options),
    search: (options.search ?? sameThreadDoor)({
      file: file.path,
      session: randomUUID(),
      newest: file.read(() => newestText(file)),
    }),
    notices,
  });
}

function contextOn(file: StoreFile, options: { device: string; clock: Clock; random: Random }): NotesContext {
  const { device, clock, random } = options;
  return {
    ...{ file, clock, random, device },
    documents: new DocumentCache(),
    events: new Emitter(),
    untold: { changed: new Set(), queued: false },
  };
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

/**
 * After an update: notes that the older Burrow could only show are merged as they were kept then; those of which nothing
 * could be kept, or which another FQL client had changed, wait for the next sync. Cut off, it is done again from the start.
 */
function unpark(context: NotesContext): void {
  const { file } = context;
  const last = Number(file.read(() => readMeta(file, 'format')) ?? NOTE_FORMAT);
  if (last === NOTE_FORMAT) return;
  file.transaction(() => {
    const understood = 'SELECT nr FROM notes WHERE format BETWEEN ? AND ?';
    file.prepare(`UPDATE outbox SET failure = NULL WHERE nr IN (${understood})`).run(last + 1, NOTE_FORMAT);
    file.prepare(`UPDATE notes SET base_ts = ? WHERE nr IN (${understood})`).run(FETCHED_AGAIN, last + 1, NOTE_FORMAT);
  });
  const ledger = new SyncLedger(context);
  let batch = listParked(file, NOTE_FORMAT, 0, AT_ONCE);
  while (batch.length > 0) {
    ledger.apply(batch.map(([, remote]) => remote));
    batch = listParked(file, NOTE_FORMAT, batch.at(-1)?.[0] ?? 0, AT_ONCE);
  }
  file.transaction(() => writeMeta(file, 'format', String(NOTE_FORMAT)));
}
