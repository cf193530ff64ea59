import type * as Y from 'yjs';
import type { StoreFile } from '../file/store-file.ts';
import { type NoteRow, writeReadable } from '../rows/note-rows.ts';
import { indexNote } from '../rows/search-rows.ts';
import { bodyOf, fieldsOf } from './note-document.ts';
import { titleAndPreview } from './readable.ts';

/**
 * Brings the readable columns and the text of a note in line with its document. `before` is the row as it was:
 * a pin or a visit to the trash is nothing to the search index.
 */
export function materialise(
  file: StoreFile,
  before: NoteRow,
  doc: Y.Doc,
  changed: { body: boolean; editedAt: number },
): void {
  const fields = fieldsOf(doc);
  const { editedAt } = changed;
  const body = changed.body ? bodyOf(doc) : null;
  const { title, preview } = body === null ? before : titleAndPreview(body);
  const createdAt = fields.createdAt ?? before.created_at;
  writeReadable(file, before.nr, { ...fields, title, preview, createdAt, editedAt });
  const retagged = JSON.stringify(fields.tags) !== before.tags;
  if (body === null && !retagged && before.text_seq !== null) return;
  indexNote(file, before.nr, body);
}
