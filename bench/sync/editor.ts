/** What the window's editor does: a document of its own that hands out updates. */
import * as Y from 'yjs';
import { NOTE_BODY } from '../../src/shared/notes/note.ts';

export class Editor {
  readonly #doc = new Y.Doc();
  #update = new Uint8Array();

  constructor(state: Uint8Array) {
    Y.applyUpdate(this.#doc, state);
    this.#doc.on('update', (update: Uint8Array<ArrayBuffer>) => {
      this.#update = update;
    });
  }

  get length(): number {
    return this.#doc.getText(NOTE_BODY).length;
  }

  insert(at: number, text: string): Uint8Array {
    this.#doc.getText(NOTE_BODY).insert(at, text);
    return this.#update;
  }
}
