/** express-pouchdb on PouchDB's LevelDB, in the mode it recommends for PouchDB itself. */
import { join } from 'node:path';
import express from 'express';
import expressPouchDB from 'express-pouchdb';
import PouchDB from 'pouchdb';
import { serve } from './process.ts';
import { noteOf } from './texts.ts';

const AT_ONCE = 500;

serve({
  async open({ folder, notes }: { folder: string; notes: number }): Promise<string> {
    const OnDisk = PouchDB.defaults({ prefix: `${folder}/` });
    const app = express();
    app.use(
      expressPouchDB(OnDisk, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: join(folder, 'log.txt') }),
    );
    const port = await new Promise<number>((resolve) => {
      const server = app.listen(0, '127.0.0.1', () => resolve(server.address().port));
    });
    const database = new OnDisk('notes');
    for (let first = 0; first < notes; first += AT_ONCE) {
      const numbers = Array.from({ length: Math.min(AT_ONCE, notes - first) }, (_, offset) => first + offset);
      await database.bulkDocs(numbers.map((number) => documentOf(number)));
    }
    return `http://127.0.0.1:${port}/notes`;
  },
});

/** What Burrow's document holds in readable fields; without the Yjs state, which a PouchDB app would not have. */
function documentOf(number: number) {
  const { id, title, body, tags, at } = noteOf(number);
  const fields = { title, body, tags, pinned: false, createdAt: at, editedAt: at, device: 'bench', format: 1 };
  return { _id: id, ...fields };
}
