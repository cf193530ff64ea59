/** Rows as they lie in the file, and what a reader asks for. Values are bytes here; the engine gives them meaning. */
/** The `removed` of an entry that is in its set. */
export const NEVER = 2n ** 63n - 1n;

export const ACTIONS = ['create', 'update', 'delete'] as const;
export type VersionAction = (typeof ACTIONS)[number];

export interface VersionRow {
  readonly ts: bigint;
  readonly action: VersionAction;
  readonly data: Uint8Array;
}

export interface EntryRow {
  readonly position: Uint8Array;
  readonly added: bigint;
  readonly removed: bigint;
  /** When the document's ttl ends. */
  readonly expires: bigint | null;
  readonly collection: number;
  readonly id: bigint;
  /** The index's values, encoded; null for an index without. */
  readonly vals: Uint8Array | null;
}

/** What a scan answers: less than a whole row, since it is read the most. */
export interface ScanRow extends Omit<EntryRow, 'position' | 'removed' | 'expires'> {
  /** Null where there are no values: it is the ref alone then. */
  readonly position: Uint8Array | null;
}

export interface NewEntry {
  readonly scope: number;
  readonly index: bigint;
  readonly terms: Uint8Array;
  readonly position: Uint8Array;
  readonly collection: number;
  readonly id: bigint;
  readonly vals: Uint8Array | null;
  /** When the document's ttl ends, in µs. */
  readonly expires?: bigint | undefined;
}

/** Entries by when they came (`added`) or went (`removed`), both bounds included. */
export interface EventScan {
  readonly by: 'added' | 'removed';
  readonly scope: number;
  readonly index: bigint;
  readonly terms: Uint8Array;
  readonly from: bigint;
  readonly to: bigint;
  readonly ascending: boolean;
  /** The last row of the chunk before, if this continues one. */
  readonly beyond?: { readonly ts: bigint; readonly position: Uint8Array } | undefined;
  readonly limit: number;
}

export interface Scan {
  readonly scope: number;
  readonly index: bigint;
  readonly terms: Uint8Array;
  /** Lowest and highest position, both included; a prefix is lower than what continues it. */
  readonly from?: Uint8Array | undefined;
  readonly to?: Uint8Array | undefined;
  readonly ascending: boolean;
  /** The entries that were in the set at this time (µs). */
  readonly at: bigint;
  readonly limit: number;
}

export const LOOKUP = { key: 1, database: 2, scope: 3, account: 4 } as const;
export type LookupKind = keyof typeof LOOKUP;

/** An index that is being filled: with the documents of this collection up to this id, and all collections before. */
export interface Build {
  readonly scope: number;
  readonly index: bigint;
  readonly collection: number;
  readonly id: bigint;
}

/** A version's place in the file; a sweep goes through them in this order. */
export interface Place {
  readonly scope: number;
  readonly collection: number;
  readonly id: bigint;
  readonly ts: bigint;
}
