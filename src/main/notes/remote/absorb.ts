import type * as Y from 'yjs';
import { documentOf, type NotesContext, tellChanged } from '../context.ts';
import { applyUpdate, observed } from '../documents/apply-update.ts';
import { materialise } from '../documents/materialise.ts';
import { bodyOf, fieldsOf, setFields } from '../documents/note-document.ts';
import { sameLineChanged } from '../documents/same-line.ts';
import { keepConflict } from '../rows/conflict-rows.ts';
import { appendUpdate } from '../rows/document-rows.ts';
import type { NoteRow } from '../rows/note-rows.ts';
import { findQueued } from '../rows/outbox-rows.ts';
import { keepVersion } from '../rows/version-rows.ts';
import { dropSaidTwice, foldersIn } from './said-twice.ts';

/** What comes in: an update, and the text and trash of the document it was made of. */
export interface Arrival {
  update: Uint8Array;
  body: string;
  trashed: boolean;
  editedAt: number;
}

export interface Absorbed {
  doc: Y.Doc;
  conflict: boolean;
  /** The merge itself made an edit that must be sent: the note was taken out of the trash. */
  edited: boolean;
}

/** Merges edits of other devices into a note of this one, inside a transaction of the caller. */
export function absorb(context: NotesContext, row: NoteRow, arrival: Arrival): Absorbed {
  const { file, clock } = context;
  const doc = documentOf(context, row);
  const queued = findQueued(file, row.nr);
  const mine = bodyOf(doc);
  const wasTrashed = fieldsOf(doc).trashedAt !== null;
  let edited = false;
  const { update, bodyChanged, removed } = observed(doc, () => {
    const folds = foldersIn(doc);
    applyUpdate(doc, arrival.update);
    dropSaidTwice(doc, folds, arrival.update);
    if (!queued || fieldsOf(doc).trashedAt === null) return;
    // An edit and a visit to the trash made apart: the edit wins, whoever made which.
    const editHere = !wasTrashed && mine !== queued.base_body;
    const editThere = !arrival.trashed && queued.base_trashed === 0 && arrival.body !== queued.base_body;
    if (!editHere && !editThere) return;
    setFields(doc, { trashedAt: null });
    edited = true;
  });
  if (update === null) return { doc, conflict: false, edited: false };

  const merged = bodyChanged ? bodyOf(doc) : mine;
  const conflict =
    queued !== undefined &&
    merged !== mine &&
    merged !== arrival.body &&
    sameLineChanged(queued.base_body, mine, arrival.body);
  if (conflict) keepConflict(file, row.nr, { mine, theirs: arrival.body, at: clock.now() });
  if (conflict) keepVersion(file, row.nr, 'conflict', arrival.body, clock.now());
  if (removed > 0 || conflict) keepVersion(file, row.nr, conflict ? 'conflict' : 'remote', mine, clock.now());

  appendUpdate(file, row.nr, update, doc);
  materialise(file, row, doc, { body: bodyChanged, editedAt: arrival.editedAt });
  tellChanged(context, row.id, update, null);
  return { doc, conflict, edited };
}
