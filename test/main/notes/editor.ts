import * as Y from 'yjs';
import { NOTE_BODY } from '../../../src/shared/notes/note.ts';

/** What an editor does: opens the note, changes its text, and hands out the updates. */
export class Editor {
  readonly doc = new Y.Doc();
  readonly #updates: Uint8Array[] = [];

  constructor(state: Uint8Array) {
    Y.applyUpdate(this.doc, state);
    this.doc.on('update', (update: Uint8Array) => this.#updates.push(update));
  }

  get text(): Y.Text {
    return this.doc.getText(NOTE_BODY);
  }

  /** The edits since the last call, as one update. */
  takeUpdate(): Uint8Array {
    return Y.mergeUpdates(this.#updates.splice(0));
  }

  insert(at: number, text: string): Uint8Array {
    this.text.insert(at, text);
    return this.takeUpdate();
  }

  delete(at: number, length: number): Uint8Array {
    this.text.delete(at, length);
    return this.takeUpdate();
  }
}
