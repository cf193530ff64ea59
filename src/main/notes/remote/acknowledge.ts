import type { Failure } from '../../../shared/failure.ts';
import { type NotesContext, tellChanged, tellQueued } from '../context.ts';
import { findForeignWrite, forgetForeignWrite, refuseForeignWrite } from '../rows/foreign-rows.ts';
import { findNote, insertNote, isWhole, NOTE_FORMAT, type NoteRow, noteAt } from '../rows/note-rows.ts';
import { findQueued, queue, rebase, setAside, unqueue } from '../rows/outbox-rows.ts';
import { forgetParked } from '../rows/parked-rows.ts';
import { absorb } from './absorb.ts';
import { adopt } from './adopt.ts';
import { readIncoming } from './incoming.ts';
import type { Outgoing, OutgoingNote } from './outgoing.ts';

/** The server has written what was sent, at `ts`. Edits made since the sending go on waiting. */
export function acknowledge(context: NotesContext, sent: Outgoing, ts: number): void {
  const { file } = context;
  const row = findNote(file, sent.id);
  // A later answer or a pull has overtaken this one.
  if (row?.base_ts != null && row.base_ts >= ts) return;
  if (sent.kind === 'note' && sent.foreign) acknowledgeForeign(context, row, sent, sent.foreign.ts, ts);
  else if (row) settle(context, row, sent, ts);
  tellQueued(context);
}

function acknowledgeForeign(
  context: NotesContext,
  row: NoteRow | undefined,
  sent: OutgoingNote,
  foreignTs: number,
  ts: number,
): void {
  const { file, clock } = context;
  if (findForeignWrite(file, sent.id)?.ts === foreignTs) forgetForeignWrite(file, sent.id);
  if (!row || !isWhole(row)) {
    // Purged here while it was sent: the purge has not seen this write, and finds out when it is pushed.
    if (row && findQueued(file, row.nr)) return;
    const incoming = readIncoming({ ...sent, ts, format: NOTE_FORMAT, state: sent.state });
    adopt(context, row ?? insertNote(file, sent.id, sent.editedAt), ts, incoming, 'new');
    return;
  }
  const { edited } = absorb(context, row, {
    update: sent.state,
    body: sent.foreign?.body ?? sent.body,
    trashed: sent.foreign?.trashed === 1,
    editedAt: Math.max(row.edited_at, sent.editedAt),
  });
  if (edited) queue(file, noteAt(file, row.nr), () => sent.body, clock.now());
  settle(context, noteAt(file, row.nr), sent, ts);
}

function settle(context: NotesContext, row: NoteRow, sent: Outgoing, ts: number): void {
  const { file } = context;
  file.prepare('UPDATE notes SET base_ts = ?, format = ? WHERE nr = ?').run(ts, NOTE_FORMAT, row.nr);
  forgetParked(file, row.nr);
  if (row.revision === sent.revision) unqueue(file, row.nr);
  else if (sent.kind === 'note') rebase(file, row.nr, sent.body, sent.trashedAt !== null);
  else rebase(file, row.nr, '', false);
  tellChanged(context, row.id, null, null);
}

/** The server refused what was sent, for a reason that trying again does not mend. An edit made since waits. */
export function refuse(context: NotesContext, sent: Outgoing, failure: Failure): void {
  const { file } = context;
  if (sent.kind === 'note' && sent.foreign) refuseForeignWrite(file, sent.id, failure);
  const row = findNote(file, sent.id);
  if (row?.revision === sent.revision) setAside(file, row.nr, failure);
  if (row) tellChanged(context, row.id, null, null);
  tellQueued(context);
}
