/** One connection to a root's file. Reads run in a snapshot; writes run in groups, each with a savepoint of its own. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { backUp } from './backup.ts';
import { type BoundedStatements, boundStatements, type ReadBounds } from './bounds.ts';
import { ChangeLog } from './change-log.ts';
import type { Commit } from './commit.ts';
import { type OpenOptions, openDatabase } from './open.ts';
import { prepareStatements, type Statements } from './statements.ts';
import { Transaction } from './transaction.ts';

/** Microseconds since the epoch. */
export interface Clock {
  now(): bigint;
}

export interface GroupOptions {
  /** Asked after each: whether the group should be committed now. Those left over get no result. */
  readonly enough?: () => boolean;
  /** Called once before the commit; throwing undoes the whole group. */
  readonly beforeCommit?: () => void;
}

export interface StoreOptions extends OpenOptions {
  /** Reads then read no more than this, and throw OutOfBounds. */
  readonly bounds?: ReadBounds | undefined;
  /** Four bytes that count the commits, for who holds a snapshot on another thread. */
  readonly commits?: SharedArrayBuffer | undefined;
}

/** What is read as one is opened. */
interface Snapshot {
  /** Of its newest commit, µs. */
  readonly time: bigint;
  /** The schema's number. */
  readonly schema: bigint;
}

type Control = Record<'begin' | 'beginWrite' | 'commit' | 'rollback' | 'savepoint' | 'release' | 'undo', StatementSync>;

export class Store {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #bounded: BoundedStatements | undefined;
  readonly #commits: Int32Array | undefined;
  readonly #control: Control;
  readonly #file: string;
  readonly #clock: Clock;
  /** The highest time a write was given, committed or not. */
  #last = 0n;
  #snapshot: Snapshot | undefined;
  /** Told what each transaction wrote once it is on disk, in order. What is written is only noted while this is set. */
  onCommit: ((commit: Commit) => void) | undefined;

  constructor(file: string, clock: Clock, { bounds, commits, ...options }: StoreOptions = {}) {
    this.#file = file;
    this.#database = openDatabase(file, options);
    this.#statements = prepareStatements(this.#database);
    this.#commits = commits && new Int32Array(commits);
    this.#bounded = bounds && boundStatements(this.#statements, bounds);
    const prepare = (sql: string): StatementSync => this.#database.prepare(sql);
    this.#control = {
      begin: prepare('BEGIN'),
      beginWrite: prepare('BEGIN IMMEDIATE'),
      commit: prepare('COMMIT'),
      rollback: prepare('ROLLBACK'),
      savepoint: prepare('SAVEPOINT query'),
      release: prepare('RELEASE query'),
      undo: prepare('ROLLBACK TO query'),
    };
    this.#clock = clock;
  }

  /** Runs in a snapshot whose time is now, or the newest commit's if the clock is behind it. */
  read<T>(run: (transaction: Transaction) => T): T {
    if (this.#snapshot) return run(this.#reading(this.#snapshot));
    return this.together(() => this.read(run));
  }

  /** Reads within share one snapshot, each with a time of its own. */
  together<T>(run: () => T): T {
    if (this.#snapshot) return run();
    this.hold();
    try {
      return run();
    } finally {
      this.release();
    }
  }

  /** Opens the snapshot that all reads share until it is released. */
  hold(): void {
    if (this.#snapshot) return;
    try {
      this.#control.begin.run();
      const [time = 0n, schema = 0n] = (this.#statements.snapshot.get() ?? []) as unknown as readonly bigint[];
      this.#snapshot = { time, schema };
    } catch (error) {
      this.release();
      throw error;
    }
  }

  release(): void {
    this.#snapshot = undefined;
    this.#end(this.#control.commit);
  }

  #reading({ time, schema }: Snapshot): Transaction {
    this.#bounded?.reset();
    const statements = this.#bounded?.statements ?? this.#statements;
    return new Transaction(statements, later(this.#clock.now(), time), { writable: false, schema });
  }

  /**
   * Group commit: runs each in a savepoint of one transaction and commits once, on disk when this returns. One that
   * throws is undone alone; its error is its result. A group that wrote nothing costs no write to the disk.
   */
  write<T>(runs: readonly ((transaction: Transaction) => T)[], options: GroupOptions = {}): PromiseSettledResult<T>[] {
    const { enough, beforeCommit } = options;
    this.#control.beginWrite.run();
    try {
      const results: PromiseSettledResult<T>[] = [];
      const commits: Commit[] = [];
      let newest: bigint | undefined;
      this.#last = later(this.#last, this.#time());
      for (const run of runs) {
        this.#last = later(this.#clock.now(), this.#last + 1n);
        const log = this.onCommit && new ChangeLog();
        const transaction = new Transaction(this.#statements, this.#last, { log });
        const result = this.#savepoint(transaction, run);
        if (result.status === 'fulfilled' && transaction.wrote) {
          newest = transaction.time;
          const changes = log?.changes ?? [];
          if (changes.length > 0) commits.push({ time: newest, changes });
        }
        results.push(result);
        if (enough?.()) break;
      }
      beforeCommit?.();
      if (newest !== undefined) this.#statements.setCounter.run(newest, 'time');
      this.#control.commit.run();
      if (newest !== undefined && this.#commits) Atomics.add(this.#commits, 0, 1);
      queueMicrotask(() => {
        for (const commit of commits) this.onCommit?.(commit);
      });
      return results;
    } catch (error) {
      this.#end(this.#control.rollback);
      throw error;
    }
  }

  #savepoint<T>(transaction: Transaction, run: (transaction: Transaction) => T): PromiseSettledResult<T> {
    this.#control.savepoint.run();
    try {
      const value = run(transaction);
      if (transaction.schemaChanged) transaction.setCounter('schema', transaction.counter('schema') + 1n);
      this.#control.release.run();
      return { status: 'fulfilled', value };
    } catch (reason) {
      // A full disk ends the whole transaction, and the savepoint with it.
      if (!this.#database.isTransaction) throw reason;
      this.#control.undo.run();
      this.#control.release.run();
      return { status: 'rejected', reason };
    }
  }

  /** Of the newest commit. */
  #time(): bigint {
    return (this.#statements.counter.get('time')?.value as bigint | undefined) ?? 0n;
  }

  #end(statement: StatementSync): void {
    if (this.#database.isTransaction) statement.run();
  }

  /** Copies the newest commit to another file while this one stays in use. */
  async backup(file: string): Promise<void> {
    await backUp(this.#file, file);
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
