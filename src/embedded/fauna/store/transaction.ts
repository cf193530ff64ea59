/** What a query may do with the file, in the transaction it runs in. */
import type { ChangeLog } from './change-log.ts';
import { NeedsWriter } from './elsewhere.ts';
import { Housekeeping, versionRow } from './housekeeping.ts';
import {
  ACTIONS,
  type Build,
  type EntryRow,
  type EventScan,
  LOOKUP,
  type LookupKind,
  NEVER,
  type NewEntry,
  type Scan,
  type ScanRow,
  type VersionAction,
  type VersionRow,
} from './rows.ts';
import type { Parameter, Statement, Statements } from './statements.ts';

const HIGHEST = Buffer.alloc(64, 0xff);
const LOWEST = Buffer.alloc(0);

export interface TransactionOptions {
  /** What is written is noted in it. */
  readonly log?: ChangeLog | undefined;
  readonly writable?: boolean;
  /** The schema's number, if it is known. */
  readonly schema?: bigint;
}

export class Transaction {
  /** What versions and entries written here are stamped with. */
  readonly time: bigint;
  /** Whether schema documents were written, so that cached schemas must go. */
  schemaChanged = false;
  #writes = 0;
  readonly #statements: Statements;
  readonly #log: ChangeLog | undefined;
  readonly #writable: boolean;
  readonly #schema: bigint | undefined;

  constructor(statements: Statements, time: bigint, { log, writable = true, schema }: TransactionOptions = {}) {
    this.#statements = statements;
    this.time = time;
    this.#log = log;
    this.#writable = writable;
    this.#schema = schema;
  }

  /** The statements that change something; asking for them is what makes this a transaction that wrote. */
  get #writing(): Statements {
    if (!this.#writable) throw new NeedsWriter('a reader cannot write');
    this.#writes += 1;
    return this.#statements;
  }

  /** How often something was written: what was read before may have changed. */
  get writes(): number {
    return this.#writes;
  }

  /** Whether anything was written, so that there is something to commit. */
  get wrote(): boolean {
    return this.#writes > 0;
  }

  /** What only those do with the file who forget what is past its time. */
  get housekeeping(): Housekeeping {
    return new Housekeeping(this.#statements, () => this.#writing);
  }

  /** The newest version at `at` or before, deletes included. */
  version(scope: number, collection: number, id: bigint, at: bigint = NEVER): VersionRow | undefined {
    const row = this.#statements.version.get(scope, collection, id, at) as unknown as Columns | undefined;
    return (
      row && { ts: row[0] as bigint, action: ACTIONS[Number(row[1])] as VersionAction, data: row[2] as Uint8Array }
    );
  }

  /** Oldest first. */
  versions(scope: number, collection: number, id: bigint, from = 0n, to: bigint = NEVER): VersionRow[] {
    return all(this.#statements.versions, scope, collection, id, from, to).map(versionRow);
  }

  /** The newest version of every live document of a collection, by id. For schema collections: they are small. */
  latest(scope: number, collection: number): (VersionRow & { readonly id: bigint })[] {
    return all(this.#statements.latest, scope, collection, scope, collection).map((row) => ({
      ...versionRow(row),
      id: row.id as bigint,
    }));
  }

  putVersion(scope: number, collection: number, id: bigint, row: VersionRow): void {
    if (this.#log) this.#noteVersion(this.#log, scope, collection, id, row);
    const action = ACTIONS.indexOf(row.action);
    this.#writing.putVersion.run(scope, collection, id, row.ts, action, row.data);
  }

  dropVersion(scope: number, collection: number, id: bigint, ts: bigint): void {
    const row = this.#log && this.version(scope, collection, id, ts);
    if (row?.ts === ts) this.#log?.removal({ scope, collection, id, ts, action: row.action });
    this.#writing.dropVersion.run(scope, collection, id, ts);
    if (this.#log) this.#noteNext(this.#log, scope, collection, id, ts);
  }

  /** How many versions a collection's documents have; counted no further than `most`. */
  countVersions(scope: number, collection: number, most: number): number {
    return Number(this.#statements.countVersions.get(scope, collection, most)?.count ?? 0);
  }

  /** The ids of documents there are or were, in order. */
  idsAfter(scope: number, collection: number, id: bigint, limit: number): bigint[] {
    return all(this.#statements.idsAfter, scope, collection, id, limit).map((row) => row.id as bigint);
  }

  /** Any index that is being filled. */
  build(): Build | undefined {
    const row = this.#statements.build.get();
    return (
      row && {
        scope: Number(row.scope),
        index: row.idx as bigint,
        collection: Number(row.collection),
        id: row.id as bigint,
      }
    );
  }

  putBuild({ scope, index, collection, id }: Build): void {
    this.#writing.putBuild.run(scope, index, collection, id);
  }

  dropBuild(scope: number, index: bigint): void {
    this.#writing.dropBuild.run(scope, index);
  }

  maxId(scope: number, collection: number): bigint | undefined {
    return (this.#statements.maxId.get(scope, collection)?.id as bigint | null) ?? undefined;
  }

  scan(scan: Scan): ScanRow[] {
    const statement = scan.ascending ? this.#statements.scanUp : this.#statements.scanDown;
    const { scope, index, terms, from = LOWEST, to = HIGHEST, at, limit } = scan;
    const rows = all(statement, scope, index, terms, from, to, at, at, this.time, limit);
    return (rows as unknown as Columns[]).map(scanRow);
  }

  /** What came or went under the terms, in the order of time. */
  scanEvents({ by, scope, index, terms, from, to, ascending, beyond, limit }: EventScan): EntryRow[] {
    const statement = this.#statements[ascending ? (`${by}Up` as const) : (`${by}Down` as const)];
    const ts = beyond?.ts ?? (ascending ? -NEVER : NEVER);
    const position = beyond?.position ?? (ascending ? LOWEST : HIGHEST);
    return all(statement, scope, index, terms, from, to, ts, position, limit).map(entryRow);
  }

  /** Puts an element into a set, from `ts` on. One of another ttl is another element: that may have passed. */
  addEntry(entry: NewEntry, ts: bigint = this.time, removed: bigint = NEVER): void {
    const { scope, index, terms, position } = entry;
    const newest = this.#newestOf(entry);
    const latest = newest?.expires === (entry.expires ?? null) ? newest : undefined;
    if (latest?.removed === NEVER && ts === this.time) return;
    if (removed === NEVER) this.#note(entry, 'add', ts);
    if (latest?.removed === ts) {
      this.#writing.endEntry.run(removed, scope, index, terms, position, latest.added);
      return;
    }
    this.#writing.addEntry.run(
      scope,
      index,
      terms,
      position,
      ts,
      removed,
      entry.collection,
      entry.id,
      entry.vals,
      entry.expires ?? null,
    );
  }

  /** Takes an element out. Of one that came in this transaction nothing stays behind, not even for events. */
  removeEntry(entry: NewEntry): void {
    const { scope, index, terms, position } = entry;
    const latest = this.#newestOf(entry);
    if (latest?.removed !== NEVER) return;
    this.#note(entry, 'remove', this.time);
    // One row by its whole key: for what might be several rows SQLite keeps a journal of the statement.
    if (latest.added === this.time) this.#writing.dropEntry.run(scope, index, terms, position, latest.added);
    else this.#writing.endEntry.run(this.time, scope, index, terms, position, latest.added);
  }

  /** The last that is known of an element, in the set or not. */
  #newestOf({ scope, index, terms, position }: NewEntry): Pick<EntryRow, 'added' | 'removed' | 'expires'> | undefined {
    const row = this.#statements.liveEntry.get(scope, index, terms, position) as unknown as Columns | undefined;
    return row && { added: row[0] as bigint, removed: row[1] as bigint, expires: row[2] as bigint | null };
  }

  #noteVersion(log: ChangeLog, scope: number, collection: number, id: bigint, row: VersionRow): void {
    const before = this.version(scope, collection, id, row.ts - 1n);
    if (row.ts < this.time) this.#noteNext(log, scope, collection, id, row.ts, row);
    log.version({ scope, collection, id, ...row, before });
  }

  /** In history, what a version changed depends on the one before it. */
  #noteNext(log: ChangeLog, scope: number, collection: number, id: bigint, ts: bigint, put?: VersionRow): void {
    const next = this.versions(scope, collection, id, ts + 1n)[0];
    const before = put ?? this.version(scope, collection, id, ts);
    if (next) log.version({ scope, collection, id, ...next, before });
  }

  #note(entry: NewEntry, action: 'add' | 'remove', ts: bigint): void {
    if (!this.#log) return;
    const { position, ...change } = entry;
    this.#log.entry({ ...change, action, ts }, position);
  }

  /** Forgets all of one element, before its history is written anew. */
  dropPosition(entry: NewEntry): void {
    this.#writing.dropPosition.run(entry.scope, entry.index, entry.terms, entry.position);
  }

  dropIndex(scope: number, index: bigint): void {
    this.#writing.dropIndex.run(scope, index);
  }

  lookup(kind: LookupKind, key: bigint): { scope: number; id: bigint } | undefined {
    const row = this.#statements.lookup.get(LOOKUP[kind], key);
    return row && { scope: Number(row.scope), id: row.id as bigint };
  }

  putLookup(kind: LookupKind, key: bigint, scope: number, id: bigint): void {
    this.#writing.putLookup.run(LOOKUP[kind], key, scope, id);
  }

  dropLookup(kind: LookupKind, key: bigint): void {
    this.#writing.dropLookup.run(LOOKUP[kind], key);
  }

  counter(name: 'schema' | 'scope' | 'time'): bigint {
    if (name === 'schema' && this.#schema !== undefined) return this.#schema;
    return (this.#statements.counter.get(name)?.value as bigint | undefined) ?? 0n;
  }

  setCounter(name: 'schema' | 'scope' | 'time', value: bigint): void {
    this.#writing.setCounter.run(value, name);
  }
}

type Row = Record<string, unknown>;
/** A row of a statement that returns arrays, in the order of its SELECT. */
type Columns = readonly unknown[];
const all = (statement: Statement, ...parameters: Parameter[]): Row[] => statement.all(...parameters);

const scanRow = (row: Columns): ScanRow => ({
  position: row[0] as Uint8Array | null,
  added: row[1] as bigint,
  collection: Number(row[2]),
  id: row[3] as bigint,
  vals: row[4] as Uint8Array | null,
});

const entryRow = (row: Row): EntryRow => ({
  position: row.position as Uint8Array,
  added: row.added as bigint,
  removed: row.removed as bigint,
  expires: row.expires as bigint | null,
  collection: Number(row.collection),
  id: row.id as bigint,
  vals: row.vals as Uint8Array | null,
});
