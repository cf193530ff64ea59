import { once } from 'node:events';
import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { NotesStore } from '../../main/notes/notes-store.ts';
import { fileNameFor } from '../../shared/notes/file-name.ts';
import { type CarriedNote, toMarkdown } from './note-file.ts';

export type Progress = (done: number, of: number) => void;

interface Sink {
  add(note: CarriedNote, title: string): void;
  end(): void;
}

const zipOf = (write: (chunk: Uint8Array) => void): Sink => {
  const taken = new Set<string>();
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    write(chunk);
  });
  return {
    add: (note, title) => {
      const entry = new ZipDeflate(fileNameFor(title, taken), { level: 6 });
      entry.mtime = note.editedAt ?? Date.now();
      zip.add(entry);
      entry.push(strToU8(toMarkdown(note)), true);
    },
    end: () => zip.end(),
  };
};

const linesOf = (write: (chunk: Uint8Array) => void): Sink => ({
  add: (note, title) => write(strToU8(`${JSON.stringify({ title, ...note })}\n`)),
  end: () => {},
});

/**
 * Writes every note, those in the trash included, as a zip of Markdown or as JSON lines (by the name's ending).
 * The file is there only once it is whole. Answers how many. Rejects with the file system's errors.
 */
export const exportNotes = async (notes: NotesStore, file: string, progress: Progress): Promise<number> => {
  const unfinished = `${file}.unfinished`;
  const out = createWriteStream(unfinished, { mode: 0o600 });
  const failed = once(out, 'error').then(([error]) => {
    throw error;
  });
  failed.catch(() => {});
  let full = false;
  const write = (chunk: Uint8Array): void => {
    full = !out.write(chunk);
  };
  const sink = file.endsWith('.zip') ? zipOf(write) : linesOf(write);
  try {
    const all = notes.list();
    for (const [at, { id, title, tags, pinned, trashedAt, createdAt, editedAt }] of all.entries()) {
      sink.add({ id, body: notes.body(id), tags, pinned, trashedAt, createdAt, editedAt }, title);
      if (full) await Promise.race([once(out, 'drain'), failed]);
      progress(at + 1, all.length);
    }
    sink.end();
    out.end();
    await Promise.race([once(out, 'close'), failed]);
    renameSync(unfinished, file);
    return all.length;
  } catch (error) {
    out.destroy();
    rmSync(unfinished, { force: true });
    throw error;
  }
};
