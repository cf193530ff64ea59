/** What crosses between the service and the engine. Plain data, so that a worker can be in between. */
import type { Soon } from '../../soon.ts';
import type { Auth, VerifiedJwt } from '../security/auth.ts';
import type { Commit } from '../store/commit.ts';

export type Credential =
  /** A key's or token's secret, or the root's, possibly with a scope after it: `secret:db/child:server`. */
  | { readonly type: 'secret'; readonly secret: string }
  /** A verified JWT: the database it is for, the provider that vouches for it, its payload as JSON text. */
  | { readonly type: 'jwt'; readonly globalId: bigint; readonly issuer: string; readonly payload: string };

export interface QueryRequest {
  readonly credential: Credential;
  /** The expression as JSON text; undefined if there was none. */
  readonly query: string | undefined;
  /** GET: may not write. */
  readonly readOnly: boolean;
  readonly timeoutMs: number;
  /** The JWTs in the query's text that are good: KeyFromSecret cannot wait for their keys. */
  readonly jwts?: readonly VerifiedJwt[];
  /** Instead of running a query, who the login is of: GET /authorized. */
  readonly identifies?: boolean;
  /** What all but the root's own login are told instead of an answer, with 403. */
  readonly rootOnly?: string | undefined;
}

export interface QueryResponse {
  readonly status: number;
  /** JSON text; where it is long, as bytes in a buffer of their own. */
  readonly body: string | Uint8Array<ArrayBuffer>;
  /** Of bytes, from another thread: to be called when nobody needs them any more, as they are then written over. */
  spent?: () => void;
  /** µs */
  readonly transactionTime: bigint;
  readonly metrics: QueryMetrics;
}

export interface QueryMetrics {
  readonly computeOps: number;
  readonly readOps: number;
  readonly writeOps: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly milliseconds: number;
}

export interface ProviderInfo {
  readonly jwksUri: string;
}

export interface StreamRequest {
  readonly credential: Credential;
  readonly query: string | undefined;
  /** The `fields` of the URL, as given. */
  readonly fields: string | undefined;
  readonly timeoutMs: number;
}

export type EventField = 'action' | 'document' | 'diff' | 'prev' | 'index';

/** A refusal, or what to watch from the snapshot at `start` on. */
export type StreamOpening =
  | { readonly type: 'refused'; readonly response: QueryResponse }
  | {
      readonly type: 'open';
      /** What of a commit concerns the stream; see streams/topics.ts. */
      readonly topic: string;
      /** µs */
      readonly start: bigint;
      /** Of an index: the terms, as stored; events show them and privileges are asked with them. */
      readonly terms: Uint8Array | undefined;
      readonly fields: readonly EventField[];
      readonly login: StreamLogin;
      readonly metrics: QueryMetrics;
    };

/** Who opened a stream. `stamp` stands for the key or token and the roles; when it changes, they are lost. */
export interface StreamLogin {
  readonly auth: Auth;
  readonly stamp: string;
}

export interface EventsRequest {
  readonly login: StreamLogin;
  readonly terms: Uint8Array | undefined;
  readonly fields: readonly EventField[];
  /** Only the changes the stream is about. */
  readonly commit: Commit;
}

/** The way to the engine for those who serve. Workers come behind this. */
export interface EngineDoor {
  query(request: QueryRequest): Soon<QueryResponse>;
  /** Evaluates what a stream is to be of. May run on a reader. */
  openStream(request: StreamRequest): Promise<StreamOpening>;
  /** One JSON text an event, those the login may not see left out. Undefined: the login has been lost. */
  renderEvents(request: EventsRequest): Promise<readonly string[] | undefined>;
  /**
   * Every transaction that commits after the promise resolves is announced, in order, once it is on disk. Commits need
   * not be recorded while nobody listens. The function that comes back ends it.
   */
  onCommit(listener: (commit: Commit) => void): Promise<() => void>;
  /** The provider of the database with this global id that issues as `issuer`. */
  findProvider(globalId: bigint, issuer: string): Promise<ProviderInfo | undefined>;
  close(): Promise<void>;
}

export const UNAUTHORIZED_BODY = '{"errors":[{"code":"unauthorized","description":"Unauthorized"}]}';
