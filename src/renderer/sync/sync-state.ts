import type { SyncStatus } from '../../shared/sync/status.ts';
import { bridge } from '../bridge.ts';
import { createStore } from '../store.ts';

/** What main last said about the sync; null until it has said something. */
export const syncStatus = createStore<SyncStatus | null>(null);

export function startSyncStatus(): () => void {
  // What comes unasked is newer than an answer that was under way.
  void bridge.sync.status().then((answer) => answer.ok && syncStatus.set((known) => known ?? answer.value));
  const stop = bridge.on('sync.changed', syncStatus.set);
  return () => {
    stop();
    syncStatus.set(null);
  };
}
