/** What one transaction wrote, for streams. Bytes are as stored. */
export interface Commit {
  /** Its time in µs. */
  readonly time: bigint;
  readonly changes: readonly Change[];
}

export type Change = VersionChange | VersionRemoval | EntryChange;

interface OfDocument {
  readonly scope: number;
  readonly collection: number;
  readonly id: bigint;
  /** Valid time in µs; not the commit's when history was rewritten. */
  readonly ts: bigint;
}

export interface VersionChange extends OfDocument {
  readonly type: 'version';
  readonly action: 'create' | 'update' | 'delete';
  readonly data: Uint8Array;
  /** The version before it in time. */
  readonly before:
    | { readonly ts: bigint; readonly action: 'create' | 'update' | 'delete'; readonly data: Uint8Array }
    | undefined;
}

export interface VersionRemoval extends OfDocument {
  readonly type: 'removal';
  readonly action: 'create' | 'update' | 'delete';
}

export interface EntryChange extends OfDocument {
  readonly type: 'entry';
  readonly action: 'add' | 'remove';
  readonly index: bigint;
  readonly terms: Uint8Array;
  readonly vals: Uint8Array | null;
  /** In µs, of an element that has a ttl. */
  readonly expires?: bigint | undefined;
}
