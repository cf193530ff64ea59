import * as Y from 'yjs';
import type { NotesStore } from '../../src/main/notes/notes-store.ts';
import { NOTE_BODY } from '../../src/shared/notes/note.ts';
import type { Journal } from './journal.ts';
import { POISON } from './network.ts';

/** A note as a window would show it once opened. */
export interface Shown {
  title: string;
  body: string;
  tags: string[];
  pinned: boolean;
  trashed: boolean;
  readOnly: boolean;
  /** It holds what the server refuses on purpose, so it stays on its device. */
  poisoned: boolean;
}

export const bodyOfState = (state: Uint8Array): string => {
  const doc = new Y.Doc({ guid: 'note' });
  Y.applyUpdate(doc, state);
  return doc.getText(NOTE_BODY).toString();
};

/** False: no state, or one that another FQL client made of something else. */
export const isState = (state: Uint8Array | null): boolean => {
  try {
    return state !== null && Y.parseUpdateMeta(state).to.size > 0;
  } catch {
    return false;
  }
};

/** All that a device shows. Also finds the poisoned notes whose making was cut off between the disk and the answer. */
export const pictureOf = (store: NotesStore, journal: Journal): Map<string, Shown> => {
  const shown = new Map<string, Shown>();
  for (const { id, title, tags, pinned, trashedAt, readOnly } of store.list()) {
    const body = bodyOfState(store.open(id).state);
    if (Object.keys(POISON).some((word) => body.includes(word))) journal.poisonedNotes.add(id);
    const poisoned = journal.poisonedNotes.has(id);
    shown.set(id, { title, body, tags: [...tags].sort(), pinned, trashed: trashedAt !== null, readOnly, poisoned });
  }
  return shown;
};
