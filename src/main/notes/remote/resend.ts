import { type NotesContext, tellChanged, tellQueued } from '../context.ts';
import { hasDocument } from '../rows/document-rows.ts';
import { forgetForeignWrite } from '../rows/foreign-rows.ts';
import { findNote, NOTE_FORMAT, type NoteRow, noteAt } from '../rows/note-rows.ts';
import { findQueued, queue } from '../rows/outbox-rows.ts';
import { findParked } from '../rows/parked-rows.ts';
import { indexedBody } from '../rows/search-rows.ts';
import { adopt } from './adopt.ts';
import { isTextOnly, readIncoming } from './incoming.ts';
import type { RemoteNote } from './remote-note.ts';

/** The server has lost these notes: each waits to be sent as it is here, or as purged. Answers how many do. */
export function resend(context: NotesContext, ids: readonly string[]): number {
  let count = 0;
  for (const id of ids) {
    const row = findNote(context.file, id);
    if (!row || !(row.purged_at === null ? sendAgain(context, row) : queueAgain(context, row))) continue;
    setBase(context, id, null);
    count += 1;
  }
  return count;
}

/** The note waits to be sent as it is, though nobody edited it. False: it is not here. */
export function sendAgain(context: NotesContext, row: NoteRow | undefined): boolean {
  // Of a newer format: not before this device has a Burrow that knows it (open-notes.ts).
  if (!row || row.purged_at !== null || row.format > NOTE_FORMAT || !hasDocument(context.file, row.nr)) return false;
  if (row.parked === 1) takeUp(context, row);
  return queueAgain(context, noteAt(context.file, row.nr));
}

/** No other device need have more of it than this one: the note is what was kept of it, or else the text that is shown. */
function takeUp(context: NotesContext, row: NoteRow): void {
  const kept = findParked(context.file, row.nr);
  if (kept) adopt(context, row, kept.ts, readIncoming(kept), 'merged');
  else context.file.prepare('UPDATE notes SET parked = 0 WHERE nr = ?').run(row.nr);
}

function queueAgain(context: NotesContext, row: NoteRow): true {
  const { file, clock } = context;
  if (!findQueued(file, row.nr)) queue(file, row, () => indexedBody(file, row.nr), clock.now());
  tellChanged(context, row.id, null, null);
  tellQueued(context);
  return true;
}

function setBase({ file }: NotesContext, id: string, ts: number | null): void {
  file.prepare('UPDATE notes SET base_ts = ? WHERE id = ?').run(ts, id);
}

/**
 * The server has gone back to an earlier state of these notes than was merged here: the next merge takes it as if it
 * were new. Answers those that are not to be merged, since this device knows better: instead of a tombstone that an
 * edit had overwritten, and of a text without a document, what is here is sent again.
 */
export function stepBack(context: NotesContext, older: readonly RemoteNote[]): RemoteNote[] {
  return older.filter((remote) => {
    const { file } = context;
    forgetForeignWrite(file, remote.id);
    const saysLess = remote.kind === 'purged' || isTextOnly(remote);
    const overruled = saysLess && sendAgain(context, findNote(file, remote.id));
    setBase(context, remote.id, overruled ? remote.ts : null);
    return overruled;
  });
}
