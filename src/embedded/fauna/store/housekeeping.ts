/** What housekeeping asks of the file and drops from it. Nobody is told of what is dropped: nobody could see it. */
import { ACTIONS, type NewEntry, type Place, type VersionAction, type VersionRow } from './rows.ts';
import type { Statements } from './statements.ts';

export const versionRow = (row: Readonly<Record<string, unknown>>): VersionRow => ({
  ts: row.ts as bigint,
  action: ACTIONS[Number(row.action)] as VersionAction,
  data: row.data as Uint8Array,
});

export class Housekeeping {
  readonly #reading: Statements;
  readonly #writing: () => Statements;

  constructor(reading: Statements, writing: () => Statements) {
    this.#reading = reading;
    this.#writing = writing;
  }

  /** The oldest version there is, if it is from before `before`. */
  oldest(scope: number, collection: number, id: bigint, before: bigint): VersionRow | undefined {
    const row = this.#reading.oldest.get(scope, collection, id, before);
    return row && versionRow(row);
  }

  dropVersion(scope: number, collection: number, id: bigint, ts: bigint): void {
    this.#writing().dropVersion.run(scope, collection, id, ts);
  }

  /** The times an element was in its set and left it by `ts`. */
  dropEnded(entry: NewEntry, ts: bigint): void {
    this.#writing().dropEnded.run(entry.scope, entry.index, entry.terms, entry.position, ts);
  }

  /** That an element is in its set since `ts` or before, if its ttl had ended by then. */
  dropExpired(entry: NewEntry, ts: bigint): void {
    this.#writing().dropExpired.run(entry.scope, entry.index, entry.terms, entry.position, ts, ts);
  }

  /** So many of the entries and documents of a database that is gone; answers how many it were. */
  dropScope(scope: number, limit: number): number {
    const entries = Number(this.#writing().dropEntriesOf.run(scope, limit).changes);
    const rest = limit - entries;
    return entries + (rest > 0 ? Number(this.#writing().dropDocumentsOf.run(scope, rest).changes) : 0);
  }

  /** The next collection of a database, or of the next one, that has versions in the file. */
  collectionAfter(place: Omit<Place, 'id' | 'ts'>): Omit<Place, 'id' | 'ts'> | undefined {
    const row = this.#reading.collectionAfter.get(place.scope, place.collection);
    return row && { scope: Number(row.scope), collection: Number(row.collection) };
  }

  /** The versions of a collection that come after a place, by id and time. */
  timesAfter({ scope, collection, id, ts }: Place, limit: number): { readonly id: bigint; readonly ts: bigint }[] {
    return this.#reading.timesAfter
      .all(scope, collection, id, ts, limit)
      .map((row) => ({ id: row.id as bigint, ts: row.ts as bigint }));
  }

  /** Documents that were neither deleted nor written to since `before`, and whose ttl had ended by then. */
  expired(scope: number, collection: number, before: bigint, limit: number): bigint[] {
    return this.#reading.expired.all(scope, collection, before, before, limit).map((row) => row.id as bigint);
  }

  /** How far the sweep has come; undefined when none is under way. */
  sweep(): Place | undefined {
    const row = this.#reading.sweep.get();
    if (!row) return undefined;
    const { scope, collection, id, ts } = row as Record<keyof Place, bigint>;
    return { scope: Number(scope), collection: Number(collection), id, ts };
  }

  putSweep(place: Place | undefined): void {
    if (place) this.#writing().putSweep.run(place.scope, place.collection, place.id, place.ts);
    else this.#writing().dropSweep.run();
  }
}
