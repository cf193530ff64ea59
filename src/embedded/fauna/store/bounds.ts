/**
 * Statements that read a bounded part of the file and no more: what the serving thread may use. They are named one by
 * one, so that a statement nobody has thought about is refused.
 */
import { OutOfBounds } from './elsewhere.ts';
import type { Statement, Statements } from './statements.ts';

export interface ReadBounds {
  /** How many statements a query may run. */
  readonly statements: number;
  /** Of all the documents that are read for a query. */
  readonly bytes: number;
  /** Of the schema, which is read once and kept until it changes. */
  readonly schemaBytes: number;
  /** How many versions a schema collection may have, past ones included. */
  readonly schemaVersions: number;
}

export interface BoundedStatements {
  readonly statements: Statements;
  /** To be called before each query. */
  reset(): void;
}

export function boundStatements(all: Statements, bounds: ReadBounds): BoundedStatements {
  let { statements: statementsLeft, bytes: bytesLeft, schemaBytes: schemaBytesLeft } = bounds;
  const refuse = (): never => {
    throw new OutOfBounds('more than may be read here');
  };
  const count = (): void => {
    statementsLeft -= 1;
    if (statementsLeft < 0) refuse();
  };
  const take = (bytes: number): void => {
    bytesLeft -= bytes;
    if (bytesLeft < 0) refuse();
  };
  const counted = (statement: Statement): Statement => ({
    get: (...parameters) => {
      count();
      return statement.get(...parameters);
    },
    all: refuse,
    run: refuse,
  });
  const version: Statement = {
    get: (...parameters) => {
      count();
      // Looked at before it is read: SQLite knows how long a blob is without reading it.
      const row = all.versionWithin.get(bytesLeft, ...parameters) as unknown as readonly unknown[] | undefined;
      if (!row) return undefined;
      const [ts, action, length, data] = row;
      take(Number(length));
      return [ts, action, data] as unknown as Record<string, never>;
    },
    all: refuse,
    run: refuse,
  };
  const latest: Statement = {
    get: refuse,
    all: (scope = null, collection = null, ...rest) => {
      count();
      const most = bounds.schemaVersions + 1;
      const sizes = all.sizes.get(scope, collection, most);
      schemaBytesLeft -= Number(sizes?.bytes);
      if (Number(sizes?.count) >= most || schemaBytesLeft < 0) refuse();
      return all.latest.all(scope, collection, ...rest);
    },
    run: refuse,
  };
  const refused: Statement = { get: refuse, all: refuse, run: refuse };
  const none = Object.fromEntries(Object.keys(all).map((name) => [name, refused])) as Statements;
  return {
    statements: { ...none, version, latest, lookup: counted(all.lookup), counter: counted(all.counter) },
    reset: () => {
      ({ statements: statementsLeft, bytes: bytesLeft, schemaBytes: schemaBytesLeft } = bounds);
    },
  };
}
