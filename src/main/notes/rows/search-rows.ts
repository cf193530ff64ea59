import type { StoreFile } from '../file/store-file.ts';

/**
 * Rows of the search index are numbered by the time of the last edit, so that the newest matches of a broad query are
 * the last of its list and reading them needs no ranking of the others.
 */
const PER_SECOND = 1024;
const LATEST_SECOND = 2 ** 40;

export interface Searchable {
  title: string;
  body: string;
  tags: string[];
}

export function indexNote(file: StoreFile, nr: number, note: Searchable, editedAt: number): void {
  forgetNote(file, nr);
  const row = freeRow(file, nr, editedAt);
  file
    .prepare('INSERT INTO search (rowid, title, body, tags) VALUES (?, ?, ?, ?)')
    .run(row, note.title, note.body, note.tags.join(' '));
  file.prepare('UPDATE notes SET search_row = ? WHERE nr = ?').run(row, nr);
}

export function forgetNote(file: StoreFile, nr: number): void {
  file.prepare('DELETE FROM search WHERE rowid = (SELECT search_row FROM notes WHERE nr = ?)').run(nr);
  file.prepare('UPDATE notes SET search_row = NULL WHERE nr = ?').run(nr);
}

/** The body as the last transaction left it; '' for a note that has none. */
export function indexedBody(file: StoreFile, nr: number): string {
  const row = file.prepare('SELECT body FROM search WHERE rowid = (SELECT search_row FROM notes WHERE nr = ?)').get(nr);
  return row === undefined ? '' : String(row.body);
}

function freeRow(file: StoreFile, nr: number, editedAt: number): number {
  const second = Math.min(Math.max(Math.floor(editedAt / 1000), 0), LATEST_SECOND);
  const taken = file.prepare('SELECT 1 FROM notes WHERE search_row = ?');
  let row = second * PER_SECOND + (nr % PER_SECOND);
  while (taken.get(row) !== undefined) row++;
  return row;
}
