import * as Y from 'yjs';
import { emptyDocument, encodeDocument, isComplete } from '../documents/note-document.ts';
import type { StoreFile } from '../file/store-file.ts';

/** Updates are appended until they are this many, or weigh as much as the state and no less than this. */
const COMPACT_AFTER_UPDATES = 64;
const COMPACT_AFTER_BYTES = 32 * 1024;

/** A note's document as it is on disk. Throws when what is there is not a document. */
export function readDocument(file: StoreFile, nr: number, clientId?: number): Y.Doc {
  return documentOfParts(parts(file, nr), clientId);
}

export function documentOfParts(updates: readonly Uint8Array[], clientId?: number): Y.Doc {
  const doc = emptyDocument(clientId);
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  if (!isComplete(doc)) throw new Error('the stored document has gaps');
  return doc;
}

export function appendUpdate(file: StoreFile, nr: number, update: Uint8Array, doc: Y.Doc): void {
  file.prepare('INSERT INTO updates (nr, bytes) VALUES (?, ?)').run(nr, update);
  const waiting = file.prepare('SELECT count(*) AS n, sum(length(bytes)) AS bytes FROM updates WHERE nr = ?').get(nr);
  const bytes = Number(waiting?.bytes);
  if (Number(waiting?.n) < COMPACT_AFTER_UPDATES && bytes < COMPACT_AFTER_BYTES) return;
  const state = file.prepare('SELECT length(state) AS bytes FROM states WHERE nr = ?').get(nr);
  if (Number(waiting?.n) < COMPACT_AFTER_UPDATES && bytes < Number(state?.bytes ?? 0)) return;
  writeState(file, nr, encodeDocument(doc));
}

/** Replaces state and updates by one state that holds them all. */
export function writeState(file: StoreFile, nr: number, state: Uint8Array): void {
  file
    .prepare('INSERT INTO states (nr, state) VALUES (?, ?) ON CONFLICT (nr) DO UPDATE SET state = excluded.state')
    .run(nr, state);
  file.prepare('DELETE FROM updates WHERE nr = ?').run(nr);
}

/** The document of a note that has none yet. */
export function insertState(file: StoreFile, nr: number, state: Uint8Array): void {
  file.prepare('INSERT INTO states (nr, state) VALUES (?, ?)').run(nr, state);
}

export function forgetDocument(file: StoreFile, nr: number): void {
  file.prepare('DELETE FROM states WHERE nr = ?').run(nr);
  file.prepare('DELETE FROM updates WHERE nr = ?').run(nr);
}

function parts(file: StoreFile, nr: number): Uint8Array[] {
  const state = file.prepare('SELECT state FROM states WHERE nr = ?').get(nr);
  const updates = file.prepare('SELECT bytes FROM updates WHERE nr = ? ORDER BY seq').all(nr);
  const first = state === undefined ? [] : [state.state as Uint8Array];
  return [...first, ...updates.map((row) => row.bytes as Uint8Array)];
}

export function hasDocument(file: StoreFile, nr: number): boolean {
  return file.prepare('SELECT 1 FROM states WHERE nr = ?').get(nr) !== undefined;
}
