import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { inWords, isDamage } from './sqlite-errors.ts';

/** Called before and after every durable effect; a simulation throws here to crash between any two of them. */
export type Probe = (step: string) => void;

export interface StoreFileOptions {
  probe?: Probe | undefined;
  /** SQLite met a damaged page while the app was running. */
  onDamage?: (() => void) | undefined;
}

/** One open SQLite file: prepared statements by their text, and transactions that keep what they say. */
export class StoreFile {
  readonly path: string;
  readonly db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #options: StoreFileOptions;
  /** Called once after a transaction and all its effects. */
  onCommitted: (() => void) | null = null;
  #afterCommit: (() => void)[] | null = null;

  constructor(path: string, db: DatabaseSync, options: StoreFileOptions = {}) {
    this.path = path;
    this.db = db;
    this.#options = options;
  }

  prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** All of it or nothing. Nested calls join the outer transaction. SQLite's errors leave it in words. */
  transaction<T>(work: () => T): T {
    return this.#afterCommit ? work() : this.#whole(work);
  }

  /**
   * As `transaction`, without waiting for the disk: a power cut may take it away, and then also every later one of its
   * kind, up to the next transaction that waits. Only for what the server has and is asked for again (docs/storage.md).
   */
  fetched<T>(work: () => T): T {
    // Much comes at once: the log is moved into the file in smaller parts, so that none holds the window up.
    this.db.exec('PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 500');
    try {
      return this.#whole(work);
    } finally {
      if (this.db.isOpen) this.db.exec('PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000');
    }
  }

  #whole<T>(work: () => T): T {
    const afterCommit: (() => void)[] = [];
    this.#afterCommit = afterCommit;
    let result: T;
    try {
      this.#options.probe?.('before begin');
      this.db.exec('BEGIN IMMEDIATE');
      result = work();
      this.#options.probe?.('before commit');
      this.db.exec('COMMIT');
    } catch (error) {
      // Some errors (a full disk) have made SQLite roll back by itself.
      if (this.db.isOpen && this.db.isTransaction) this.db.exec('ROLLBACK');
      throw this.#said(error);
    } finally {
      this.#afterCommit = null;
    }
    this.#options.probe?.('after commit');
    for (const effect of afterCommit) effect();
    this.onCommitted?.();
    return result;
  }

  /** For what must not happen unless the transaction is on disk: changes in memory, events. */
  afterCommit(effect: () => void): void {
    if (this.#afterCommit) this.#afterCommit.push(effect);
    else effect();
  }

  /** A read outside a transaction, its errors in words. */
  read<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#said(error);
    }
  }

  /** Makes the next open look at every page. */
  suspect(): void {
    this.#options.onDamage?.();
  }

  close(): void {
    this.#statements.clear();
    if (this.db.isOpen) this.db.close();
  }

  #said(error: unknown): unknown {
    if (isDamage(error)) this.suspect();
    return inWords(error);
  }
}
