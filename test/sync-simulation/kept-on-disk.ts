import { DatabaseSync } from 'node:sqlite';
import * as Y from 'yjs';
import { NOTE_BODY } from '../../src/shared/notes/note.ts';

/** All texts that the file still has of a note, though the note is shown no more: its versions and its document. */
export const keptOnDisk = (file: string, note: string): string[] => {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const all = (sql: string) => db.prepare(sql).all(note);
    const versions = all('SELECT v.body FROM versions v JOIN notes n ON n.nr = v.nr WHERE n.id = ?');
    const parts = [
      ...all('SELECT s.state AS bytes FROM states s JOIN notes n ON n.nr = s.nr WHERE n.id = ?'),
      ...all('SELECT u.bytes FROM updates u JOIN notes n ON n.nr = u.nr WHERE n.id = ? ORDER BY u.seq'),
    ];
    const doc = new Y.Doc({ guid: 'note' });
    for (const { bytes } of parts) Y.applyUpdate(doc, bytes as Uint8Array);
    return [...versions.map(({ body }) => String(body)), doc.getText(NOTE_BODY).toString()];
  } finally {
    db.close();
  }
};
