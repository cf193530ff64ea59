import { documentOf, type NotesContext, tellChanged, tellQueued } from '../context.ts';
import { materialise } from '../documents/materialise.ts';
import { bodyOf } from '../documents/note-document.ts';
import { hasDocument, writeState } from '../rows/document-rows.ts';
import { NOTE_FORMAT, type NoteRow } from '../rows/note-rows.ts';
import { unqueue } from '../rows/outbox-rows.ts';
import { forgetParked } from '../rows/parked-rows.ts';
import { indexedBody } from '../rows/search-rows.ts';
import { keepVersion } from '../rows/version-rows.ts';
import type { Incoming } from './incoming.ts';
import type { MergeOutcome } from './remote-note.ts';

/** Takes the incoming note as it is, in place of whatever document the row had. */
export function adopt<O extends MergeOutcome>(
  context: NotesContext,
  row: NoteRow,
  ts: number,
  incoming: Incoming,
  outcome: O,
): O {
  const { file } = context;
  // Of a note purged on another device, and edited on a third, what this one had is not in what comes back.
  const hidden = row.purged_at !== null && hasDocument(file, row.nr);
  const text = hidden ? bodyOf(documentOf(context, row)) : indexedBody(file, row.nr);
  keepVersion(file, row.nr, 'remote', text, context.clock.now());
  writeState(file, row.nr, incoming.update);
  materialise(file, row, incoming.doc, { body: true, editedAt: incoming.editedAt });
  unqueue(file, row.nr);
  forgetParked(file, row.nr);
  file.prepare('UPDATE notes SET purged_at = NULL, purged_snapshot = NULL, parked = 0 WHERE nr = ?').run(row.nr);
  merged(context, row.nr, ts, NOTE_FORMAT);
  file.afterCommit(() => context.documents.drop(row.nr));
  tellChanged(context, row.id, null, null);
  return outcome;
}

/** The server's ts up to which a note is merged here. */
export function merged(context: NotesContext, nr: number, ts: number | null, format: number): void {
  context.file.prepare('UPDATE notes SET base_ts = ?, format = ? WHERE nr = ?').run(ts, format, nr);
  tellQueued(context);
}
