import { z } from 'zod';
import { connectionFile } from '../connection/configuration.ts';
import { connectionDescription } from '../connection/description.ts';
import { checkResult, diagnosis } from '../connection/diagnosis.ts';
import { account, clerkResources, clerkUserId, compactJwt } from '../identity/account.ts';
import { identityReport } from '../identity/who-am-i.ts';
import { limits, noteId, noteSummary, openNote, tagList } from '../notes/note.ts';
import { noteConflict, noteVersions } from '../notes/version.ts';
import { syncLogEntry } from '../sync/log.ts';
import { syncStatus } from '../sync/status.ts';
import type { OperationName } from './names.ts';

const nothing = z.undefined();
const aNote = z.object({ id: noteId });
const aVersion = aNote.extend({ version: z.string().max(64) });
const operation = <I extends z.ZodType, R extends z.ZodType>(input: I, result: R) => ({ input, result });

/**
 * The bridge's contract: every operation the window may ask of main, with the shape of its one argument and
 * of its result. Main validates the argument against `input`; `result` types the answer.
 */
export const operations = {
  'app.info': operation(
    nothing,
    z.object({ version: z.string(), platform: z.string(), host: z.enum(['electron', 'simulated']) }),
  ),
  'app.setTheme': operation(z.object({ theme: z.enum(['system', 'light', 'dark']) }), nothing),
  'app.getTheme': operation(nothing, z.enum(['system', 'light', 'dark'])),

  'connection.describe': operation(nothing, connectionDescription),
  /** Runs every check of docs/doctor.md; each is told by the event `connection.checked` as it ends. */
  'connection.diagnose': operation(
    z.object({ clerkUserId: clerkUserId.nullable(), sessionToken: compactJwt.nullable() }),
    diagnosis,
  ),
  /** Own servers from the next start on. Not saved while a check fails, unless `unchecked`. */
  'connection.choose': operation(
    z.object({ file: connectionFile, unchecked: z.boolean() }),
    z.object({ saved: z.boolean(), checks: z.array(checkResult) }),
  ),
  /** Back to the embedded stack from the next start on; what is on the servers stays there. */
  'connection.useEmbedded': operation(nothing, nothing),

  'identity.current': operation(nothing, account.nullable()),
  /** A one-time sign-in ticket for an account that lives on this computer only (embedded stack). */
  'identity.continueOnThisComputer': operation(nothing, z.object({ ticket: z.string() })),
  /** The window has a Clerk session; main verifies the token and opens that account's notes. */
  'identity.signedIn': operation(z.object({ sessionToken: compactJwt }), account),
  'identity.signOut': operation(
    z.object({ leaveUnsynced: z.boolean() }),
    z.object({ signedOut: z.boolean(), unsynced: z.array(noteSummary) }),
  ),
  /** The one message that carries the Fauna JWT, one way, in answer to the event `identity.faunaTokenWanted`. */
  'identity.provideFaunaToken': operation(z.object({ request: z.string().max(64), token: compactJwt }), nothing),
  'identity.cannotProvideFaunaToken': operation(
    z.object({ request: z.string().max(64), code: z.string().max(128), message: z.string().max(1024) }),
    nothing,
  ),
  'identity.whoAmI': operation(
    z.object({ clerkUserId: clerkUserId.nullable(), sessionToken: compactJwt.nullable() }),
    identityReport,
  ),
  'identity.cachedResources': operation(nothing, clerkResources.nullable()),
  'identity.cacheResources': operation(clerkResources, nothing),

  'notes.list': operation(nothing, z.array(noteSummary)),
  'notes.create': operation(nothing, noteSummary),
  'notes.open': operation(aNote, openNote),
  /** Answers once the edit is on disk: only then does the interface say "saved". */
  'notes.save': operation(
    z.object({
      id: noteId,
      update: z.instanceof(Uint8Array).refine((u) => u.byteLength <= limits.updateBytes, 'the edit is too large'),
    }),
    noteSummary,
  ),
  'notes.setPinned': operation(aNote.extend({ pinned: z.boolean() }), noteSummary),
  'notes.setTags': operation(aNote.extend({ tags: tagList }), noteSummary),
  'notes.trash': operation(aNote, noteSummary),
  'notes.restore': operation(aNote, noteSummary),
  'notes.purge': operation(aNote, nothing),
  'notes.search': operation(
    z.object({ query: z.string().max(limits.queryLength) }),
    z.array(z.object({ id: noteId, /** Plain text; matches between U+0002 and U+0003. */ snippet: z.string() })),
  ),

  /** The named notes as they are now; one that is gone is left out. For keeping a list current after `notes.changed`. */
  'notes.summaries': operation(z.object({ ids: z.array(noteId).max(10_000) }), z.array(noteSummary)),
  /** Earlier texts: local ones always, Fauna's history when it can be reached. */
  'notes.versions': operation(aNote, noteVersions),
  'notes.versionBody': operation(aVersion, z.object({ body: z.string() })),
  /** Makes an earlier text the text of the note, as a new edit. */
  'notes.restoreVersion': operation(aVersion, noteSummary),
  'notes.conflict': operation(aNote, noteConflict.nullable()),
  /** Closes the banner, keeping the merged text or going back to one side, as a new edit. Nothing is lost either way. */
  'notes.resolveConflict': operation(aNote.extend({ keep: z.enum(['merged', 'mine', 'theirs']) }), noteSummary),
  /** Main asks for a folder and writes one Markdown file a note; null when the person cancelled. */
  'notes.exportMarkdown': operation(
    z.object({ ids: z.array(noteId).min(1).max(100_000) }),
    z.object({ folder: z.string(), notes: z.number() }).nullable(),
  ),

  'sync.status': operation(nothing, syncStatus),
  'sync.now': operation(nothing, nothing),
  /** The network is back: what waits for another try is tried at once, and what was under way is asked again. */
  'sync.reconnected': operation(nothing, nothing),
  /** Lets set-aside notes be sent again: one, or all of them. */
  'sync.retry': operation(z.object({ id: noteId.nullable() }), nothing),
  /** The persistent log, the newest entry first; `before` (an entry's number) pages back. */
  'sync.log': operation(
    z.object({ limit: z.number().int().min(1).max(500), before: z.number().int().positive().nullable() }),
    z.array(syncLogEntry),
  ),
  /** Main asks for a file and writes the log with titles and addresses masked; null when the person cancelled. */
  'sync.exportLog': operation(nothing, z.object({ file: z.string() }).nullable()),
} as const satisfies Record<OperationName, { input: z.ZodType; result: z.ZodType }>;

type Operations = typeof operations;
export type Input<N extends OperationName> = z.input<Operations[N]['input']>;
export type Result<N extends OperationName> = z.output<Operations[N]['result']>;
