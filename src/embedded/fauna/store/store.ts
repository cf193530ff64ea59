/** One connection to a root's file. Reads run in a snapshot; writes run in groups, each with a savepoint of its own. */
import type { DatabaseSync } from 'node:sqlite';
import { ChangeLog } from './change-log.ts';
import type { Commit } from './commit.ts';
import { type OpenOptions, openDatabase } from './open.ts';
import { prepareStatements, type Statements } from './statements.ts';
import { Transaction } from './transaction.ts';

/** Microseconds since the epoch. */
export interface Clock {
  now(): bigint;
}

export class Store {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #clock: Clock;
  /** Told what each transaction wrote once it is on disk, in order. What is written is only noted while this is set. */
  onCommit: ((commit: Commit) => void) | undefined;

  constructor(file: string, clock: Clock, options?: OpenOptions) {
    this.#database = openDatabase(file, options);
    this.#statements = prepareStatements(this.#database);
    this.#clock = clock;
  }

  /** Runs in a snapshot whose time is now, or the newest commit's if the clock is behind it. */
  read<T>(run: (transaction: Transaction) => T): T {
    this.#database.exec('BEGIN');
    try {
      const now = this.#clock.now();
      const last = new Transaction(this.#statements, 0n).counter('time');
      return run(new Transaction(this.#statements, later(now, last)));
    } finally {
      this.#database.exec('COMMIT');
    }
  }

  /**
   * Group commit: runs each in a savepoint of one transaction and commits once, on disk when this returns. One that
   * throws is undone alone; its error is its result.
   */
  write<T>(runs: readonly ((transaction: Transaction) => T)[]): PromiseSettledResult<T>[] {
    const commits: Commit[] = [];
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      let last = new Transaction(this.#statements, 0n).counter('time');
      const results = runs.map((run): PromiseSettledResult<T> => {
        const now = this.#clock.now();
        const time = now > last ? now : last + 1n;
        const log = this.onCommit && new ChangeLog();
        const result = this.#savepoint(new Transaction(this.#statements, time, log), run);
        if (result.status === 'fulfilled') {
          last = time;
          const changes = log?.changes ?? [];
          if (changes.length > 0) commits.push({ time, changes });
        }
        return result;
      });
      new Transaction(this.#statements, 0n).setCounter('time', last);
      this.#database.exec('COMMIT');
      queueMicrotask(() => {
        for (const commit of commits) this.onCommit?.(commit);
      });
      return results;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  #savepoint<T>(transaction: Transaction, run: (transaction: Transaction) => T): PromiseSettledResult<T> {
    this.#database.exec('SAVEPOINT query');
    try {
      const value = run(transaction);
      if (transaction.schemaChanged) transaction.setCounter('schema', transaction.counter('schema') + 1n);
      this.#database.exec('RELEASE query');
      return { status: 'fulfilled', value };
    } catch (reason) {
      this.#database.exec('ROLLBACK TO query; RELEASE query');
      return { status: 'rejected', reason };
    }
  }

  close(): void {
    this.#database.close();
  }
}

/** Math.max does not take bigints. */
function later(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}
