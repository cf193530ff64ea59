import * as Y from 'yjs';
import { type Failure, FailureError, failure } from '../../shared/failure.ts';
import type { NoteSummary, OpenNote } from '../../shared/notes/note.ts';
import {
  announce,
  documentOf,
  type NotesContext,
  type NotesEvents,
  type Origin,
  tellChanged,
  tellQueued,
} from './context.ts';
import { type Applied, applyUpdate, observed } from './documents/apply-update.ts';
import { materialise } from './documents/materialise.ts';
import { bodyOf, emptyDocument, encodeDocument, type NoteFields, setFields } from './documents/note-document.ts';
import { replaceBody } from './documents/replace-body.ts';
import { noteMissing, noteReadOnly, updateInWords } from './failures.ts';
import { storeDamaged } from './file/sqlite-errors.ts';
import type { StoreFile } from './file/store-file.ts';
import { newClientId, newNoteId } from './ids.ts';
import { type Conflict, findConflict, forgetConflict } from './rows/conflict-rows.ts';
import { appendUpdate, forgetDocument, hasDocument, writeState } from './rows/document-rows.ts';
import { findNote, findSummary, insertNote, listSummaries, NOTE_FORMAT, type NoteRow } from './rows/note-rows.ts';
import { queue, rebase } from './rows/outbox-rows.ts';
import { forgetNote, indexedBody } from './rows/search-rows.ts';
import {
  DELETION_KEPT,
  keepVersion,
  lastVersionAt,
  listVersions,
  VERSION_EVERY,
  type VersionReason,
  type VersionRow,
  versionBody,
} from './rows/version-rows.ts';
import type { SearchDoor, SearchHit } from './search/door.ts';
import { SyncLedger } from './sync-ledger.ts';
import { tidy } from './tidy.ts';

export interface NotesStoreParts {
  context: NotesContext;
  search: SearchDoor;
  notices: Failure[];
}

/** The notes of one account on this device. Methods throw FailureError; when one returns, its work is on disk. */
export class NotesStore {
  /** What happened at opening that the person should be told. */
  readonly notices: readonly Failure[];
  /** The same notes as the sync engine sees them. */
  readonly sync: SyncLedger;
  readonly #context: NotesContext;
  readonly #search: SearchDoor;

  constructor(parts: NotesStoreParts) {
    this.#context = parts.context;
    this.#search = parts.search;
    this.notices = parts.notices;
    this.sync = new SyncLedger(parts.context);
    this.#file.onCommitted = () => announce(parts.context);
    parts.context.events.on('changed', (ids) => this.#search.changed(ids.length));
  }

  on<E extends keyof NotesEvents>(event: E, listener: (...args: NotesEvents[E]) => void): () => void {
    return this.#context.events.on(event, listener);
  }

  /** Every note, those in the trash included, the last edited first. */
  list(): NoteSummary[] {
    return this.#file.read(() => listSummaries(this.#file));
  }

  /** The summaries of these notes; one that is gone is left out. For keeping a list current after `changed`. */
  summaries(ids: readonly string[]): NoteSummary[] {
    return this.#file.read(() => ids.flatMap((id) => findSummary(this.#file, id) ?? []));
  }

  create(initial: { body?: string; tags?: string[] } = {}): NoteSummary {
    const now = this.#context.clock.now();
    const id = newNoteId(this.#context.random);
    const doc = emptyDocument(newClientId(this.#context.random));
    setFields(doc, { createdAt: now, tags: initial.tags ?? [] });
    if (initial.body) replaceBody(doc, initial.body);
    return this.#file.transaction(() => {
      const row = insertNote(this.#file, id, now);
      writeState(this.#file, row.nr, encodeDocument(doc));
      materialise(this.#file, row, doc, { body: true, editedAt: now });
      queue(this.#file, row, () => '', now);
      this.#file.afterCommit(() => this.#context.documents.set(row.nr, doc));
      tellChanged(this.#context, id, null, null);
      tellQueued(this.#context);
      return this.#summary(id);
    });
  }

  open(id: string): OpenNote {
    return this.#file.read(() => {
      const row = this.#found(id);
      return { summary: this.#summary(id), state: encodeDocument(documentOf(this.#context, row)) };
    });
  }

  /** Takes a Yjs update from an editor. The same update twice is one edit. */
  save(id: string, update: Uint8Array, origin: Origin | null = null): NoteSummary {
    return this.#edit(this.#editable(id, true), origin, (doc) => applyUpdate(doc, update));
  }

  setPinned(id: string, pinned: boolean): NoteSummary {
    return this.#set(id, { pinned });
  }

  setTags(id: string, tags: string[]): NoteSummary {
    return this.#set(id, { tags });
  }

  trash(id: string): NoteSummary {
    return this.#set(id, { trashedAt: this.#context.clock.now() });
  }

  restore(id: string): NoteSummary {
    return this.#set(id, { trashedAt: null });
  }

  /** Deletes the note, its versions and its text from this device for good, and leaves a tombstone to be pushed. */
  purge(id: string): void {
    const row = this.#editable(id, false);
    const now = this.#context.clock.now();
    this.#file.transaction(() => {
      const snapshot = Y.encodeSnapshot(Y.snapshot(documentOf(this.#context, row)));
      queue(this.#file, row, () => '', now);
      rebase(this.#file, row.nr, '', false);
      forgetNote(this.#file, row.nr);
      forgetDocument(this.#file, row.nr);
      for (const table of ['versions', 'conflicts', 'parked_notes']) {
        this.#file.prepare(`DELETE FROM ${table} WHERE nr = ?`).run(row.nr);
      }
      this.#file
        .prepare(
          `UPDATE notes SET title = '', preview = '', tags = '[]', purged_at = ?, purged_snapshot = ? WHERE nr = ?`,
        )
        .run(now, snapshot, row.nr);
      this.#file.afterCommit(() => this.#context.documents.drop(row.nr));
      tellChanged(this.#context, id, null, null);
      tellQueued(this.#context);
    });
  }

  search(query: string, caller?: string): Promise<SearchHit[]> {
    return this.#search.search(query, caller);
  }

  /** Earlier texts of a note that this device keeps, the newest first. */
  versions(id: string): VersionRow[] {
    return this.#file.read(() => listVersions(this.#file, this.#found(id).nr));
  }

  /** The text of a note as it is now. */
  body(id: string): string {
    return this.#file.read(() => bodyOf(documentOf(this.#context, this.#found(id))));
  }

  versionBody(id: string, version: number): string {
    const body = this.#file.read(() => versionBody(this.#file, this.#found(id).nr, version));
    if (body === undefined) throw new FailureError(failure('version-missing', 'This version is not kept any more.'));
    return body;
  }

  /** Makes an earlier text the text of the note, as a new edit. */
  restoreBody(id: string, body: string): NoteSummary {
    return this.#edit(this.#editable(id, false), null, (doc) => observed(doc, () => replaceBody(doc, body)), 'restore');
  }

  /** The two texts of a note whose same line was changed on two devices; null when there is no such conflict. */
  conflict(id: string): Conflict | null {
    return this.#file.read(() => findConflict(this.#file, this.#found(id).nr));
  }

  /** The person has seen the conflict and is content. Both texts stay among the versions. */
  resolveConflict(id: string): NoteSummary {
    return this.#file.transaction(() => {
      if (forgetConflict(this.#file, this.#found(id).nr)) tellChanged(this.#context, id, null, null);
      return this.#summary(id);
    });
  }

  /** Housekeeping for a quiet moment (see tidy.ts); the search index merges itself meanwhile. */
  tidy(): void {
    tidy(this.#file, this.#context.clock.now());
    this.#search.tidy();
  }

  /** Once search knows everything that is saved by now; a search waits for that by itself. */
  indexed(): Promise<void> {
    return this.#search.indexed();
  }

  /** Looks at every page of the file, off this thread. A failure to show, or null when all is well. */
  async check(): Promise<Failure | null> {
    const found = await this.#search.check();
    if (found === null) return null;
    this.#file.suspect();
    return storeDamaged();
  }

  async close(): Promise<void> {
    // The reader first: the last connection to close is the one that folds the log into the file.
    await this.#search.close();
    this.#context.documents.clear();
    this.#file.close();
  }

  get #file(): StoreFile {
    return this.#context.file;
  }

  #set(id: string, fields: Partial<NoteFields>): NoteSummary {
    return this.#edit(this.#editable(id, false), null, (doc) => observed(doc, () => setFields(doc, fields)));
  }

  /** One edit of this device: document, readable columns, search row, version and outbox row in one transaction. */
  #edit(row: NoteRow, origin: Origin | null, edit: (doc: Y.Doc) => Applied, reason?: VersionReason): NoteSummary {
    const now = this.#context.clock.now();
    try {
      return this.#file.transaction(() => {
        const doc = documentOf(this.#context, row);
        const { update, bodyChanged, removed } = edit(doc);
        if (update === null) return this.#summary(row.id);
        if (bodyChanged) this.#keepVersion(row.nr, removed, now, reason);
        queue(this.#file, row, () => indexedBody(this.#file, row.nr), now);
        appendUpdate(this.#file, row.nr, update, doc);
        materialise(this.#file, row, doc, { body: bodyChanged, editedAt: bodyChanged ? now : row.edited_at });
        if (row.purged_at !== null) this.#revive(row.nr);
        tellChanged(this.#context, row.id, update, origin);
        tellQueued(this.#context);
        return this.#summary(row.id);
      });
    } catch (error) {
      // The document in memory may hold what the disk does not.
      this.#context.documents.drop(row.nr);
      throw updateInWords(error);
    }
  }

  #keepVersion(nr: number, removed: number, now: number, reason?: VersionReason): void {
    const large = removed >= DELETION_KEPT;
    if (!reason && !large && now - lastVersionAt(this.#file, nr) < VERSION_EVERY) return;
    keepVersion(this.#file, nr, reason ?? (large ? 'deletion' : 'edit'), indexedBody(this.#file, nr), now);
  }

  /** A note purged on another device while it was being edited here: the edit wins. */
  #revive(nr: number): void {
    this.#file.prepare('UPDATE notes SET purged_at = NULL WHERE nr = ?').run(nr);
  }

  #found(id: string): NoteRow {
    const row = findNote(this.#file, id);
    if (!row || row.purged_at !== null) throw noteMissing();
    return row;
  }

  #editable(id: string, revive: boolean): NoteRow {
    return this.#file.read(() => {
      const row = findNote(this.#file, id);
      if (!row) throw noteMissing();
      if (row.purged_at !== null && !(revive && hasDocument(this.#file, row.nr))) throw noteMissing();
      if (row.format > NOTE_FORMAT || row.parked === 1) throw noteReadOnly(row.format <= NOTE_FORMAT);
      return row;
    });
  }

  #summary(id: string): NoteSummary {
    const summary = findSummary(this.#file, id);
    if (!summary) throw noteMissing();
    return summary;
  }
}
