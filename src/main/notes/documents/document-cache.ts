import type * as Y from 'yjs';

/** The documents used last, so that a keystroke does not read its whole note from disk again. */
export class DocumentCache {
  readonly #docs = new Map<number, Y.Doc>();
  readonly #capacity: number;

  constructor(capacity = 16) {
    this.#capacity = capacity;
  }

  get(nr: number): Y.Doc | undefined {
    const doc = this.#docs.get(nr);
    if (doc) {
      this.#docs.delete(nr);
      this.#docs.set(nr, doc);
    }
    return doc;
  }

  set(nr: number, doc: Y.Doc): void {
    this.#docs.delete(nr);
    this.#docs.set(nr, doc);
    for (const [oldest, old] of this.#docs) {
      if (this.#docs.size <= this.#capacity) break;
      this.#docs.delete(oldest);
      old.destroy();
    }
  }

  /** After a failed transaction: the document in memory may hold what the disk does not. */
  drop(nr: number): void {
    this.#docs.get(nr)?.destroy();
    this.#docs.delete(nr);
  }

  clear(): void {
    for (const nr of [...this.#docs.keys()]) this.drop(nr);
  }
}
