import type * as Y from 'yjs';
import { NOTE_BODY } from '../../../shared/notes/note.ts';
import { textDiff } from './text-diff.ts';

/** Makes `wanted` the body by the smallest edits found, so that carets and concurrent edits keep their places. */
export function replaceBody(doc: Y.Doc, wanted: string): void {
  const body = doc.getText(NOTE_BODY);
  const changes = textDiff(body.toString(), wanted);
  doc.transact(() => {
    // From the end, so that the offsets of the changes before stay true.
    for (const { at, remove, insert } of changes.toReversed()) {
      if (remove > 0) body.delete(at, remove);
      if (insert !== '') body.insert(at, insert);
    }
  });
}
