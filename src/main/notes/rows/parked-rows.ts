import type { StoreFile } from '../file/store-file.ts';
import type { RemoteText } from '../remote/remote-note.ts';

interface ParkedRow {
  nr: number;
  /** JSON. */
  fields: string;
  state: Uint8Array;
}

/** Keeps what the server has of a note whose format is not known here, in place of what it had before. */
export function keepParked(file: StoreFile, nr: number, remote: RemoteText): void {
  const { state, earlier: _, ...fields } = remote;
  forgetParked(file, nr);
  if (state === null) return;
  file
    .prepare('INSERT INTO parked_notes (nr, format, fields, state) VALUES (?, ?, ?, ?)')
    .run(nr, remote.format, JSON.stringify(fields), state);
}

export function findParked(file: StoreFile, nr: number): RemoteText | null {
  const row = file.prepare('SELECT nr, fields, state FROM parked_notes WHERE nr = ?').get(nr);
  return row ? toRemote(row as unknown as ParkedRow) : null;
}

/** Those after the note `nr` that are of no higher format than `format`, each with its nr. */
export function listParked(file: StoreFile, format: number, nr: number, limit: number): [number, RemoteText][] {
  const rows = file
    .prepare('SELECT nr, fields, state FROM parked_notes WHERE format <= ? AND nr > ? ORDER BY nr LIMIT ?')
    .all(format, nr, limit) as unknown as ParkedRow[];
  return rows.map((row) => [row.nr, toRemote(row)]);
}

export function forgetParked(file: StoreFile, nr: number): void {
  file.prepare('DELETE FROM parked_notes WHERE nr = ?').run(nr);
}

const toRemote = ({ fields, state }: ParkedRow): RemoteText => ({
  ...(JSON.parse(fields) as Omit<RemoteText, 'state'>),
  state,
});
