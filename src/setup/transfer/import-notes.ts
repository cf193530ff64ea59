import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { strFromU8, unzipSync } from 'fflate';
import type { NotesStore } from '../../main/notes/notes-store.ts';
import { FailureError, failure } from '../../shared/failure.ts';
import { limits } from '../../shared/notes/note.ts';
import type { Progress } from './export-notes.ts';
import { type CarriedNote, carriedNote, fromMarkdown } from './note-file.ts';

export interface Imported {
  made: number;
  /** Notes that are here already, with the same text and time of creation. */
  known: number;
  /** What could not be read, by file name or line. */
  refused: string[];
}

/** What one edit of the app may hold; nobody unpacks a bomb for us either. */
const LARGEST = limits.updateBytes;

async function* entriesOf(file: string): AsyncGenerator<{ name: string; read: () => CarriedNote }> {
  if (file.endsWith('.zip')) {
    const files = unzipSync(readFileSync(file), {
      filter: ({ name, originalSize }) => /\.(md|markdown|txt)$/i.test(name) && originalSize <= LARGEST,
    });
    for (const [name, bytes] of Object.entries(files)) yield { name, read: () => fromMarkdown(strFromU8(bytes)) };
    return;
  }
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() !== '') yield { name: `line ${line}`, read: () => carriedNote.parse(JSON.parse(text)) };
  }
}

const fingerprint = (body: string, createdAt: number | undefined): string =>
  createHash('sha256')
    .update(`${createdAt ?? ''}\n${body}`)
    .digest('base64');

/**
 * Makes a note for every entry that is not here yet; run again, it makes none twice. `clock` is the store's, set to each
 * note's own times. What cannot be read is left out and named. Throws FailureError where the file itself cannot be read.
 */
export const importNotes = async (
  notes: NotesStore,
  file: string,
  clock: { at: number | null },
  progress: Progress,
): Promise<Imported> => {
  const known = new Set(notes.list().map(({ id, createdAt }) => fingerprint(notes.body(id), createdAt)));
  const result: Imported = { made: 0, known: 0, refused: [] };
  let done = 0;
  try {
    for await (const { name, read } of entriesOf(file)) {
      progress(++done, done);
      try {
        const note = read();
        if (note.body.length > LARGEST) throw new Error('too long');
        const print = fingerprint(note.body, note.createdAt);
        if (note.createdAt !== undefined && known.has(print)) {
          result.known++;
          continue;
        }
        known.add(print);
        make(notes, note, clock);
        result.made++;
      } catch {
        result.refused.push(name);
      }
    }
  } catch (error) {
    throw new FailureError(
      failure('import-unreadable', `The file ${file} cannot be read.`, 'Give a .zip of Markdown files or JSON lines.'),
      { cause: error },
    );
  } finally {
    clock.at = null;
  }
  return result;
};

const make = (notes: NotesStore, note: CarriedNote, clock: { at: number | null }): void => {
  clock.at = note.createdAt ?? null;
  const { id } = notes.create({ body: note.body, tags: note.tags });
  if (note.pinned) notes.setPinned(id, true);
  clock.at = note.trashedAt;
  if (note.trashedAt !== null) notes.trash(id);
  clock.at = null;
};
