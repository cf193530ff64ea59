/** Prepared once a connection; all integers come back as bigints. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** One by one in time; `NEVER` bounds the partial index of removals. */
const events = (column: 'added' | 'removed', up: boolean): string =>
  `SELECT position, added, removed, expires, collection, id, vals FROM entries
      WHERE scope = ? AND idx = +? AND terms = ? AND ${column} >= ? AND ${column} <= ? AND removed ${
        column === 'removed' ? '<' : '<='
      } 9223372036854775807 AND (${column}, position) ${up ? '>' : '<'} (?, ?)
      ORDER BY ${column} ${up ? 'ASC' : 'DESC'}, position ${up ? 'ASC' : 'DESC'} LIMIT ?`;

/**
 * `idx = +?` and not `idx = ?`: there is a partial index of `idx = 0`, so SQLite would look at what is bound to tell
 * whether that may be used, and prepare the statement anew each time it is run.
 */
const SQL = {
  version: `SELECT ts, action, data FROM documents WHERE scope = ? AND collection = ? AND id = ? AND ts <= ? ORDER BY ts DESC LIMIT 1`,
  versionWithin: `SELECT ts, action, length(data), CASE WHEN length(data) <= ? THEN data END
      FROM documents WHERE scope = ? AND collection = ? AND id = ? AND ts <= ? ORDER BY ts DESC LIMIT 1`,
  sizes: `SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes
      FROM (SELECT length(data) AS bytes FROM documents WHERE scope = ? AND collection = ? LIMIT ?)`,
  versions: `SELECT ts, action, data FROM documents WHERE scope = ? AND collection = ? AND id = ? AND ts BETWEEN ? AND ? ORDER BY ts`,
  putVersion: `INSERT OR REPLACE INTO documents (scope, collection, id, ts, action, data) VALUES (?, ?, ?, ?, ?, ?)`,
  dropVersion: `DELETE FROM documents WHERE scope = ? AND collection = ? AND id = ? AND ts = ?`,
  oldest: `SELECT ts, action, data FROM documents WHERE scope = ? AND collection = ? AND id = ? AND ts < ? ORDER BY ts LIMIT 1`,
  collectionAfter: `SELECT scope, collection FROM documents WHERE (scope, collection) > (?, ?) ORDER BY scope, collection LIMIT 1`,
  timesAfter: `SELECT id, ts FROM documents WHERE scope = ? AND collection = ? AND (id, ts) > (?, ?) ORDER BY id, ts LIMIT ?`,
  expired: `SELECT id FROM entries WHERE scope = ? AND collection = ? AND idx = 0 AND expires < ? AND removed = 9223372036854775807
      AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.scope = entries.scope AND d.collection = entries.collection
        AND d.id = entries.id AND d.ts > ?) ORDER BY expires LIMIT ?`,
  dropEntriesOf: `DELETE FROM entries WHERE scope = ?1 AND (idx, terms, position, added) IN
      (SELECT idx, terms, position, added FROM entries WHERE scope = ?1 LIMIT ?2)`,
  dropDocumentsOf: `DELETE FROM documents WHERE rowid IN (SELECT rowid FROM documents WHERE scope = ? LIMIT ?)`,
  sweep: `SELECT scope, collection, id, ts FROM sweep`,
  putSweep: `INSERT OR REPLACE INTO sweep (only, scope, collection, id, ts) VALUES (1, ?, ?, ?, ?)`,
  dropSweep: `DELETE FROM sweep`,
  latest: `SELECT d.id, d.ts, d.action, d.data FROM documents d JOIN
      (SELECT id, max(ts) AS ts FROM documents WHERE scope = ? AND collection = ? GROUP BY id) l
      ON d.scope = ? AND d.collection = ? AND d.id = l.id AND d.ts = l.ts WHERE d.action < 2 ORDER BY d.id`,
  countVersions: `SELECT count(*) AS count FROM (SELECT 1 FROM documents WHERE scope = ? AND collection = ? LIMIT ?)`,
  idsAfter: `SELECT DISTINCT id FROM documents WHERE scope = ? AND collection = ? AND id > ? ORDER BY id LIMIT ?`,
  build: `SELECT scope, idx, collection, id FROM builds LIMIT 1`,
  putBuild: `INSERT OR REPLACE INTO builds (scope, idx, collection, id) VALUES (?, ?, ?, ?)`,
  dropBuild: `DELETE FROM builds WHERE scope = ? AND idx = ?`,
  maxId: `SELECT max(id) AS id FROM documents WHERE scope = ? AND collection = ?`,
  scanUp: `SELECT CASE WHEN vals IS NULL THEN NULL ELSE position END, added, collection, id, vals FROM entries
      WHERE scope = ? AND idx = +? AND terms = ? AND position >= ? AND position <= ? AND added <= ? AND removed > ? AND (expires IS NULL OR expires > ?) ORDER BY position LIMIT ?`,
  scanDown: `SELECT CASE WHEN vals IS NULL THEN NULL ELSE position END, added, collection, id, vals FROM entries
      WHERE scope = ? AND idx = +? AND terms = ? AND position >= ? AND position <= ? AND added <= ? AND removed > ? AND (expires IS NULL OR expires > ?) ORDER BY position DESC LIMIT ?`,
  addedUp: events('added', true),
  addedDown: events('added', false),
  removedUp: events('removed', true),
  removedDown: events('removed', false),
  liveEntry: `SELECT added, removed, expires FROM entries WHERE scope = ? AND idx = +? AND terms = ? AND position = ? ORDER BY added DESC LIMIT 1`,
  addEntry: `INSERT OR REPLACE INTO entries (scope, idx, terms, position, added, removed, collection, id, vals, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  endEntry: `UPDATE entries SET removed = ? WHERE scope = ? AND idx = +? AND terms = ? AND position = ? AND added = ?`,
  dropEnded: `DELETE FROM entries WHERE scope = ? AND idx = +? AND terms = ? AND position = ? AND removed <= ?`,
  dropExpired: `DELETE FROM entries WHERE scope = ? AND idx = +? AND terms = ? AND position = ?
      AND added <= ? AND expires <= ? AND removed = 9223372036854775807`,
  dropEntry: `DELETE FROM entries WHERE scope = ? AND idx = +? AND terms = ? AND position = ? AND added = ?`,
  dropPosition: `DELETE FROM entries WHERE scope = ? AND idx = +? AND terms = ? AND position = ?`,
  dropIndex: `DELETE FROM entries WHERE scope = ? AND idx = +?`,
  lookup: `SELECT scope, id FROM lookups WHERE kind = ? AND key = ?`,
  putLookup: `INSERT OR REPLACE INTO lookups (kind, key, scope, id) VALUES (?, ?, ?, ?)`,
  dropLookup: `DELETE FROM lookups WHERE kind = ? AND key = ?`,
  snapshot: `SELECT (SELECT value FROM counters WHERE name = 'time'), (SELECT value FROM counters WHERE name = 'schema')`,
  counter: `SELECT value FROM counters WHERE name = ?`,
  setCounter: `UPDATE counters SET value = ? WHERE name = ?`,
} as const;

/** What is read most comes as arrays: objects take twice as long to make. */
const ARRAYS: ReadonlySet<keyof typeof SQL> = new Set([
  ...(['version', 'snapshot', 'versionWithin', 'scanUp', 'scanDown', 'liveEntry'] as const),
]);

export type Parameter = number | bigint | string | Uint8Array | null;
type Row = ReturnType<StatementSync['all']>[number];

/** What is used of node:sqlite's. */
export interface Statement {
  get(...parameters: Parameter[]): Row | undefined;
  all(...parameters: Parameter[]): Row[];
  run(...parameters: Parameter[]): { readonly changes: number | bigint };
}
export type Statements = Record<keyof typeof SQL, Statement>;

export function prepareStatements(database: DatabaseSync): Statements {
  const result: Partial<Statements> = {};
  for (const [name, sql] of Object.entries(SQL) as [keyof typeof SQL, string][]) {
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    if (ARRAYS.has(name)) statement.setReturnArrays(true);
    result[name] = statement;
  }
  return result as Statements;
}
