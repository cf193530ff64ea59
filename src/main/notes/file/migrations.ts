import type { DatabaseSync } from 'node:sqlite';

/**
 * One entry a version of the file, in order; a file at version n runs the entries after the n-th, each in a
 * transaction of its own. What has been released never changes: mend it with a new entry. (A test holds their hashes.)
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- A row a note. The readable columns repeat what its document says; purged notes stay as tombstones.
  CREATE TABLE notes (
    nr INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL DEFAULT '',
    preview TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '[]',
    pinned INTEGER NOT NULL DEFAULT 0,
    trashed_at INTEGER,
    created_at INTEGER NOT NULL,
    edited_at INTEGER NOT NULL,
    format INTEGER NOT NULL,
    -- Counts the edits made here; the outbox says which of them the server has.
    revision INTEGER NOT NULL DEFAULT 0,
    -- The server's ts (microseconds) that was last merged.
    base_ts INTEGER,
    purged_at INTEGER,
    -- What the document held when it was purged here (a Yjs snapshot, no text).
    purged_snapshot BLOB,
    -- 1: of a higher format; the document here only repeats its text and gives way to whatever the server sends.
    parked INTEGER NOT NULL DEFAULT 0,
    -- Its row in search; larger is edited later.
    search_row INTEGER UNIQUE
  ) STRICT;

  -- The document: one compacted state and the updates since.
  CREATE TABLE states (nr INTEGER PRIMARY KEY REFERENCES notes (nr), state BLOB NOT NULL) STRICT;
  CREATE TABLE updates (
    seq INTEGER PRIMARY KEY,
    nr INTEGER NOT NULL REFERENCES notes (nr),
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX updates_of_note ON updates (nr, seq);

  CREATE VIRTUAL TABLE search USING fts5 (
    title, body, tags, prefix = '1 2 3 4', tokenize = 'unicode61 remove_diacritics 2'
  );

  -- Merging the index a bit at every save costs one save in twenty 15 ms and more: tidy.ts merges in quiet moments.
  INSERT INTO search (search, rank) VALUES ('automerge', 0), ('crisismerge', 64);

  -- A row a note with edits that the server has not acknowledged.
  CREATE TABLE outbox (
    nr INTEGER PRIMARY KEY REFERENCES notes (nr),
    revision INTEGER NOT NULL,
    queued_at INTEGER NOT NULL,
    -- What server and device last agreed on, to tell who changed which line.
    base_body TEXT NOT NULL,
    base_trashed INTEGER NOT NULL,
    -- Why it is set aside, as JSON; null while it waits.
    failure TEXT
  ) STRICT;

  -- Writes of other FQL clients that changed the readable fields alone: folded into the document at the next push.
  CREATE TABLE foreign_writes (
    id TEXT PRIMARY KEY,
    ts INTEGER NOT NULL,
    -- The document with the write folded in, as one update, and what both sides said.
    state BLOB NOT NULL,
    body TEXT NOT NULL,
    trashed INTEGER NOT NULL,
    edited_at INTEGER NOT NULL,
    -- Why the server refused it, as JSON.
    failure TEXT
  ) STRICT;

  CREATE TABLE versions (
    version INTEGER PRIMARY KEY,
    nr INTEGER NOT NULL REFERENCES notes (nr),
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX versions_of_note ON versions (nr, version);

  CREATE TABLE conflicts (
    nr INTEGER PRIMARY KEY REFERENCES notes (nr),
    at INTEGER NOT NULL,
    mine TEXT NOT NULL,
    theirs TEXT NOT NULL
  ) STRICT;

  CREATE TABLE sync_log (
    entry INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    level TEXT NOT NULL,
    event TEXT NOT NULL,
    note TEXT,
    detail TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- The search index has a file of its own (search/index-file.ts), which another thread writes: a save only says that
  -- there is a new text. Here stays what every text is: for snippets, versions and repairs.
  CREATE TABLE texts (nr INTEGER PRIMARY KEY REFERENCES notes (nr), body TEXT NOT NULL) STRICT;
  INSERT INTO texts (nr, body) SELECT n.nr, s.body FROM notes n JOIN search s ON s.rowid = n.search_row;
  DROP TABLE search;

  -- The order in which what is searched was changed, purges included: the index remembers how far it is.
  ALTER TABLE notes RENAME COLUMN search_row TO text_seq;
  UPDATE notes SET text_seq = NULL;
  UPDATE notes SET text_seq = nr;

  -- What a push takes next, and how many there are, without a look at the texts beside them.
  CREATE INDEX outbox_waiting ON outbox (queued_at, nr) WHERE failure IS NULL;
  CREATE INDEX outbox_set_aside ON outbox (nr) WHERE failure IS NOT NULL;
  CREATE INDEX foreign_waiting ON foreign_writes (ts) WHERE failure IS NULL;
  CREATE INDEX foreign_set_aside ON foreign_writes (id) WHERE failure IS NOT NULL;

  -- Tells this file from every other, so that no index is taken for that of another file.
  INSERT INTO meta (key, value) VALUES ('file', hex(randomblob(16)));
  `,
  `
  -- What the server had of notes in a higher format: a Burrow that knows the format takes it up from here, also when the
  -- server has lost it since.
  CREATE TABLE parked_notes (
    nr INTEGER PRIMARY KEY REFERENCES notes (nr),
    format INTEGER NOT NULL,
    -- The readable fields, id and ts, as JSON.
    fields TEXT NOT NULL,
    state BLOB NOT NULL
  ) STRICT;
  `,
];

export function migrate(db: DatabaseSync, from: number): void {
  for (let version = from; version < migrations.length; version++) {
    db.exec('BEGIN IMMEDIATE');
    try {
      db.exec(migrations[version] ?? '');
      db.exec(`PRAGMA user_version = ${version + 1}`);
      db.exec('COMMIT');
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }
}
