/** A note as the server has it, decoded. `ts` is the document's, in microseconds. */
export type RemoteNote = RemoteText | RemotePurge;

export interface RemoteText {
  kind: 'note';
  id: string;
  ts: number;
  format: number;
  /** The Yjs document; null when another FQL client made the note and wrote none. */
  state: Uint8Array | null;
  /** Where that cannot be read: those that the server had before, the newest first. Absent: not asked for yet. */
  earlier?: readonly Uint8Array[];
  /** The readable fields; null where the document has none of that type. */
  body: string | null;
  tags: string[] | null;
  pinned: boolean | null;
  trashedAt: number | null;
  createdAt: number | null;
  editedAt: number | null;
  device: string | null;
}

/** Purged by Burrow (a tombstone), or deleted by another FQL client. */
export interface RemotePurge {
  kind: 'purged';
  id: string;
  ts: number;
  /** The ts of what was purged, where that is known: nothing newer than that was. */
  over?: number;
  /** There is no document any more. */
  outright?: true;
}

export type MergeOutcome =
  /** This device has merged it before. */
  | 'known'
  /** The note is new here. */
  | 'new'
  | 'merged'
  /** Merged; both sides had changed the same line. */
  | 'conflict'
  /** Another FQL client wrote it: waits to be folded in by a push. */
  | 'foreign'
  /** Without a document: not merged before the server was asked for the one it had. */
  | 'text-only'
  /** Of a higher format: shown, not merged. */
  | 'parked'
  | 'purged'
  /** Purged there, edited here: the edit stays and is sent again. */
  | 'kept-edit'
  /** Purged here, edited there: the note is back. */
  | 'purge-undone'
  /** Purged here; the server only had what was purged, so the purge is sent again. */
  | 'purge-stands'
  /** Could not be merged; logged, and the others go on. */
  | 'unreadable';
