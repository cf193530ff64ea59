/**
 * What a query has read, for the time it does not write: a role's predicate reads a document to tell whether it may be
 * read, the page that holds it asks the same, and then the query itself reads it.
 */
import type { Transaction } from '../store/transaction.ts';
import type { Ref, Version } from '../values/value.ts';

/** As bytes in the file; beyond them all is forgotten. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_DECISIONS = 100_000;

/** By collection, then by id. */
type ByRef<T> = Map<number, Map<bigint, T>>;

export class ReadMemory {
  readonly #transaction: Transaction;
  readonly #most: number;
  #writes: number;
  #versions: ByRef<Version | null> = new Map();
  #bytes = 0;
  /** Of whose permissions they are: the first that ask, which are the query's own. */
  #asker: object | undefined;
  #decisions: ByRef<boolean> = new Map();
  #decided = 0;

  /** `most` bytes are kept of documents. */
  constructor(transaction: Transaction, most = MOST_BYTES) {
    this.#transaction = transaction;
    this.#most = most;
    this.#writes = transaction.writes;
  }

  /** Null for one that is not there, undefined for one that was not read. */
  version(ref: Ref): Version | null | undefined {
    this.#refresh();
    return this.#versions.get(collectionKey(ref))?.get(ref.id);
  }

  keepVersion(ref: Ref, version: Version | null, bytes: number): void {
    const size = bytes + 100;
    if (size > this.#most) return;
    this.#bytes += size;
    if (this.#bytes > this.#most) {
      this.#versions = new Map();
      this.#bytes = size;
    }
    put(this.#versions, ref, version);
  }

  /** Whether the document may be read with these permissions. */
  mayRead(permissions: object, document: Ref, decide: () => boolean): boolean {
    this.#refresh();
    this.#asker ??= permissions;
    if (permissions !== this.#asker) return decide();
    const known = this.#decisions.get(collectionKey(document))?.get(document.id);
    if (known !== undefined) return known;
    const decision = decide();
    this.#decided += 1;
    if (this.#decided > MOST_DECISIONS) {
      this.#decisions = new Map();
      this.#decided = 1;
    }
    put(this.#decisions, document, decision);
    return decision;
  }

  #refresh(): void {
    if (this.#transaction.writes === this.#writes) return;
    this.#writes = this.#transaction.writes;
    this.#versions.clear();
    this.#decisions.clear();
    this.#bytes = 0;
    this.#decided = 0;
  }
}

const collectionKey = ({ scope, collection }: Ref): number => scope * 2 ** 32 + collection;

function put<T>(map: ByRef<T>, ref: Ref, value: T): void {
  const key = collectionKey(ref);
  const ofCollection = map.get(key);
  if (ofCollection) ofCollection.set(ref.id, value);
  else map.set(key, new Map([[ref.id, value]]));
}
