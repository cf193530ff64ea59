import * as Y from 'yjs';
import { documentOf, type NotesContext, tellChanged, tellQueued } from '../context.ts';
import { emptyDocument, encodeDocument, sameDocument } from '../documents/note-document.ts';
import { titleAndPreview } from '../documents/readable.ts';
import { hasDocument, insertState } from '../rows/document-rows.ts';
import { forgetForeignWrite, keepForeignWrite } from '../rows/foreign-rows.ts';
import { findNote, insertNote, insertWhole, isWhole, NOTE_FORMAT, type NoteRow, noteAt } from '../rows/note-rows.ts';
import { findQueued, queue, rebase, setAside, unqueue } from '../rows/outbox-rows.ts';
import { forgetParked, keepParked } from '../rows/parked-rows.ts';
import { forgetNote, indexedBody } from '../rows/search-rows.ts';
import { keepVersion } from '../rows/version-rows.ts';
import { absorb } from './absorb.ts';
import { adopt, merged } from './adopt.ts';
import { type Incoming, readIncoming } from './incoming.ts';
import { newerFormat } from './newer-format.ts';
import type { MergeOutcome, RemoteNote, RemotePurge, RemoteText } from './remote-note.ts';
import { sendAgain } from './resend.ts';

/** Merges what the server has into this device, inside a transaction of the caller. Twice is once. */
export function merge(context: NotesContext, remote: RemoteNote): MergeOutcome {
  const row = findNote(context.file, remote.id);
  if (row?.base_ts != null && remote.ts <= row.base_ts) return 'known';
  if (remote.kind === 'purged') return mergePurge(context, row, remote);
  if (remote.format > NOTE_FORMAT) return park(context, row, remote);

  const incoming = readIncoming(remote, () => ownDocument(context, row));
  if (incoming.textOnly && !remote.earlier) return 'text-only';
  if (incoming.folded) {
    // Not merged here before the server has it: a fold that loses the race for the next ts must leave no trace.
    const trashed = Number(incoming.fields.trashedAt !== null);
    const { update: state, body, editedAt } = incoming;
    keepForeignWrite(context.file, { id: remote.id, ts: remote.ts, state, body, trashed, edited_at: editedAt });
    tellQueued(context);
    return 'foreign';
  }
  forgetForeignWrite(context.file, remote.id);
  if (!row) return adoptNew(context, remote, incoming);
  if (row.purged_at !== null) return mergeIntoPurged(context, row, remote, incoming);
  if (row.parked === 1 || !hasDocument(context.file, row.nr)) return adopt(context, row, remote.ts, incoming, 'merged');
  return mergeInto(context, row, remote, incoming);
}

function ownDocument(context: NotesContext, row: NoteRow | undefined): Y.Doc | null {
  return row && isWhole(row) && hasDocument(context.file, row.nr) ? documentOf(context, row) : null;
}

function mergeInto(context: NotesContext, row: NoteRow, remote: RemoteText, incoming: Incoming): MergeOutcome {
  const { file, clock } = context;
  const queued = findQueued(file, row.nr);
  const editedAt = queued ? Math.max(row.edited_at, incoming.editedAt) : incoming.editedAt;
  const trashed = incoming.fields.trashedAt !== null;
  const { update, body } = incoming;
  const { doc, conflict, edited } = absorb(context, row, { update, body, trashed, editedAt });
  merged(context, row.nr, remote.ts, NOTE_FORMAT);
  forgetParked(file, row.nr);
  if (!edited && sameDocument(doc, incoming.doc)) {
    // Also how a push whose answer was lost is acknowledged.
    unqueue(file, row.nr);
    file.prepare('UPDATE notes SET edited_at = ? WHERE nr = ?').run(incoming.editedAt, row.nr);
    tellChanged(context, row.id, null, null);
    return conflict ? 'conflict' : 'merged';
  }
  if (!queued || edited) queue(file, noteAt(file, row.nr), () => incoming.body, clock.now());
  rebase(file, row.nr, incoming.body, trashed);
  return conflict ? 'conflict' : 'merged';
}

/** A note that this device has never had: of a first sync nearly all are, so each costs three inserts and no more. */
function adoptNew(context: NotesContext, { id, ts }: RemoteText, incoming: Incoming): MergeOutcome {
  const { update, body, fields, editedAt } = incoming;
  const createdAt = fields.createdAt ?? editedAt;
  const readable = { ...fields, ...titleAndPreview(body), createdAt, editedAt };
  const nr = insertWhole(context.file, { id, baseTs: ts, readable, body });
  insertState(context.file, nr, update);
  tellChanged(context, id, null, null);
  return 'new';
}

function mergeIntoPurged(context: NotesContext, row: NoteRow, remote: RemoteText, incoming: Incoming): MergeOutcome {
  const { file } = context;
  if (!findQueued(file, row.nr)) return adopt(context, row, remote.ts, incoming, 'new');
  const purged = row.purged_snapshot ? Y.decodeSnapshot(row.purged_snapshot) : Y.snapshot(emptyDocument());
  if (!Y.snapshotContainsUpdate(purged, encodeDocument(incoming.doc))) {
    return adopt(context, row, remote.ts, incoming, 'purge-undone');
  }
  merged(context, row.nr, remote.ts, NOTE_FORMAT);
  return 'purge-stands';
}

function mergePurge(context: NotesContext, row: NoteRow | undefined, remote: RemotePurge): MergeOutcome {
  const { file, clock } = context;
  const { id, ts, over, outright } = remote;
  forgetForeignWrite(file, id);
  const known = row ?? insertNote(file, id, clock.now());
  merged(context, known.nr, outright ? null : ts, known.format);
  if (known.purged_at !== null) {
    unqueue(file, known.nr);
    return 'purged';
  }
  // What was purged is older than what Fauna had acknowledged to this device, and then lost (sync/audit.ts).
  if (row && over !== undefined && over < (row.base_ts ?? 0)) sendAgain(context, row);
  if (row && findQueued(file, row.nr)) {
    rebase(file, row.nr, indexedBody(file, row.nr), false);
    // Whatever kept it from being sent, a newer format for one, may have gone with the document.
    setAside(file, row.nr, null);
    forgetParked(file, row.nr);
    merged(context, row.nr, outright ? null : ts, NOTE_FORMAT);
    return 'kept-edit';
  }
  // The document stays for a while (notes/tidy.ts): an editor may hold an edit that has not arrived yet.
  if (known.trashed_at === null)
    keepVersion(file, known.nr, 'purged-elsewhere', indexedBody(file, known.nr), clock.now());
  forgetNote(file, known.nr);
  forgetParked(file, known.nr);
  file.prepare('UPDATE notes SET purged_at = ? WHERE nr = ?').run(clock.now(), known.nr);
  tellChanged(context, id, null, null);
  return 'purged';
}

/**
 * A note of a higher format: shown as far as it can be read, and kept as it came for the Burrow that reads it. Edits not
 * sent yet stay and are set aside.
 */
function park(context: NotesContext, row: NoteRow | undefined, remote: RemoteText): MergeOutcome {
  const { file } = context;
  forgetForeignWrite(file, remote.id);
  const note = row ?? insertNote(file, remote.id, remote.editedAt ?? Math.floor(remote.ts / 1000));
  if (findQueued(file, note.nr) && note.purged_at === null) {
    setAside(file, note.nr, newerFormat);
    file.prepare('UPDATE notes SET format = ? WHERE nr = ?').run(remote.format, note.nr);
  } else {
    adopt(context, note, remote.ts, readIncoming({ ...remote, state: null }), 'parked');
    file.prepare('UPDATE notes SET format = ?, parked = 1 WHERE nr = ?').run(remote.format, note.nr);
  }
  keepParked(file, note.nr, remote);
  tellChanged(context, remote.id, null, null);
  return 'parked';
}
