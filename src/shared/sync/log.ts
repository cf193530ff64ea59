import { z } from 'zod';

/** One line of the persistent sync log. Never holds what a note says, nor a token. */
export const syncLogEntry = z.object({
  entry: z.number(),
  /** ms since the epoch */
  at: z.number(),
  level: z.enum(['info', 'warning', 'error']),
  /** Kebab-case, such as `pulled` or `set-aside`. */
  event: z.string(),
  /** The id of the note it is about, and its title as it is now, if it is still here. */
  note: z.string().nullable(),
  title: z.string().nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type SyncLogEntry = z.infer<typeof syncLogEntry>;
