/**
 * What a query takes, as FaunaDB bills and bounds it (State.scala's Metrics, Write.scala's Stats): compute for every
 * function and lambda called, bytes read of documents and sets, bytes written of documents and index entries.
 */
import { BadRequest } from '../errors/bad-request.ts';

/** Steps a compute op stands for. */
const COMPUTE_OP = 50;
const MOST_COMPUTE_OPS = 12_000;
const READ_OP = 4096;
const WRITE_OP = 1024;
const MOST_WRITTEN = 16 * 1024 * 1024;

interface Document {
  readonly scope: number;
  readonly collection: number;
  readonly id: bigint;
}

export interface Cost {
  readonly computeOps: number;
  readonly readOps: number;
  readonly writeOps: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
}

/** What any query is taken to have computed. */
export const NO_COST: Cost = { computeOps: 1, readOps: 0, writeOps: 0, bytesRead: 0, bytesWritten: 0 };

export class Meter {
  #computed = 0;
  #readOps = 0;
  #bytesRead = 0;
  #bytesWritten = 0;
  /** What was read or written: FaunaDB has it at hand then, and reading it again is for nothing. */
  readonly #known = new Set<string>();
  /** The documents among it, by collection. */
  readonly #documents = new Map<number, Set<bigint>>();
  readonly #written = new Map<string, number>();
  readonly #places = new Map<string, number>();

  compute(steps = 1): void {
    this.#computed += steps;
    if (this.#computed > MOST_COMPUTE_OPS * COMPUTE_OP) {
      const got = Math.ceil(this.#computed / COMPUTE_OP);
      throw new BadRequest(`Transaction does too much compute: got ${got}, limit: ${MOST_COMPUTE_OPS}`);
    }
  }

  /** `key` says what is read, of all there is. */
  read(key: string, bytes: number): void {
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.#bytesRead += bytes;
  }

  /** The newest version of a document. Text for a key would take longer than all the rest. */
  readDocument(document: Document, bytes: number): void {
    const known = this.#documentsWith(document);
    if (known.has(document.id)) return;
    known.add(document.id);
    this.#bytesRead += bytes;
  }

  #documentsWith({ scope, collection }: Document): Set<bigint> {
    const key = scope * 2 ** 32 + collection;
    let known = this.#documents.get(key);
    if (!known) {
      known = new Set();
      this.#documents.set(key, known);
    }
    return known;
  }

  /** A read that a user asked for: it is charged for if there was anything to read, once for each part of an index. */
  charge<T>(partitions: () => number, read: () => T): T {
    const before = this.#bytesRead;
    const result = read();
    const bytes = this.#bytesRead - before;
    if (bytes > 0) this.#readOps += Math.ceil(bytes / READ_OP) + partitions() - 1;
    return result;
  }

  /** Bytes of a document's version, or of an entry for it. What is written in the place of another only counts once. */
  write(document: Document, bytes: number, place?: string): void {
    this.#documentsWith(document).add(document.id);
    const name = `${document.scope} ${document.collection} ${document.id}`;
    const more = bytes - (place === undefined ? 0 : (this.#places.get(place) ?? 0));
    if (place !== undefined) this.#places.set(place, bytes);
    this.#written.set(name, (this.#written.get(name) ?? 0) + more);
    this.#bytesWritten += more;
    if (this.#bytesWritten > MOST_WRITTEN) {
      throw new BadRequest(`Transaction exceeded limit: got ${this.#bytesWritten} bytes, limit ${MOST_WRITTEN} bytes`);
    }
  }

  /** What finding out whose query it is has taken is not the query's. */
  restart(): void {
    this.#computed = 0;
    this.#bytesRead = 0;
    this.#known.clear();
    this.#documents.clear();
  }

  cost(): Cost {
    let writeOps = 0;
    for (const bytes of this.#written.values()) writeOps += Math.ceil(bytes / WRITE_OP);
    return { ...this.costOfReads(), writeOps, bytesWritten: this.#bytesWritten };
  }

  costOfReads(): Cost {
    const computeOps = Math.max(NO_COST.computeOps, Math.ceil(this.#computed / COMPUTE_OP));
    return { ...NO_COST, computeOps, readOps: this.#readOps, bytesRead: this.#bytesRead };
  }
}
