import type { Failure } from '../../shared/failure.ts';
import type { SyncStatus } from '../../shared/sync/status.ts';
import type { NotesStore } from '../notes/notes-store.ts';
import type { Progress } from './session.ts';

/** What the engine knows of itself; the store knows the rest of the status. */
export interface EngineState {
  running: boolean;
  /** Everything was acknowledged and pulled at least once since the start or the last problem. */
  settled: boolean;
  problem: { state: 'offline' | 'needs-sign-in' | 'failed'; failure: Failure } | null;
  progress: Progress | null;
  syncedAt: number | null;
  restored: SyncStatus['restored'];
}

export const offStatus: SyncStatus = {
  state: 'off',
  waiting: 0,
  progress: null,
  syncedAt: null,
  setAside: [],
  restored: null,
  failure: null,
};

/** The status as the window shows it (src/shared/sync/status.ts). */
export const describeStatus = (notes: NotesStore, engine: EngineState): SyncStatus => {
  const waiting = notes.sync.waiting;
  const setAside = notes.sync.setAsideNotes();
  const busy = !engine.settled || engine.progress !== null || waiting > setAside.length;
  const { problem } = engine;
  return {
    state: !engine.running ? 'off' : problem ? problem.state : busy ? 'syncing' : 'synced',
    waiting,
    progress: problem ? null : engine.progress,
    syncedAt: engine.syncedAt,
    setAside: setAside.map(({ id, title, failure }) => ({ id, title, failure: plain(failure) })),
    restored: engine.restored,
    failure: problem ? plain(problem.failure) : null,
  };
};

/** Without keys that say nothing: what crosses the bridge is compared as text. */
const plain = ({ code, message, mend }: Failure) => ({ code, message, ...(mend ? { mend } : {}) });
