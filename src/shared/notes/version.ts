import { z } from 'zod';

/** An earlier text of a note: kept on this computer, or in Fauna's history of the document. */
export const noteVersion = z.object({
  /** Names the version to main; the window gives it back as it is. */
  version: z.string().max(64),
  /** ms since the epoch */
  at: z.number(),
  where: z.enum(['this-computer', 'fauna']),
  /** Why it was kept: `edit`, `deletion`, `remote`, `conflict`, `restore`, `purged-elsewhere`, `repair`, `history`. */
  reason: z.string(),
});
export type NoteVersion = z.infer<typeof noteVersion>;

/** Earlier texts, the newest first, and why Fauna's are not among them; null when they are, or when there is no Fauna. */
export const noteVersions = z.object({
  versions: z.array(noteVersion),
  missing: z.object({ code: z.string(), message: z.string(), mend: z.string().optional() }).nullable(),
});
export type NoteVersions = z.infer<typeof noteVersions>;

/** Two devices changed the same line: what each of them had. The note itself holds the merged text. */
export const noteConflict = z.object({ at: z.number(), mine: z.string(), theirs: z.string() });
export type NoteConflict = z.infer<typeof noteConflict>;
