/** Saves and searches in a file of so many notes, by the app's own store. */
import { copyFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { openNotes } from '../../src/main/notes/open-notes.ts';
import { ACCOUNT, fileOf } from './burrow-notes.ts';
import { Editor } from './editor.ts';
import { timed } from './figures.ts';
import { serve } from './process.ts';
import type { QueryClass } from './queries.ts';
import { searchInWorker } from './search-worker.ts';
import { noteOf } from './texts.ts';

const NOTES_EDITED = 40;

serve({
  /** ms of each save: typing a few letters at a time into one note after another, as the window sends them. */
  save: async ({ count, saves, folder }: { count: number; saves: number; folder: string }) => {
    const file = `${folder}/save-${count}.db`;
    copyFileSync(await fileOf(count), file);
    const notes = openNotes({ file, account: ACCOUNT, device: 'bench', search: searchInWorker });
    const times: number[] = [];
    const each = Math.ceil(saves / NOTES_EDITED);
    for (let turn = -1; turn < NOTES_EDITED; turn += 1) {
      const { id } = noteOf(((turn + 2) * 7919) % count);
      const editor = new Editor(notes.open(id).state);
      for (let edit = 0; edit < each; edit += 1) {
        const update = editor.insert(100 + edit * 6, ` word${edit % 10}`);
        const ms = await timed(() => notes.save(id, update));
        // The first note warms up.
        if (turn >= 0) times.push(ms);
      }
    }
    await notes.close();
    return times;
  },
  /** ms of each bare INSERT of 100 bytes with the same durability: what the disk asks for a save of anything. */
  insert: ({ folder, count }: { folder: string; count: number }) => {
    const db = new DatabaseSync(`${folder}/insert-${process.pid}.db`);
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, x BLOB)');
    const insert = db.prepare('INSERT INTO t (x) VALUES (?)');
    const bytes = new Uint8Array(100);
    const times = Array.from({ length: count }, () => {
      const begun = performance.now();
      insert.run(bytes);
      return performance.now() - begun;
    });
    db.close();
    return times;
  },
  /** ms of each search, there and back through the search worker; and how many hits came. */
  search: async ({ count, classes }: { count: number; classes: QueryClass[] }) => {
    const notes = openNotes({ file: await fileOf(count), account: ACCOUNT, device: 'bench', search: searchInWorker });
    await notes.search('warm up');
    const found: { times: number[]; hits: number }[] = [];
    for (const { queries } of classes) {
      const times: number[] = [];
      let hits = 0;
      for (const query of queries) {
        times.push(
          await timed(async () => {
            hits += (await notes.search(query)).length;
          }),
        );
      }
      found.push({ times, hits });
    }
    await notes.close();
    return found;
  },
});
