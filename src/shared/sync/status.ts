import { z } from 'zod';
import { noteId } from '../notes/note.ts';

const failureShape = z.object({ code: z.string(), message: z.string(), mend: z.string().optional() });

/** A note that cannot be sent for now: which, why, what to do. It never blocks the others. */
export const setAsideNote = z.object({ id: noteId, title: z.string(), failure: failureShape });
export type SetAsideNote = z.infer<typeof setAsideNote>;

export const syncStatus = z.object({
  state: z.enum(['off', 'offline', 'syncing', 'synced', 'needs-sign-in', 'failed']),
  /** Notes with edits that the server has not acknowledged. */
  waiting: z.number(),
  /** While syncing: n of m. */
  progress: z.object({ done: z.number(), total: z.number().nullable() }).nullable(),
  /** When everything was last acknowledged, in ms since the epoch. */
  syncedAt: z.number().nullable(),
  setAside: z.array(setAsideNote),
  /** Fauna had lost what it had acknowledged, as after it was restored from a backup: when it was noticed, of how many notes. */
  restored: z.object({ at: z.number(), notes: z.number() }).nullable(),
  /** Why the state is `offline`, `needs-sign-in` or `failed`. */
  failure: failureShape.nullable(),
});
export type SyncStatus = z.infer<typeof syncStatus>;
