import { DatabaseSync } from 'node:sqlite';
import { isDamage, sqliteCode } from '../file/sqlite-errors.ts';
import type { SearchHit, SearchIndexOptions } from './door.ts';
import { forgetIndexFile, openIndexFile } from './index-file.ts';
import { createIndexer, type Indexer } from './indexer.ts';
import { createReader } from './reader.ts';

interface Opened {
  db: DatabaseSync;
  indexer: Indexer;
  read: (query: string) => SearchHit[];
}

/**
 * The search index of one file of notes, for one thread: it alone writes the index, and only reads the notes, on a
 * connection of its own, so that neither a search nor the indexing delays a save.
 */
export class SearchIndex {
  readonly #options: SearchIndexOptions;
  readonly #notes: DatabaseSync;
  #opened: Opened | null = null;

  constructor(options: SearchIndexOptions) {
    this.#options = options;
    this.#notes = new DatabaseSync(options.file, { readOnly: true });
    this.#notes.exec('PRAGMA busy_timeout = 2000; PRAGMA cache_size = -4096;');
  }

  /** Knows every text that was committed before the call. */
  search(query: string): SearchHit[] {
    return this.#mended(({ read, indexer }) => {
      try {
        while (indexer.catchUp());
      } catch (error) {
        // On a full disk the texts before still can be found.
        if (sqliteCode(error) === null || isDamage(error)) throw error;
      }
      return read(query);
    });
  }

  /** Takes in a batch of what was changed since; true when there may be more. */
  catchUp(): boolean {
    return this.#mended(({ indexer }) => indexer.catchUp());
  }

  /** Merges a part of the index; true when there is more to merge. */
  merge(): boolean {
    return this.#mended(({ indexer }) => indexer.merge());
  }

  /** Looks at every page of the notes: seconds in a large file. Null when all is well, else what SQLite found. */
  check(): string | null {
    const first = this.#notes.prepare('PRAGMA quick_check').get()?.quick_check;
    if (first !== 'ok') return String(first);
    if (this.#mended(({ db }) => db.prepare('PRAGMA quick_check').get()?.quick_check) !== 'ok') this.#forget();
    return null;
  }

  close(): void {
    this.#close();
    if (this.#notes.isOpen) this.#notes.close();
  }

  /** A damaged index is begun anew, unseen: nothing is in it that is not in the notes. */
  #mended<T>(work: (opened: Opened) => T): T {
    try {
      return work(this.#open());
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#forget();
      return work(this.#open());
    }
  }

  #open(): Opened {
    if (this.#opened) return this.#opened;
    const { file, session, newest } = this.#options;
    const name = this.#notes.prepare("SELECT value FROM meta WHERE key = 'file'").get()?.value;
    const db = openIndexFile(file, { file: String(name), session, newest });
    this.#opened = { db, indexer: createIndexer(db, session), read: createReader(this.#notes, db) };
    return this.#opened;
  }

  #forget(): void {
    this.#close();
    forgetIndexFile(this.#options.file);
  }

  #close(): void {
    if (this.#opened?.db.isOpen) this.#opened.db.close();
    this.#opened = null;
  }
}
