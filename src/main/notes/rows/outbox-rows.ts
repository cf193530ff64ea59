import type { Failure } from '../../../shared/failure.ts';
import type { StoreFile } from '../file/store-file.ts';
import type { NoteRow } from './note-rows.ts';

export interface OutboxRow {
  nr: number;
  revision: number;
  queued_at: number;
  base_body: string;
  base_trashed: number;
  failure: string | null;
}

export function findQueued(file: StoreFile, nr: number): OutboxRow | undefined {
  return file.prepare('SELECT * FROM outbox WHERE nr = ?').get(nr) as OutboxRow | undefined;
}

/**
 * Notes that the note was changed here and must be sent. `before` is the note as server and device last agreed on it,
 * and only counts for the first edit since. A set-aside note waits again: the edit may have mended it.
 */
export function queue(file: StoreFile, before: NoteRow, baseBody: () => string, now: number): void {
  const revision = before.revision + 1;
  file.prepare('UPDATE notes SET revision = ? WHERE nr = ?').run(revision, before.nr);
  const { changes } = file
    .prepare('UPDATE outbox SET revision = ?, failure = NULL WHERE nr = ?')
    .run(revision, before.nr);
  if (Number(changes) > 0) return;
  file
    .prepare('INSERT INTO outbox (nr, revision, queued_at, base_body, base_trashed) VALUES (?, ?, ?, ?, ?)')
    .run(before.nr, revision, now, baseBody(), Number(before.trashed_at !== null));
}

export function unqueue(file: StoreFile, nr: number): void {
  file.prepare('DELETE FROM outbox WHERE nr = ?').run(nr);
}

export function rebase(file: StoreFile, nr: number, body: string, trashed: boolean): void {
  file.prepare('UPDATE outbox SET base_body = ?, base_trashed = ? WHERE nr = ?').run(body, Number(trashed), nr);
}

export function setAside(file: StoreFile, nr: number, failure: Failure | null): void {
  file.prepare('UPDATE outbox SET failure = ? WHERE nr = ?').run(failure && JSON.stringify(failure), nr);
}
