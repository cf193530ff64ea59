import * as Y from 'yjs';
import { NOTE_BODY } from '../../../shared/notes/note.ts';
import { isComplete } from './note-document.ts';

export interface Applied {
  /** What the document did not have before, as one update; null when there was nothing new. */
  update: Uint8Array | null;
  bodyChanged: boolean;
  /** Characters that left the body. */
  removed: number;
}

/** The bytes are not a Yjs update, or one that refers to edits this document has never seen. */
export class UpdateError extends Error {
  readonly reason: 'malformed' | 'incomplete';

  constructor(reason: 'malformed' | 'incomplete', options?: { cause?: unknown }) {
    super(reason === 'malformed' ? 'not a Yjs update' : 'the update refers to edits that are missing here', options);
    this.name = 'UpdateError';
    this.reason = reason;
  }
}

/**
 * Applies an update that came from outside. After an UpdateError the document may be half changed and must be
 * thrown away; what is on disk is untouched.
 */
export function applyUpdate(doc: Y.Doc, update: Uint8Array): Applied {
  return observed(doc, () => {
    try {
      Y.applyUpdate(doc, update);
    } catch (cause) {
      throw new UpdateError('malformed', { cause });
    }
    if (!isComplete(doc)) throw new UpdateError('incomplete');
  });
}

/** Runs `edit` on the document and says what it changed. */
export function observed(doc: Y.Doc, edit: () => void): Applied {
  const updates: Uint8Array[] = [];
  let bodyChanged = false;
  let removed = 0;
  const body = doc.getText(NOTE_BODY);
  const onUpdate = (update: Uint8Array) => updates.push(update);
  const onBody = (event: Y.YTextEvent) => {
    bodyChanged = true;
    for (const part of event.delta) removed += part.delete ?? 0;
  };
  doc.on('update', onUpdate);
  body.observe(onBody);
  try {
    edit();
  } finally {
    doc.off('update', onUpdate);
    body.unobserve(onBody);
  }
  const [first] = updates;
  return { update: updates.length > 1 ? Y.mergeUpdates(updates) : (first ?? null), bodyChanged, removed };
}
