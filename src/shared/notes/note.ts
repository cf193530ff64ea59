import { z } from 'zod';
import { limits } from './limits.ts';

export { limits, NOTE_BODY, NOTE_FIELDS } from './limits.ts';

const LARGEST_ID = String(2n ** 63n - 1n);

/** A random positive 63-bit integer as a decimal string: the form Fauna accepts as a document id. */
export const noteId = z
  .string()
  .regex(/^[1-9][0-9]{0,18}$/, 'a note id is a positive whole number')
  // Every check runs, whatever the others found: digits are compared as text, which never throws.
  .refine((id) => id.length < LARGEST_ID.length || id <= LARGEST_ID, 'a note id has 63 bits at most');

/** Where a note stands with the server. */
export const noteSyncState = z.enum(['synced', 'waiting', 'set-aside']);
export type NoteSyncState = z.infer<typeof noteSyncState>;

/** Times are milliseconds since the epoch. */
export const noteSummary = z.object({
  id: noteId,
  title: z.string(),
  /** The first line or two after the title, plain text. */
  preview: z.string(),
  tags: z.array(z.string()),
  pinned: z.boolean(),
  trashedAt: z.number().nullable(),
  createdAt: z.number(),
  editedAt: z.number(),
  sync: noteSyncState,
  /** True when two devices changed the same line: the banner offers both earlier versions. */
  conflicted: z.boolean(),
  /** Written by a newer Burrow: shown, never changed. */
  readOnly: z.boolean(),
});
export type NoteSummary = z.infer<typeof noteSummary>;

/** A note as the editor opens it: `state` is a Yjs update (v1) holding the whole document. */
export const openNote = z.object({ summary: noteSummary, state: z.instanceof(Uint8Array) });
export type OpenNote = z.infer<typeof openNote>;

export const tagList = z
  .array(z.string().trim().min(1, 'a tag has at least one letter').max(limits.tagLength))
  .max(limits.tagsPerNote);
