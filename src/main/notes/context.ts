import type * as Y from 'yjs';
import type { DocumentCache } from './documents/document-cache.ts';
import type { Emitter } from './emitter.ts';
import type { StoreFile } from './file/store-file.ts';
import { newClientId } from './ids.ts';
import { readDocument } from './rows/document-rows.ts';
import type { NoteRow } from './rows/note-rows.ts';
import type { Clock, Random } from './surroundings.ts';

/** Who made an edit, as the caller names its windows; comes back with `updated` so that a window skips its own. */
export type Origin = string;

export type NotesEvents = {
  /** The list changed for these notes. */
  changed: [ids: string[]];
  /** The document of a note changed: an update for whoever has it open. `origin` made it (null: not a window). */
  updated: [id: string, update: Uint8Array, origin: Origin | null];
  /** The outbox changed: something waits, or waits no more. */
  queued: [];
};

/** What the local operations and the sync side of one open store share. */
export interface NotesContext {
  file: StoreFile;
  clock: Clock;
  random: Random;
  /** Names this device in the notes it writes. */
  device: string;
  documents: DocumentCache;
  events: Emitter<NotesEvents>;
  /** What the transaction that has just ended changed, not told yet. */
  untold: { changed: Set<string>; queued: boolean };
}

/**
 * The document of a note, from memory or disk. Who changes it does so inside a transaction, and drops it from
 * `documents` when that fails: the document in memory must never hold what the disk does not.
 */
export function documentOf(context: NotesContext, row: NoteRow): Y.Doc {
  const cached = context.documents.get(row.nr);
  if (cached) return cached;
  const doc = readDocument(context.file, row.nr, newClientId(context.random));
  context.documents.set(row.nr, doc);
  return doc;
}

/** Once the transaction is on disk: tells the open editors of the update, and the lists of the note. */
export function tellChanged(context: NotesContext, id: string, update: Uint8Array | null, origin: Origin | null): void {
  context.file.afterCommit(() => {
    if (update) context.events.emit('updated', id, update, origin);
    context.untold.changed.add(id);
  });
}

export function tellQueued(context: NotesContext): void {
  context.file.afterCommit(() => {
    context.untold.queued = true;
  });
}

/** One event for all the notes of a transaction. */
export function announce(context: NotesContext): void {
  const { changed, queued } = context.untold;
  context.untold = { changed: new Set(), queued: false };
  if (changed.size > 0) context.events.emit('changed', [...changed]);
  if (queued) context.events.emit('queued');
}
