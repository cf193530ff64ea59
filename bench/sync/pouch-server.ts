/** express-pouchdb on PouchDB's LevelDB, in the mode it recommends for PouchDB itself. */
import { join } from 'node:path';
import express from 'express';
import expressPouchDB from 'express-pouchdb';
import PouchDB from 'pouchdb';
import { ACCOUNT, stateOf } from './burrow-notes.ts';
import { serve } from './process.ts';
import { noteOf } from './texts.ts';

export type Documents = 'same' | 'readable';

const AT_ONCE = 500;

serve({
  /** The addresses of two databases: of the documents as Fauna holds Burrow's, and of their readable fields alone. */
  async open({ folder, notes }: { folder: string; notes: number }): Promise<Record<Documents, string>> {
    const OnDisk = PouchDB.defaults({ prefix: `${folder}/` });
    const app = express();
    app.use(
      expressPouchDB(OnDisk, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: join(folder, 'log.txt') }),
    );
    const port = await new Promise<number>((resolve) => {
      const server = app.listen(0, '127.0.0.1', () => resolve(server.address().port));
    });
    for (const [name, documentOf] of [['same', sameDocument] as const, ['readable', readableFields] as const]) {
      const database = new OnDisk(name);
      for (let first = 0; first < notes; first += AT_ONCE) {
        const numbers = Array.from({ length: Math.min(AT_ONCE, notes - first) }, (_, offset) => first + offset);
        await database.bulkDocs(numbers.map(documentOf));
      }
    }
    const at = `http://127.0.0.1:${port}`;
    return { same: `${at}/same`, readable: `${at}/readable` };
  },
});

function readableFields(number: number) {
  const { id, title, body, tags, at } = noteOf(number);
  const fields = { title, body, tags, pinned: false, createdAt: at, editedAt: at, device: 'bench', format: 1 };
  return { _id: id, ...fields };
}

/** The Yjs state is base64 on the wire and in the document, as a value of bytes is in Fauna's JSON. */
function sameDocument(number: number) {
  return { ...readableFields(number), owner: ACCOUNT, state: Buffer.from(stateOf(number)).toString('base64') };
}
