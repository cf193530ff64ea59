/** What the service's thread and the engine's threads say to each other. */
import type { Commit } from '../../store/commit.ts';
import type { EventsRequest, QueryRequest, QueryResponse, StreamRequest } from '../protocol.ts';

export interface WorkerSettings {
  readonly file: string;
  readonly rootKey: string;
  readonly role: 'reader' | 'writer';
  /** See phase.ts. */
  readonly phase: SharedArrayBuffer;
  /** See clock.ts. */
  readonly time: SharedArrayBuffer;
  /** See store/store.ts. */
  readonly commits: SharedArrayBuffer;
  /** When the writer first tidies up (ms), if not as it usually does. */
  readonly tidyAfter?: number | undefined;
}

export type Call =
  | { readonly method: 'query'; readonly request: QueryRequest }
  | { readonly method: 'findProvider'; readonly globalId: bigint; readonly issuer: string }
  | { readonly method: 'openStream'; readonly request: StreamRequest }
  | { readonly method: 'renderEvents'; readonly request: EventsRequest }
  | { readonly method: 'backup'; readonly file: string };

/** `until`: when a query is to be over, in ms since 1970 as `performance` has it. */
export type NumberedCall = readonly [id: number, call: Call, until: number];

export type ToWorker =
  /** `spent`: memory of earlier answers, to be used again. */
  | { readonly type: 'calls'; readonly calls: readonly NumberedCall[]; readonly spent: readonly ArrayBuffer[] }
  /** From now on commits are announced, or no longer. */
  | { readonly type: 'announce'; readonly commits: boolean }
  | { readonly type: 'close' };

export type Answer =
  | { readonly type: 'response'; readonly response: QueryResponse }
  /** Of a call that is not a query: what the door's method of that name answers. */
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'done' }
  /** A query on a reader that wants to write. */
  | { readonly type: 'needs-writer' }
  | { readonly type: 'failed'; readonly message: string };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'answers'; readonly answers: readonly (readonly [id: number, answer: Answer])[] }
  /** Hashes of secrets that were found to match; see security/hashes.ts. */
  | { readonly type: 'proven'; readonly digests: readonly string[] }
  | { readonly type: 'announcing' }
  | { readonly type: 'commits'; readonly commits: readonly Commit[] }
  | { readonly type: 'not-opened'; readonly message: string };
