import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BridgeEvents } from '../shared/bridge/events.ts';
import type { EventName } from '../shared/bridge/names.ts';
import { FailureError, failure } from '../shared/failure.ts';
import type { Account } from '../shared/identity/account.ts';
import type { NoteSummary } from '../shared/notes/note.ts';
import type { NoteVersion } from '../shared/notes/version.ts';
import type { SyncStatus } from '../shared/sync/status.ts';
import { log } from './logging/log.ts';
import type { NotesStore } from './notes/notes-store.ts';
import { openNotes } from './notes/open-notes.ts';
import { workerDoor } from './notes/search/worker-door.ts';

/** What is open for the account that is signed in: its notes. Another account has other files. */
export interface Workspace {
  /** Closes what is open and opens that account's; null closes only. */
  switchTo(account: Account | null): Promise<void>;
  /** The open notes; throws a FailureError when nobody is signed in or the file cannot be opened. */
  notes(): NotesStore;
  /** Earlier texts of a note, the newest first: local ones, and Fauna's when it can be reached. */
  versions(id: string): Promise<NoteVersion[]>;
  versionBody(id: string, version: string): Promise<string>;
  status(): SyncStatus;
  syncNow(): void;
  unsynced(): Promise<NoteSummary[]>;
  close(): Promise<void>;
}

const notSignedIn = failure('not-signed-in', 'Nobody is signed in.', 'Sign in to see your notes.');

export const createWorkspace = (options: {
  folder: string;
  /** Where the built worker scripts are. */
  scripts: string;
  tell: <E extends EventName>(event: E, payload: BridgeEvents[E]) => void;
}): Workspace => {
  let open: { userId: string; notes: NotesStore } | null = null;
  let problem = notSignedIn;

  const close = async (): Promise<void> => {
    const closing = open;
    open = null;
    problem = notSignedIn;
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
    open = { userId: account.userId, notes: opened };
  };

  const notes = (): NotesStore => {
    if (!open) throw new FailureError(problem);
    return open.notes;
  };

  return {
    switchTo: async (account) => {
      if (open && open.userId === account?.userId) return;
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
    },
    notes,
    versions: async (id) =>
      notes()
        .versions(id)
        .map(({ version, at, reason }) => ({
          version: `local:${version}`,
          at,
          where: 'this-computer' as const,
          reason,
        })),
    versionBody: async (id, version) => notes().versionBody(id, Number(version.replace(/^local:/, ''))),
    syncNow: () => {},
    status: () => ({ state: 'off', waiting: 0, progress: null, syncedAt: null, setAside: [], failure: null }),
    unsynced: async () => (open ? open.notes.list().filter((note) => note.sync !== 'synced') : []),
    close,
  };
};
