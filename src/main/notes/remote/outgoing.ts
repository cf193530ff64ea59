import * as Y from 'yjs';
import type { NotesContext } from '../context.ts';
import { bodyOf, emptyDocument, encodeDocument, fieldsOf, type NoteFields } from '../documents/note-document.ts';
import { titleAndPreview } from '../documents/readable.ts';
import { readDocument } from '../rows/document-rows.ts';
import { type ForeignWrite, findForeignWrite, hasForeignWrites, listForeignWrites } from '../rows/foreign-rows.ts';
import { findNote, isWhole, type NoteRow } from '../rows/note-rows.ts';
import { findQueued } from '../rows/outbox-rows.ts';
import { dropSaidTwice, foldersIn } from './said-twice.ts';

/** What a push writes for one note, and what it takes to acknowledge it. */
export interface OutgoingNote extends NoteFields {
  kind: 'note';
  id: string;
  /** The server's ts this builds on: the push writes only if that is still the document's. Null: no document yet. */
  baseTs: number | null;
  /** Edits made here after this revision are not in it. */
  revision: number;
  title: string;
  body: string;
  editedAt: number;
  device: string;
  state: Uint8Array<ArrayBuffer>;
  /** Holds edits of this device; else all it brings is `foreign`. */
  edited: boolean;
  /** Holds this write of another FQL client, which this device has not merged itself yet. */
  foreign: ForeignWrite | null;
}

export interface OutgoingTombstone {
  kind: 'tombstone';
  id: string;
  baseTs: number | null;
  revision: number;
  purgedAt: number;
}

export type Outgoing = OutgoingNote | OutgoingTombstone;

export interface BatchSize {
  notes: number;
  /** Of state and text; one note may be more. */
  bytes: number;
}

/** What waits to be pushed, the longest waiting first, without those under way; at least one note, if there is one. */
export function listOutgoing(context: NotesContext, most: BatchSize, underWay: ReadonlySet<string>): Outgoing[] {
  const { file } = context;
  const rows = file
    .prepare(
      `SELECT n.* FROM outbox o JOIN notes n ON n.nr = o.nr
       WHERE o.failure IS NULL AND n.id NOT IN (SELECT value FROM json_each(?)) ORDER BY o.queued_at, o.nr LIMIT ?`,
    )
    .all(JSON.stringify([...underWay]), most.notes) as unknown as NoteRow[];
  const foreign = hasForeignWrites(file);
  const seen = new Set([...underWay, ...rows.map((row) => row.id)]);
  const batch: Outgoing[] = [];
  let size = 0;
  const take = (outgoing: Outgoing): boolean => {
    size += outgoing.kind === 'note' ? outgoing.state.byteLength + outgoing.body.length : 0;
    if (batch.length > 0 && size > most.bytes) return false;
    batch.push(outgoing);
    return batch.length < most.notes;
  };
  for (const row of rows) {
    const write = foreign ? findForeignWrite(file, row.id) : undefined;
    if (!take(describe(context, row.id, row, write, true))) return batch;
  }
  for (const write of listForeignWrites(file, most.notes + underWay.size)) {
    if (seen.has(write.id)) continue;
    const row = findNote(file, write.id);
    const edited = row !== undefined && findQueued(file, row.nr) !== undefined;
    if (!take(describe(context, write.id, row, write, edited))) return batch;
  }
  return batch;
}

function describe(
  context: NotesContext,
  id: string,
  row: NoteRow | undefined,
  foreign: ForeignWrite | undefined,
  edited: boolean,
): Outgoing {
  const revision = row?.revision ?? 0;
  const baseTs = foreign?.ts ?? row?.base_ts ?? null;
  if (row && row.purged_at !== null && !foreign) {
    return { kind: 'tombstone', id, baseTs, revision, purgedAt: row.purged_at };
  }
  const doc = documentToSend(context, row, foreign);
  const fields = fieldsOf(doc);
  const body = bodyOf(doc);
  return {
    kind: 'note',
    id,
    baseTs,
    revision,
    ...fields,
    createdAt: fields.createdAt ?? row?.created_at ?? foreign?.edited_at ?? 0,
    title: row && !foreign ? row.title : titleAndPreview(body).title,
    body,
    editedAt: Math.max(row?.edited_at ?? 0, foreign?.edited_at ?? 0),
    device: context.device,
    state: encodeDocument(doc),
    edited,
    foreign: foreign ?? null,
  };
}

/** The note's own document, or a copy with the foreign write in it; neither is put in the cache of open notes. */
function documentToSend(context: NotesContext, row: NoteRow | undefined, foreign: ForeignWrite | undefined): Y.Doc {
  const own = row && isWhole(row) ? (context.documents.get(row.nr) ?? readDocument(context.file, row.nr)) : null;
  if (own && !foreign) return own;
  const copy = emptyDocument();
  if (own) Y.applyUpdate(copy, encodeDocument(own));
  const before = foldersIn(copy);
  if (foreign) {
    Y.applyUpdate(copy, foreign.state);
    dropSaidTwice(copy, before, foreign.state);
  }
  return copy;
}
