import type { Cursor } from '../fauna/queries.ts';
import type { StreamHandlers } from '../fauna/transport.ts';
import type { Outgoing } from '../notes/remote/outgoing.ts';
import type { RemoteNote } from '../notes/remote/remote-note.ts';

export type { Cursor, StreamHandlers };

/** A note that could not be understood: left out, logged, and none of the others' concern. */
export interface MalformedNote {
  kind: 'malformed';
  id: string | null;
  ts: number;
  /** Never holds what the note says. */
  why: string;
}

export type Received = RemoteNote | MalformedNote;

export type PushAnswer =
  | { kind: 'written'; ts: number }
  /** The document is not there any more, and all that was sent was another client's write to it. */
  | { kind: 'gone' }
  /** The document is not the one the push builds on: merge what it is now, then push again. */
  | { kind: 'found'; note: Received };

export interface ChangesPage {
  notes: Received[];
  /** Where to read on; `more` says whether there is anything there already. */
  next: Cursor;
  more: boolean;
}

export interface NewestPage {
  notes: Received[];
  /** Null: these were the oldest. */
  before: Cursor | null;
}

export interface IdsPage {
  /** Each with its ts. */
  found: [id: string, ts: number][];
  /** The moment of Fauna's that the page is of, in µs. */
  at: number;
  next: Cursor | null;
}

export interface RemoteVersion {
  /** µs */
  ts: number;
  body: string;
}

/** Fauna as the sync engine sees it. Everything rejects with RequestError (fauna/request-failure.ts). */
export interface FaunaGateway {
  /** One transaction; each note is answered for itself, in the order given. One refused note refuses the batch. */
  push(secret: string, batch: readonly Outgoing[]): Promise<PushAnswer[]>;
  /** `own`: times of this device's own writes, which need not be sent back. */
  changes(secret: string, from: Cursor, size: number, own: readonly number[]): Promise<ChangesPage>;
  newest(secret: string, before: Cursor | null, size: number): Promise<NewestPage>;
  /** How many documents there are: as dear as reading them all. */
  count(secret: string): Promise<number>;
  /** The ids of all documents, a page at a time. */
  ids(secret: string, from: Cursor, size: number): Promise<IdsPage>;
  /** These documents; those that are not there, or may not be read, are left out. */
  fetch(secret: string, ids: readonly string[]): Promise<Received[]>;
  /** The states that each of these had before, the newest first; none where the role does not show them. */
  earlierStates(secret: string, ids: readonly string[]): Promise<Uint8Array[][]>;
  /**
   * When documents that are not in the list were deleted, in µs; 0: Fauna does not remember them; null: they are there
   * all the same, or the role does not let anybody ask.
   */
  deletedAt(secret: string, ids: readonly string[]): Promise<(number | null)[]>;
  /** Earlier texts that the server keeps, the newest first. */
  versions(secret: string, id: string): Promise<RemoteVersion[]>;
  watch(secret: string, handlers: StreamHandlers): () => void;
}
