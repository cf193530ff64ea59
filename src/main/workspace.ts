import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BridgeEvents } from '../shared/bridge/events.ts';
import type { EventName } from '../shared/bridge/names.ts';
import { FailureError, failure } from '../shared/failure.ts';
import type { Account } from '../shared/identity/account.ts';
import type { NoteSummary } from '../shared/notes/note.ts';
import type { NoteVersions } from '../shared/notes/version.ts';
import type { SyncStatus } from '../shared/sync/status.ts';
import type { Fetch } from './connection/fetch.ts';
import { createDriverTransport } from './fauna/transport.ts';
import { log } from './logging/log.ts';
import { listVersions, readVersion } from './note-versions.ts';
import type { NotesStore } from './notes/notes-store.ts';
import { openNotes } from './notes/open-notes.ts';
import { workerDoor } from './notes/search/worker-door.ts';
import { systemClock, systemRandom } from './notes/surroundings.ts';
import { keepTidy } from './quiet-moments.ts';
import { createSyncEngine, type SyncEngine } from './sync/engine.ts';
import { createFaunaGateway } from './sync/fauna-gateway.ts';
import { offStatus } from './sync/report.ts';
import { systemTimers, type TokenSource } from './sync/surroundings.ts';

/** What is open for the account that is signed in: its notes and their sync. Another account has other files. */
export interface Workspace {
  /** Closes what is open and opens that account's; null closes only. */
  switchTo(account: Account | null): Promise<void>;
  /** The open notes; throws a FailureError when nobody is signed in or the file cannot be opened. */
  notes(): NotesStore;
  /** Earlier texts of a note: local ones, and Fauna's when it can be reached. */
  versions(id: string): Promise<NoteVersions>;
  versionBody(id: string, version: string): Promise<string>;
  status(): SyncStatus;
  syncNow(): void;
  /** The network or the computer woke up: whatever waits for another try is tried now. */
  reconnected(): void;
  unsynced(): Promise<NoteSummary[]>;
  close(): Promise<void>;
}

const notSignedIn = failure('not-signed-in', 'Nobody is signed in.', 'Sign in to see your notes.');

export const createWorkspace = (options: {
  folder: string;
  /** Where the built worker scripts are. */
  scripts: string;
  /** Where the notes are synced with; null: nowhere. */
  fauna: { endpoint: string; fetch: Fetch; token: TokenSource } | null;
  tell: <E extends EventName>(event: E, payload: BridgeEvents[E]) => void;
}): Workspace => {
  let open: { userId: string; notes: NotesStore; engine: SyncEngine | null; untidy: () => void } | null = null;
  let problem = notSignedIn;
  const gateway = options.fauna && createFaunaGateway(createDriverTransport(options.fauna));

  const startSync = (notes: NotesStore): SyncEngine | null => {
    if (!gateway || !options.fauna) return null;
    const engine = createSyncEngine({
      notes,
      gateway,
      token: options.fauna.token,
      clock: systemClock,
      timers: systemTimers,
      random: systemRandom,
    });
    engine.on('status', (status) => options.tell('sync.changed', status));
    engine.start();
    return engine;
  };

  const close = async (): Promise<void> => {
    const closing = open;
    open = null;
    problem = notSignedIn;
    closing?.engine?.stop();
    closing?.untidy();
    await closing?.notes.close();
  };

  const openFor = (account: Account): void => {
    const folder = join(options.folder, account.userId);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const opened = openNotes({
      file: join(folder, 'notes.db'),
      account: account.userId,
      device: hostname(),
      search: workerDoor((workerData) => new Worker(join(options.scripts, 'search-worker.cjs'), { workerData })),
    });
    for (const notice of opened.notices) log.warn(`notes: ${notice.message}`);
    opened.on('changed', (ids) => options.tell('notes.changed', { ids }));
    opened.on('updated', (id, update, origin) => {
      if (origin === null) options.tell('notes.updated', { id, update });
    });
    open = { userId: account.userId, notes: opened, engine: startSync(opened), untidy: keepTidy(opened) };
  };

  const notes = (): NotesStore => {
    if (!open) throw new FailureError(problem);
    return open.notes;
  };

  const switchNow = async (account: Account | null): Promise<void> => {
    if (open && open.userId === account?.userId) {
      // Signed in again: a token can be had now.
      open.engine?.reconnected();
      return;
    }
    await close();
    if (!account) return;
    try {
      openFor(account);
    } catch (error) {
      log.error('notes: the file could not be opened', error);
      // The window still starts and says what is wrong; the file is as it was.
      if (error instanceof FailureError) problem = error.failure;
      else throw error;
    }
  };

  // One after another: two at once would leave the notes of one account open, and syncing, unseen.
  let switching: Promise<void> = Promise.resolve();

  return {
    switchTo: (account) => {
      switching = switching.catch(() => {}).then(() => switchNow(account));
      return switching;
    },
    notes,
    versions: (id) => listVersions(notes(), open?.engine ?? null, id),
    versionBody: (id, version) => readVersion(notes(), open?.engine ?? null, id, version),
    syncNow: () => open?.engine?.syncNow(),
    reconnected: () => open?.engine?.reconnected(),
    status: () => open?.engine?.status() ?? offStatus,
    unsynced: async () => open?.notes.sync.unsynced() ?? [],
    close,
  };
};
