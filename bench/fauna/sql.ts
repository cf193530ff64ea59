/** The bare part: rows of the same content in a SQLite file with the same durability, and prepared statements. */
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { documentOf } from './load.ts';

export interface Bare {
  insert(number: number): void;
  /** The refs of a group, as Fauna's answer. */
  match(group: number): unknown;
  /** The documents of a group, each read by its id. */
  map(group: number): unknown;
  close(): void;
}

/** The same text as Fauna answers, made the usual way. */
const answer = (data: readonly unknown[]): string => JSON.stringify({ resource: { data } });
const COLLECTIONS = { '@ref': { id: 'collections' } };
const reference = (id: unknown): unknown => ({
  '@ref': { id: String(id), collection: { '@ref': { id: 'notes', collection: COLLECTIONS } } },
});

export function openBare(file: string, count = 0): Bare {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;
    CREATE TABLE notes (id INTEGER PRIMARY KEY, grp INTEGER, data TEXT NOT NULL);
    CREATE INDEX by_group ON notes (grp)`);
  const add = database.prepare('INSERT INTO notes (grp, data) VALUES (?, ?)');
  const ids = database.prepare('SELECT id FROM notes WHERE grp = ? ORDER BY id LIMIT 65');
  const one = database.prepare('SELECT id, data FROM notes WHERE id = ?');
  const insert = (number: number): void => {
    const document = documentOf(number);
    add.run((document as { group: number }).group, JSON.stringify(document));
  };
  database.exec('BEGIN');
  for (let number = 1; number <= count; number += 1) insert(number);
  database.exec('COMMIT');
  return {
    insert,
    match: (group) => answer(ids.all(group).map((row) => reference(row.id))),
    map: (group) =>
      answer(
        ids.all(group).map((row) => {
          const found = one.get(Number(row.id));
          return { ref: reference(found?.id), ts: 1, data: JSON.parse(String(found?.data)) };
        }),
      ),
    close: () => {
      database.close();
      for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    },
  };
}
