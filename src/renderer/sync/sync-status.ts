import type { SyncStatus } from '../../shared/sync/status.ts';
import { timeAgo } from '../ui/time.ts';

const notes = (count: number) => (count === 1 ? '1 note' : `${count} notes`);

const syncingWords = ({ done, total }: NonNullable<SyncStatus['progress']>): string =>
  total === null ? `Syncing, ${notes(done)} so far` : `Syncing ${done} of ${total}`;

/** The status in a few words, as the footer shows it. */
export function syncWords(status: SyncStatus, now: number = Date.now()): string {
  const waiting = status.waiting > 0 ? ` · ${notes(status.waiting)} waiting` : '';
  switch (status.state) {
    case 'off':
      return 'Kept on this computer';
    case 'offline':
      return `Offline${waiting}`;
    case 'syncing':
      return status.progress ? syncingWords(status.progress) : 'Syncing…';
    case 'synced':
      if (status.setAside.length > 0) return `${notes(status.setAside.length)} could not be synced`;
      return status.syncedAt === null ? 'Synced' : `Synced ${timeAgo(status.syncedAt, now)}`;
    case 'needs-sign-in':
      return `Sign in to sync${waiting}`;
    case 'failed':
      return `Not syncing${waiting}`;
  }
}

/** A new device that is still fetching for the first time: a list that is empty now may not stay so. */
export const isFirstSync = (status: SyncStatus | null): boolean =>
  status?.state === 'syncing' && status.syncedAt === null;

export type SyncTone = 'good' | 'busy' | 'quiet' | 'warn';

export function syncTone(status: SyncStatus): SyncTone {
  if (status.setAside.length > 0) return 'warn';
  switch (status.state) {
    case 'off':
    case 'offline':
      return 'quiet';
    case 'syncing':
      return 'busy';
    case 'synced':
      return 'good';
    case 'needs-sign-in':
    case 'failed':
      return 'warn';
  }
}
