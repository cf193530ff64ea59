import { type Failure, FailureError } from '../../shared/failure.ts';
import type { NoteSummary } from '../../shared/notes/note.ts';
import type { SetAsideNote } from '../../shared/sync/status.ts';
import { type NotesContext, tellChanged, tellQueued } from './context.ts';
import { sqliteCode } from './file/sqlite-errors.ts';
import { acknowledge, refuse } from './remote/acknowledge.ts';
import { merge } from './remote/merge.ts';
import { type BatchSize, listOutgoing, type Outgoing } from './remote/outgoing.ts';
import type { MergeOutcome, RemoteNote } from './remote/remote-note.ts';
import { resend, stepBack } from './remote/resend.ts';
import { forgetForeignWrite } from './rows/foreign-rows.ts';
import { appendLog, type LogEntry, type NewLogEntry, readLog } from './rows/log-rows.ts';
import { readMeta, writeMeta } from './rows/meta-rows.ts';
import { findNote, findSummary } from './rows/note-rows.ts';
import { setAside } from './rows/outbox-rows.ts';
import { countWaiting, listSetAside } from './rows/set-aside-rows.ts';

export interface Merged {
  id: string;
  outcome: MergeOutcome;
}

const WALK = 'sync.first';

const USUAL: ReadonlySet<MergeOutcome> = new Set(['new', 'merged']);

/** The store as the sync engine sees it: what waits, what the server said, how far it has read. */
export class SyncLedger {
  readonly #context: NotesContext;

  constructor(context: NotesContext) {
    this.#context = context;
  }

  /** What waits to be pushed, the longest waiting first; set-aside notes, and those under way already, are left out. */
  outgoing(size: BatchSize, underWay: ReadonlySet<string> = new Set()): Outgoing[] {
    return this.#file.read(() => listOutgoing(this.#context, size, underWay));
  }

  /** The server has written these. One transaction. */
  acknowledge(answers: readonly { sent: Outgoing; ts: number }[]): void {
    this.#change(() => {
      for (const { sent, ts } of answers) acknowledge(this.#context, sent, ts);
      this.#append({ event: 'pushed', detail: { notes: answers.length } });
    });
  }

  /** The server refuses this note as it is; the others go on. */
  setAside(sent: Outgoing, why: Failure): void {
    this.#change(() => {
      refuse(this.#context, sent, why);
      this.#append({ event: 'set-aside', level: 'warning', note: sent.id, detail: { code: why.code } });
    });
  }

  /** Lets set-aside notes wait again; all of them, or one. */
  retry(id: string | null = null): void {
    this.#change(() => {
      for (const note of this.setAsideNotes()) {
        if (id !== null && note.id !== id) continue;
        const row = findNote(this.#file, note.id);
        if (row) setAside(this.#file, row.nr, null);
        tellChanged(this.#context, note.id, null, null);
      }
      this.#file.prepare('UPDATE foreign_writes SET failure = NULL WHERE ? IS NULL OR id = ?').run(id, id);
      tellQueued(this.#context);
    });
  }

  /**
   * Merges what the server has, and moves the cursor with it, in one transaction. A note that cannot be merged is
   * logged and answered `unreadable`; the others are merged all the same.
   */
  apply(remotes: readonly RemoteNote[], cursor?: string): Merged[] {
    return this.#apply(remotes, { cursor }, (work) => this.#change(work));
  }

  /** The same for a first sync, which keeps where it is (`walk`): a power cut may take it back to an earlier page. */
  applyFirst(
    remotes: readonly RemoteNote[],
    place: { cursor?: string | undefined; walk?: string | undefined },
  ): Merged[] {
    return this.#apply(remotes, place, (work) => this.#change(work, 'fetched'));
  }

  /** Where the last pull ended, in the engine's own words; null before the first. */
  get cursor(): string | null {
    return this.#file.read(() => readMeta(this.#file, 'cursor'));
  }

  /** Where a first sync is, in its own words; null before it began, '' when it is done. */
  get walk(): string | null {
    return this.#file.read(() => readMeta(this.#file, WALK));
  }

  /** Any other small thing the engine must find again after a restart. */
  remember(key: string, value: string): void {
    this.#change(() => writeMeta(this.#file, `sync.${key}`, value));
  }

  recall(key: string): string | null {
    return this.#file.read(() => readMeta(this.#file, `sync.${key}`));
  }

  /** How many notes hold edits that the server has not acknowledged, all of `setAsideNotes` included. */
  get waiting(): number {
    return this.#file.read(() => countWaiting(this.#file));
  }

  /** The same as summaries, for the guard before signing out; purges that wait are not among them. */
  unsynced(): NoteSummary[] {
    return this.#file.read(() =>
      this.#file
        .prepare('SELECT n.id FROM outbox o JOIN notes n ON n.nr = o.nr WHERE n.purged_at IS NULL ORDER BY o.queued_at')
        .all()
        .flatMap((row) => findSummary(this.#file, String(row.id)) ?? []),
    );
  }

  setAsideNotes(): SetAsideNote[] {
    return this.#file.read(() => listSetAside(this.#file));
  }

  /** Every note, and the ts last taken from the server (0: none was); `live` ones are here and not purged. */
  known(): { id: string; ts: number; live: boolean }[] {
    return this.#file.read(() =>
      this.#file
        .prepare(
          `SELECT n.id, max(coalesce(n.base_ts, 0), coalesce(f.ts, 0)) AS ts, n.purged_at IS NULL AS live
           FROM notes n LEFT JOIN foreign_writes f ON f.id = n.id
           UNION ALL SELECT id, ts, 0 FROM foreign_writes WHERE id NOT IN (SELECT id FROM notes)`,
        )
        .all()
        .map((row) => ({ id: String(row.id), ts: Number(row.ts), live: row.live === 1 })),
    );
  }

  /** What another FQL client wrote into these went with them: they are not there any more. */
  forgetForeign(ids: readonly string[]): void {
    if (ids.length === 0) return;
    this.#change(() => {
      for (const id of ids) forgetForeignWrite(this.#file, id);
    });
  }

  /** The server has lost these; answers how many of them are sent again. */
  resend(ids: readonly string[]): number {
    return ids.length === 0 ? 0 : this.#change(() => resend(this.#context, ids));
  }

  /** The server has an older state of these than was merged here. Answers those that are not to be merged. */
  stepBack(older: readonly RemoteNote[]): RemoteNote[] {
    return older.length === 0 ? [] : this.#change(() => stepBack(this.#context, older));
  }

  log(entry: NewLogEntry): void {
    this.#change(() => this.#append(entry));
  }

  /** The newest first; `before` is an entry's number, to page back. */
  readLog(limit: number, before?: number): LogEntry[] {
    return this.#file.read(() => readLog(this.#file, limit, before));
  }

  get #file() {
    return this.#context.file;
  }

  #append(entry: NewLogEntry): void {
    appendLog(this.#file, this.#context.clock.now(), entry);
  }

  #merge(remote: RemoteNote, unreadable: ReadonlySet<RemoteNote>): MergeOutcome {
    if (unreadable.has(remote)) {
      this.#append({ event: 'unreadable', level: 'error', note: remote.id, detail: { ts: remote.ts } });
      return 'unreadable';
    }
    try {
      return merge(this.#context, remote);
    } catch (error) {
      // The disk's troubles are everyone's; anything else is this note's own.
      if (sqliteCode(error) !== null || error instanceof FailureError) throw error;
      throw new UnreadableNoteError(remote, { cause: error });
    }
  }

  #apply(
    remotes: readonly RemoteNote[],
    place: { cursor?: string | undefined; walk?: string | undefined },
    change: (work: () => Merged[]) => Merged[],
  ): Merged[] {
    // Rare enough to begin the batch again without the note, rather than to pay for a savepoint around each.
    const unreadable = new Set<RemoteNote>();
    for (;;) {
      try {
        return change(() => {
          const results = remotes.map((remote) => ({ id: remote.id, outcome: this.#merge(remote, unreadable) }));
          this.#logMerged(results);
          // What only its text is there of is not merged yet, so nobody may read on from behind it.
          if (results.some(({ outcome }) => outcome === 'text-only')) return results;
          if (place.cursor !== undefined) writeMeta(this.#file, 'cursor', place.cursor);
          if (place.walk !== undefined) writeMeta(this.#file, WALK, place.walk);
          return results;
        });
      } catch (error) {
        if (!(error instanceof UnreadableNoteError)) throw error;
        unreadable.add(error.remote);
      }
    }
  }

  /** One entry for all that went as usual, so that a first sync does not wash the log away; one for each of the rest. */
  #logMerged(results: readonly Merged[]): void {
    const usual = results.filter(({ outcome }) => USUAL.has(outcome)).length;
    if (usual > 0) this.#append({ event: 'pulled', detail: { notes: usual } });
    for (const { id, outcome } of results) {
      if (outcome === 'known' || outcome === 'unreadable' || outcome === 'text-only' || USUAL.has(outcome)) continue;
      this.#append({ event: 'pulled', note: id, detail: { outcome } });
    }
  }

  #change<T>(work: () => T, kind: 'transaction' | 'fetched' = 'transaction'): T {
    try {
      return this.#file[kind](work);
    } catch (error) {
      // Documents in memory may hold what the disk does not.
      this.#context.documents.clear();
      throw error;
    }
  }
}

class UnreadableNoteError extends Error {
  readonly remote: RemoteNote;

  constructor(remote: RemoteNote, options: { cause: unknown }) {
    super(`note ${remote.id} cannot be merged`, options);
    this.name = 'UnreadableNoteError';
    this.remote = remote;
  }
}
