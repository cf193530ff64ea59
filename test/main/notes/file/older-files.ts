import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import * as Y from 'yjs';
import { migrations } from '../../../../src/main/notes/file/migrations.ts';
import { NOTE_BODY } from '../../../../src/shared/notes/note.ts';
import { ACCOUNT } from '../helpers.ts';

export const OLD_NOTE = '1234567890';
const PURGED = '1234567891';

/** A file as the Burrow of that version left it: the steps up to there, and what it wrote. */
function fileAt(version: number, file: string, write: (db: DatabaseSync) => void): void {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA application_id = 0x42727277; PRAGMA journal_mode = WAL;');
  for (const step of migrations.slice(0, version)) db.exec(step);
  write(db);
  db.exec(`PRAGMA user_version = ${version}`);
  db.close();
}

function stateOf(body: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText(NOTE_BODY).insert(0, body);
  return Y.encodeStateAsUpdate(doc);
}

const BODY = 'Old note\nwith a marmot';

function writeNotes(db: DatabaseSync, column: string): void {
  db.prepare("INSERT INTO meta VALUES ('account', ?), ('format', '1')").run(ACCOUNT);
  const note = db.prepare(
    `INSERT INTO notes (id, title, preview, created_at, edited_at, format, base_ts, purged_at, ${column})
     VALUES (?, ?, ?, 1767225600000, 1767225600000, 1, 1767225600000000, ?, ?)`,
  );
  note.run(OLD_NOTE, 'Old note', 'with a marmot', null, 1_809_638_400_001);
  note.run(PURGED, '', '', 1_767_225_600_000, null);
  db.prepare('INSERT INTO states VALUES (1, ?)').run(stateOf(BODY));
}

/** How to make a file of each version, with the note OLD_NOTE. Version 0 is an empty file. */
export const olderFiles: ((file: string) => void)[] = [
  (file) => writeFileSync(file, ''),
  (file) =>
    fileAt(1, file, (db) => {
      writeNotes(db, 'search_row');
      db.prepare("INSERT INTO search (rowid, title, body, tags) VALUES (1809638400001, 'Old note', ?, '')").run(BODY);
    }),
  (file) =>
    fileAt(2, file, (db) => {
      writeNotes(db, 'text_seq');
      db.prepare('INSERT INTO texts (nr, body) VALUES (1, ?)').run(BODY);
    }),
];
