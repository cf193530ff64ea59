/** What crosses between the service and the engine. Plain data, so that a worker can be in between. */
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
}

export interface QueryResponse {
  readonly status: number;
  /** JSON text. */
  readonly body: string;
  /** µs */
  readonly transactionTime: bigint;
  readonly metrics: QueryMetrics;
}

export interface QueryMetrics {
  readonly computeOps: number;
  readonly readOps: number;
  readonly writeOps: number;
  readonly milliseconds: number;
}

export interface ProviderInfo {
  readonly jwksUri: string;
}

/** The way to the engine for those who serve. Workers come behind this. */
export interface EngineDoor {
  query(request: QueryRequest): Promise<QueryResponse>;
  /** The provider of the database with this global id that issues as `issuer`. */
  findProvider(globalId: bigint, issuer: string): Promise<ProviderInfo | undefined>;
  close(): Promise<void>;
}

export const UNAUTHORIZED_BODY = '{"errors":[{"code":"unauthorized","description":"Unauthorized"}]}';
