import type { DatabaseSync } from 'node:sqlite';
import { rekeyStrings } from './rekey.ts';

/** Run in a transaction: statements, or what runs them. */
export type Migration = string | ((database: DatabaseSync) => void);

/**
 * The on-disk format, as steps from one version to the next (PRAGMA user_version). Never change a step that has been
 * released: add one.
 *
 * documents: every version of every document, schema documents included. `data` is values/codec.ts.
 * entries: what indexes hold. A row is one element from `added` until `removed` (µs; NEVER while it is in the set).
 *   `terms` and `position` are values/keys.ts (strings as values/collation has them since the fourth step); `position`
 *   is the index's values and then the ref. `expires` is the document's ttl (µs), null without. The two indexes of the
 *   second step are what events are read by.
 * entries_expiring leads to the documents with a ttl, by collection (index 0 has every document).
 * sweep: how far the one row's sweep for what is past its time has come (documents/housekeeping.ts).
 * builds: indexes that are still being filled, and the last document each has got to.
 * lookups: from a global number (a key's id, a database's global id, a scope) to the document it belongs to.
 */
export const MIGRATIONS: readonly Migration[] = [
  `
  CREATE TABLE documents (
    scope INTEGER NOT NULL, collection INTEGER NOT NULL, id INTEGER NOT NULL, ts INTEGER NOT NULL,
    action INTEGER NOT NULL, data BLOB NOT NULL
  );
  CREATE UNIQUE INDEX documents_by_version ON documents (scope, collection, id, ts);
  CREATE TABLE entries (
    scope INTEGER NOT NULL, idx INTEGER NOT NULL, terms BLOB NOT NULL, position BLOB NOT NULL, added INTEGER NOT NULL,
    removed INTEGER NOT NULL, collection INTEGER NOT NULL, id INTEGER NOT NULL, vals BLOB,
    PRIMARY KEY (scope, idx, terms, position, added)
  ) WITHOUT ROWID;
  CREATE TABLE lookups (
    kind INTEGER NOT NULL, key INTEGER NOT NULL, scope INTEGER NOT NULL, id INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
  ) WITHOUT ROWID;
  CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  INSERT INTO counters VALUES ('time', 0), ('schema', 1), ('scope', 0);
  `,
  `
  ALTER TABLE entries ADD COLUMN expires INTEGER;
  CREATE TABLE builds (
    scope INTEGER NOT NULL, idx INTEGER NOT NULL, collection INTEGER NOT NULL, id INTEGER NOT NULL,
    PRIMARY KEY (scope, idx)
  ) WITHOUT ROWID;
  CREATE INDEX entries_by_added ON entries (scope, idx, terms, added);
  CREATE INDEX entries_by_removed ON entries (scope, idx, terms, removed) WHERE removed < 9223372036854775807;
  `,
  `
  CREATE INDEX entries_expiring ON entries (scope, collection, expires) WHERE idx = 0 AND expires IS NOT NULL;
  CREATE TABLE sweep (
    only INTEGER PRIMARY KEY CHECK (only = 1), scope INTEGER NOT NULL, collection INTEGER NOT NULL, id INTEGER NOT NULL,
    ts INTEGER NOT NULL
  );
  `,
  rekeyStrings,
];
