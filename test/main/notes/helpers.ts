import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import * as Y from 'yjs';
import type { NotesStore } from '../../../src/main/notes/notes-store.ts';
import { type OpenNotesOptions, openNotes } from '../../../src/main/notes/open-notes.ts';
import type { Clock, Random } from '../../../src/main/notes/surroundings.ts';
import { NOTE_BODY } from '../../../src/shared/notes/note.ts';

export interface VirtualClock extends Clock {
  advance(ms: number): void;
}

export function virtualClock(at = Date.UTC(2026, 0, 1)): VirtualClock {
  let now = at;
  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
  };
}

/** The same bytes for the same seed. */
export function seededRandom(seed = 1): Random {
  let state = seed >>> 0;
  return {
    bytes: (length) =>
      Uint8Array.from({ length }, () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state >>> 24;
      }),
  };
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-notes-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const temporaryFile = (): string => join(temporaryFolder(), 'notes.sqlite');

export const ACCOUNT = 'user_ada';

/** A store that is closed after the test. */
export function openStore(options: Partial<OpenNotesOptions> = {}): NotesStore {
  const store = openNotes({ file: options.file ?? temporaryFile(), account: ACCOUNT, device: 'laptop', ...options });
  onTestFinished(() => store.close());
  return store;
}

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

/** Types at the end of a note through an editor. */
export function write(store: NotesStore, id: string, text: string): void {
  const editor = new Editor(store.open(id).state);
  store.save(id, editor.insert(editor.text.length, text));
}

export function bodyOf(store: NotesStore, id: string): string {
  return new Editor(store.open(id).state).text.toString();
}

/** The code of the failure that `work` throws. */
export function failureCode(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Error && 'failure' in error) return (error.failure as { code: string }).code;
    throw error;
  }
  throw new Error('nothing was thrown');
}
