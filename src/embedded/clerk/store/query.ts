import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

const prepared = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

function statement(database: DatabaseSync, sql: string): StatementSync {
  let statements = prepared.get(database);
  if (!statements) {
    statements = new Map();
    prepared.set(database, statements);
  }
  let found = statements.get(sql);
  if (!found) {
    found = database.prepare(sql);
    statements.set(sql, found);
  }
  return found;
}

/** The first row, typed by the caller, who wrote both the query and the table. */
export const one = <Row>(database: DatabaseSync, sql: string, ...values: SQLInputValue[]): Row | undefined =>
  statement(database, sql).get(...values) as Row | undefined;

export const all = <Row>(database: DatabaseSync, sql: string, ...values: SQLInputValue[]): Row[] =>
  statement(database, sql).all(...values) as Row[];

/** Returns how many rows changed. */
export const run = (database: DatabaseSync, sql: string, ...values: SQLInputValue[]): number =>
  Number(statement(database, sql).run(...values).changes);

/** Runs `work` as one transaction; inside another one it joins it. `work` must be synchronous. */
export function transact<T>(database: DatabaseSync, work: () => T): T {
  if (database.isTransaction) return work();
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (error.errcode === 2067 || error.errcode === 1555);
