import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import type { NotesStore } from '../../../src/main/notes/notes-store.ts';
import { type OpenNotesOptions, openNotes } from '../../../src/main/notes/open-notes.ts';
import type { Clock, Random } from '../../../src/main/notes/surroundings.ts';
import { Editor } from './editor.ts';

export { Editor };

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

/**
 * Makes of a file's notes of format 2 what the next Burrow finds: one can be understood now, and the last Burrow could
 * not. (The simulation has a Burrow that really knows format 2.)
 */
export function asNextBurrowFinds(file: string): void {
  const db = new DatabaseSync(file);
  db.exec(`UPDATE notes SET format = 1; UPDATE parked_notes SET format = 1, fields = json_set(fields, '$.format', 1);
    UPDATE meta SET value = '0' WHERE key = 'format'`);
  db.close();
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
