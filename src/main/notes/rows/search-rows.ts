import type { StoreFile } from '../file/store-file.ts';

/** What search finds of a note is taken from here by the index, in the order of `text_seq` (search/indexer.ts). */
export const NEXT_TEXT = '(SELECT coalesce(max(text_seq), 0) + 1 FROM notes)';
const CHANGED = `text_seq = ${NEXT_TEXT}`;

/** The text or the tags of a note are new; without `body` the text is as it was. */
export function indexNote(file: StoreFile, nr: number, body: string | null): void {
  if (body !== null) {
    file
      .prepare('INSERT INTO texts (nr, body) VALUES (?, ?) ON CONFLICT (nr) DO UPDATE SET body = excluded.body')
      .run(nr, body);
  }
  file.prepare(`UPDATE notes SET ${CHANGED} WHERE nr = ?`).run(nr);
}

export function forgetNote(file: StoreFile, nr: number): void {
  file.prepare('DELETE FROM texts WHERE nr = ?').run(nr);
  file.prepare(`UPDATE notes SET ${CHANGED} WHERE nr = ?`).run(nr);
}

/** The body as the last transaction left it; '' for a note that has none. */
export function indexedBody(file: StoreFile, nr: number): string {
  const row = file.prepare('SELECT body FROM texts WHERE nr = ?').get(nr);
  return row === undefined ? '' : String(row.body);
}

/** The last of all texts. */
export function newestText(file: StoreFile): number {
  return Number(file.prepare('SELECT coalesce(max(text_seq), 0) AS seq FROM notes').get()?.seq);
}
