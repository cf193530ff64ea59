import type { NoteSummary, NoteSyncState } from '../../../shared/notes/note.ts';
import type { StoreFile } from '../file/store-file.ts';
import { NEXT_TEXT } from './search-rows.ts';

/** The format of the notes this Burrow writes; a note of a higher one is shown and never changed. */
export const NOTE_FORMAT = 1;

/** As `base_ts`: older than anything there, so the audit of the sync engine fetches the note. */
export const FETCHED_AGAIN = 1;

export interface NoteRow {
  nr: number;
  id: string;
  title: string;
  preview: string;
  /** JSON. */
  tags: string;
  pinned: number;
  trashed_at: number | null;
  created_at: number;
  edited_at: number;
  format: number;
  revision: number;
  base_ts: number | null;
  purged_at: number | null;
  purged_snapshot: Uint8Array | null;
  /** 1: of a higher format, its document here only repeats its text. */
  parked: number;
  /** Its place in the order in which texts were changed; null until it has one. */
  text_seq: number | null;
}

/** True when the document here is the note: not purged, and more than the text of a higher format. */
export const isWhole = (row: NoteRow): boolean => row.purged_at === null && row.parked === 0;

/** What the readable columns of a note say. */
export interface Readable {
  title: string;
  preview: string;
  tags: string[];
  pinned: boolean;
  trashedAt: number | null;
  createdAt: number;
  editedAt: number;
}

export function findNote(file: StoreFile, id: string): NoteRow | undefined {
  return file.prepare('SELECT * FROM notes WHERE id = ?').get(id) as NoteRow | undefined;
}

export function noteAt(file: StoreFile, nr: number): NoteRow {
  return file.prepare('SELECT * FROM notes WHERE nr = ?').get(nr) as unknown as NoteRow;
}

export function insertNote(file: StoreFile, id: string, at: number): NoteRow {
  const { lastInsertRowid } = file
    .prepare('INSERT INTO notes (id, created_at, edited_at, format) VALUES (?, ?, ?, ?)')
    .run(id, at, at, NOTE_FORMAT);
  return noteAt(file, Number(lastInsertRowid));
}

/** A note that the server has (since `baseTs`, µs) and nobody has edited here, with its text; answers its nr. */
export function insertWhole(
  file: StoreFile,
  note: { id: string; baseTs: number; readable: Readable; body: string },
): number {
  const { title, preview, tags, pinned, trashedAt, createdAt, editedAt } = note.readable;
  const { lastInsertRowid } = file
    .prepare(
      `INSERT INTO notes (id, title, preview, tags, pinned, trashed_at, created_at, edited_at, format, base_ts, text_seq)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${NEXT_TEXT})`,
    )
    .run(
      note.id,
      ...[title, preview, JSON.stringify(tags), Number(pinned), trashedAt, createdAt, editedAt],
      ...[NOTE_FORMAT, note.baseTs],
    );
  const nr = Number(lastInsertRowid);
  file.prepare('INSERT INTO texts (nr, body) VALUES (?, ?)').run(nr, note.body);
  return nr;
}

export function writeReadable(file: StoreFile, nr: number, note: Readable): void {
  file
    .prepare(
      `UPDATE notes SET title = ?, preview = ?, tags = ?, pinned = ?, trashed_at = ?, created_at = ?, edited_at = ?
       WHERE nr = ?`,
    )
    .run(
      note.title,
      note.preview,
      JSON.stringify(note.tags),
      Number(note.pinned),
      note.trashedAt,
      note.createdAt,
      note.editedAt,
      nr,
    );
}

const SUMMARY = `
  SELECT n.id, n.title, n.preview, n.tags, n.pinned, n.trashed_at, n.created_at, n.edited_at,
    n.format > ${NOTE_FORMAT} OR n.parked AS read_only, o.nr AS queued, o.failure, c.nr AS conflict
  FROM notes n LEFT JOIN outbox o ON o.nr = n.nr LEFT JOIN conflicts c ON c.nr = n.nr`;

type SummaryRow = [
  id: string,
  title: string,
  preview: string,
  tags: string,
  pinned: number,
  trashedAt: number | null,
  createdAt: number,
  editedAt: number,
  readOnly: number,
  queued: number | null,
  failure: string | null,
  conflict: number | null,
];

/** Every note that is not purged, the last edited first. */
export function listSummaries(file: StoreFile): NoteSummary[] {
  const statement = file.prepare(`${SUMMARY} WHERE n.purged_at IS NULL ORDER BY n.edited_at DESC, n.nr`);
  statement.setReturnArrays(true);
  return (statement.all() as unknown as SummaryRow[]).map(toSummary);
}

export function findSummary(file: StoreFile, id: string): NoteSummary | undefined {
  const statement = file.prepare(`${SUMMARY} WHERE n.id = ? AND n.purged_at IS NULL`);
  statement.setReturnArrays(true);
  const row = statement.get(id) as unknown as SummaryRow | undefined;
  return row && toSummary(row);
}

function toSummary(row: SummaryRow): NoteSummary {
  const [id, title, preview, tags, pinned, trashedAt, createdAt, editedAt, readOnly, queued, failure, conflict] = row;
  const sync: NoteSyncState = queued === null ? 'synced' : failure === null ? 'waiting' : 'set-aside';
  return {
    id,
    title,
    preview,
    tags: tags === '[]' ? [] : (JSON.parse(tags) as string[]),
    pinned: pinned === 1,
    trashedAt,
    createdAt,
    editedAt,
    sync,
    conflicted: conflict !== null,
    readOnly: readOnly === 1,
  };
}
