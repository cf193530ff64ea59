import { z } from 'zod';
import type { SyncStatus } from '../../shared/sync/status.ts';
import type { NotesStore } from '../notes/notes-store.ts';

/** The person is told for so long; found again in between, it is one story. */
const TOLD_MS = 7 * 24 * 3_600_000;
const KEY = 'restored';

const shape = z.object({ at: z.number(), notes: z.number() });

/** That Fauna had lost what it had acknowledged, as far as it is still to be told; kept over restarts. */
export const recallRestored = (notes: NotesStore, now: number): SyncStatus['restored'] => {
  const text = notes.sync.recall(KEY);
  const read = text ? shape.safeParse(JSON.parse(text)) : null;
  return read?.success && Math.abs(now - read.data.at) < TOLD_MS ? read.data : null;
};

export const rememberRestored = (notes: NotesStore, now: number, count: number): SyncStatus['restored'] => {
  const before = recallRestored(notes, now);
  const restored = { at: now, notes: (before?.notes ?? 0) + count };
  notes.sync.remember(KEY, JSON.stringify(restored));
  notes.sync.log({ event: 'restored', level: 'warning', detail: { notes: count } });
  return restored;
};
