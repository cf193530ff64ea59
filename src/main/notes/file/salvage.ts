import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type * as Y from 'yjs';
import { materialise } from '../documents/materialise.ts';
import { emptyDocument, encodeDocument, setFields } from '../documents/note-document.ts';
import { replaceBody } from '../documents/replace-body.ts';
import { newClientId, newNoteId } from '../ids.ts';
import { documentOfParts, writeState } from '../rows/document-rows.ts';
import { writeMeta } from '../rows/meta-rows.ts';
import { insertNote, type NoteRow, noteAt } from '../rows/note-rows.ts';
import { type OutboxRow, queue } from '../rows/outbox-rows.ts';
import type { Clock, Random } from '../surroundings.ts';
import { probeRows, type Row, tolerant } from './damaged-rows.ts';
import type { StoreFile } from './store-file.ts';

export interface Salvaged {
  kept: number;
  /** Edits that were never sent, whose document is lost and whose text is not: new notes with the tag "recovered". */
  copies: number;
  lost: number;
}

/**
 * Copies what can be read of a damaged file into a new one. The sync cursor is left behind, so that the server fills
 * the gaps; a note is sent again when it had edits waiting, or when nobody can tell whether it had.
 */
export function salvage(damaged: string, into: StoreFile, clock: Clock, random: Random): Salvaged {
  const result: Salvaged = { kept: 0, copies: 0, lost: 0 };
  const db = tolerant(() => new DatabaseSync(damaged, { readOnly: true }));
  if (!db) return result;
  try {
    // Whose it is, and which notes its Burrow could only show: those are waited for at the next update.
    for (const key of ['account', 'format']) {
      const found = tolerant(() => db.prepare('SELECT value FROM meta WHERE key = ?').get(key));
      if (found) writeMeta(into, key, String(found.value));
    }
    const notes = findNotes(db);
    for (const [nr, note] of notes) {
      // Whatever else is wrong with a note must not keep the others from being read.
      const outcome = tolerant(() => into.transaction(() => salvageNote(db, nr, note, into, clock, random))) ?? 'lost';
      if (outcome !== 'tombstone') result[outcome]++;
    }
  } finally {
    db.close();
  }
  return result;
}

interface Found {
  id: string;
  /** Null when only the index over the ids could be read. */
  row: NoteRow | null;
}

function findNotes(db: DatabaseSync): Map<number, Found> {
  const found = new Map<number, Found>();
  for (const row of probeRows(db, 'SELECT id, nr AS key FROM notes INDEXED BY sqlite_autoindex_notes_1', 'nr', false)) {
    found.set(Number(row.key), { id: String(row.id), row: null });
  }
  for (const row of probeRows(db, 'SELECT *, nr AS key FROM notes', 'nr', true)) {
    found.set(Number(row.key), { id: String(row.id), row: row as unknown as NoteRow });
  }
  return found;
}

function salvageNote(
  db: DatabaseSync,
  nr: number,
  { id, row }: Found,
  into: StoreFile,
  clock: Clock,
  random: Random,
): 'kept' | 'copies' | 'lost' | 'tombstone' {
  const get = (sql: string, ...values: SQLInputValue[]) => tolerant(() => db.prepare(sql).get(...values) ?? null);
  const all = (sql: string) => tolerant(() => db.prepare(sql).all(nr)) ?? [];
  const queued = get('SELECT * FROM outbox WHERE nr = ?', nr);
  const waits = queued !== null || row === null;

  const doc = readParts(db, nr);
  if (!doc && row?.purged_at == null) {
    // A file that was damaged before it was brought to version 2 has its texts in the search index.
    const text =
      get('SELECT body FROM texts WHERE nr = ?', nr)?.body ??
      get('SELECT body FROM search WHERE rowid = (SELECT search_row FROM notes WHERE nr = ?)', nr)?.body;
    if (!waits || typeof text !== 'string') return 'lost';
    addCopy(into, text, clock, random);
    return 'copies';
  }

  const added = insertNote(into, id, row?.created_at ?? clock.now());
  if (doc) {
    writeState(into, added.nr, encodeDocument(doc));
    if (row?.purged_at == null) materialise(into, added, doc, { body: true, editedAt: row?.edited_at ?? clock.now() });
  }
  if (row) copyColumns(into, added.nr, row);
  if (waits) restoreQueue(into, added.nr, queued ?? null, clock);
  for (const version of all('SELECT at, reason, body FROM versions WHERE nr = ? ORDER BY version')) {
    insert(into, 'versions', { ...version, nr: added.nr });
  }
  for (const conflict of all('SELECT at, mine, theirs FROM conflicts WHERE nr = ?')) {
    insert(into, 'conflicts', { ...conflict, nr: added.nr });
  }
  for (const parked of all('SELECT format, fields, state FROM parked_notes WHERE nr = ?')) {
    insert(into, 'parked_notes', { ...parked, nr: added.nr });
  }
  return row?.purged_at == null ? 'kept' : 'tombstone';
}

/** The document, or null when a part of it is missing. */
function readParts(db: DatabaseSync, nr: number): Y.Doc | null {
  const doc = tolerant(() => {
    const state = db.prepare('SELECT state FROM states WHERE nr = ?').get(nr);
    const updates = db.prepare('SELECT bytes FROM updates WHERE nr = ? ORDER BY seq').all(nr);
    if (!state) return null;
    return documentOfParts([state, ...updates].map((part) => (part.state ?? part.bytes) as Uint8Array));
  });
  return doc ?? null;
}

function copyColumns(into: StoreFile, nr: number, row: NoteRow): void {
  into
    .prepare(
      `UPDATE notes SET format = ?, revision = ?, base_ts = ?, purged_at = ?, purged_snapshot = ?, parked = ?
       WHERE nr = ?`,
    )
    .run(row.format, row.revision, row.base_ts, row.purged_at, row.purged_snapshot, row.parked, nr);
}

function restoreQueue(into: StoreFile, nr: number, queued: Row | null, clock: Clock): void {
  if (!queued) {
    queue(into, noteAt(into, nr), () => '', clock.now());
    return;
  }
  const row = queued as unknown as OutboxRow;
  queue(into, { ...noteAt(into, nr), trashed_at: row.base_trashed || null }, () => row.base_body, row.queued_at);
}

function addCopy(into: StoreFile, text: string, clock: Clock, random: Random): void {
  const now = clock.now();
  const doc = emptyDocument(newClientId(random));
  setFields(doc, { createdAt: now, tags: ['recovered'] });
  replaceBody(doc, text);
  const row = insertNote(into, newNoteId(random), now);
  writeState(into, row.nr, encodeDocument(doc));
  materialise(into, row, doc, { body: true, editedAt: now });
  queue(into, row, () => '', now);
}

function insert(into: StoreFile, table: string, row: Row): void {
  const columns = Object.keys(row);
  into
    .prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
    .run(...Object.values(row));
}
