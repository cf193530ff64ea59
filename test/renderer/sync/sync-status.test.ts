import { describe, expect, test } from 'vitest';
import { isFirstSync, syncTone, syncWords } from '../../../src/renderer/sync/sync-status.ts';
import type { SyncStatus } from '../../../src/shared/sync/status.ts';

const now = 10_000_000;
const status = (change: Partial<SyncStatus>): SyncStatus => ({
  state: 'synced',
  waiting: 0,
  progress: null,
  syncedAt: null,
  setAside: [],
  restored: null,
  failure: null,
  ...change,
});

describe('the sync status in words', () => {
  test.each([
    [{ state: 'off' }, 'Kept on this computer'],
    [{ state: 'offline', waiting: 1 }, 'Offline · 1 note waiting'],
    [{ state: 'offline' }, 'Offline'],
    [{ state: 'syncing', progress: { done: 3, total: 9 } }, 'Syncing 3 of 9'],
    [{ state: 'syncing', progress: { done: 1, total: null } }, 'Syncing, 1 note so far'],
    [{ state: 'syncing' }, 'Syncing…'],
    [{ state: 'synced', syncedAt: now - 5 * 60_000 }, 'Synced 5 min ago'],
    [{ state: 'needs-sign-in', waiting: 4 }, 'Sign in to sync · 4 notes waiting'],
    [{ state: 'failed' }, 'Not syncing'],
  ] as [Partial<SyncStatus>, string][])('%j', (change, words) => {
    expect(syncWords(status(change), now)).toBe(words);
  });

  test('a note that was set aside is never hidden behind "synced"', () => {
    const aside = status({
      setAside: [{ id: '1', title: 'Deed', failure: { code: 'too-large', message: 'Too large.' } }],
    });
    expect(syncWords(aside, now)).toBe('1 note could not be synced');
    expect(syncTone(aside)).toBe('warn');
    expect(syncTone({ ...aside, state: 'offline' })).toBe('warn');
  });
});

test('only a device that has never been in step yet is on its first sync', () => {
  expect(isFirstSync(null)).toBe(false);
  expect(isFirstSync(status({ state: 'syncing' }))).toBe(true);
  expect(isFirstSync(status({ state: 'offline' }))).toBe(false);
  expect(isFirstSync(status({ state: 'syncing', syncedAt: now }))).toBe(false);
});
