/** The engine: a query in, an answer out, synchronously. No threads and no time of its own. */

import { timingSafeEqual } from 'node:crypto';
import { buildPiece } from '../documents/building.ts';
import { loadRules } from '../documents/rules.ts';
import { QueryFailure } from '../errors/query-error.ts';
import { registry } from '../functions/index.ts';
import type { Context } from '../language/context.ts';
import { type EffectLimit, WRITE_LIMIT } from '../language/context.ts';
import { NO_COST } from '../language/meter.ts';
import { createCatalogCache } from '../schema/catalog.ts';
import { type Auth, ROOT_AUTH } from '../security/auth.ts';
import { authenticateJwt, authenticateSecret, providerOf } from '../security/authenticate.ts';
import { identify } from '../security/identify.ts';
import type { Commit } from '../store/commit.ts';
import { NotHere } from '../store/elsewhere.ts';
import type { Clock, GroupOptions, Store } from '../store/store.ts';
import type { Transaction } from '../store/transaction.ts';
import { isTagged, type LambdaValue, type Value } from '../values/value.ts';
import { JsonError, parseJson } from '../wire/json.ts';
import { Output } from '../wire/output.ts';
import { write } from '../wire/render.ts';
import { failed, isAbort } from './answers.ts';
import { createParseCache, type ParseCache } from './parse-cache.ts';
import type {
  Credential,
  EventsRequest,
  ProviderInfo,
  QueryRequest,
  QueryResponse,
  StreamOpening,
  StreamRequest,
} from './protocol.ts';
import { UNAUTHORIZED_BODY } from './protocol.ts';
import { forbidden, unexpected } from './refusals.ts';
import { type CountingSession, createSession, type SessionBounds } from './session.ts';
import { openStream, readFields, renderEvents, STREAM_LIMIT } from './streams.ts';
import { createTidy } from './tidy.ts';

export interface EngineParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly rootKey: string;
  readonly randomBytes: (length: number) => Uint8Array;
  /** On a store with bounds: of each query, too. It then only reads, and whatever is unusual throws. */
  readonly bounds?: SessionBounds;
}

export interface Engine {
  /** Runs one query and, if it wrote, commits. */
  execute(request: QueryRequest): QueryResponse;
  /** Runs several with one commit for all that may write: as many of them as the options allow, at least one. */
  executeAll(requests: readonly QueryRequest[], options?: GroupOptions): QueryResponse[];
  /** Runs one in a snapshot. Undefined: it is for another engine (store/elsewhere.ts), and has done nothing. */
  read(request: QueryRequest): QueryResponse | undefined;
  findProvider(globalId: bigint, issuer: string): ProviderInfo | undefined;
  openStream(request: StreamRequest): StreamOpening;
  renderEvents(request: EventsRequest): readonly string[] | undefined;
  /** Fills new indexes a piece further, in a transaction of its own. Answers whether there may be more to do. */
  build(): boolean;
  /** Forgets a little of what is past its time, in a transaction of its own. Answers whether the sweep goes on. */
  tidy(): boolean;
  /** Takes back the memory of an answer that was bytes, for the next one. */
  reuse(memory: ArrayBuffer): void;
  /** Has every commit of this engine announced; undefined ends it. */
  watch(listener: ((commit: Commit) => void) | undefined): void;
}

/** Thrown to undo a query that failed; carries what to answer. */
class Undone extends Error {
  readonly response: QueryResponse;
  constructor(response: QueryResponse) {
    super('undone');
    this.response = response;
  }
}

export function createEngine({ store, clock, rootKey, randomBytes, bounds }: EngineParts): Engine {
  const newId = createIds(clock, randomBytes);
  const expected = Buffer.from(rootKey);
  const isRoot = (secret: string): boolean => {
    const given = Buffer.from(secret);
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
  /** Whether there may be an index to fill: one may be left from before. */
  let mayBuild = true;
  // A schema document's lambdas are parsed in whichever session first needs them.
  let current: CountingSession | undefined;
  const makeCatalogs = () =>
    createCatalogCache((scope) =>
      loadRules(scope, (literal, inScope): LambdaValue => {
        if (!current) throw new Error('no query is running');
        return current.parseLambda(literal, inScope);
      }),
    );
  let catalogs = makeCatalogs();
  let parse = createParseCache();
  const open = (
    transaction: Transaction,
    { timeoutMs, jwts }: Pick<QueryRequest, 'timeoutMs' | 'jwts'>,
  ): CountingSession => {
    const deadline = performance.now() + timeoutMs;
    current = createSession({
      transaction,
      catalog: catalogs(transaction),
      expired: () => performance.now() > deadline,
      newId,
      randomBytes,
      jwts,
      bounds,
    });
    return current;
  };

  const answers = (session: CountingSession) => {
    const started = performance.now();
    return (status: number, body: QueryResponse['body']): QueryResponse => ({
      status,
      body,
      transactionTime: session.time,
      metrics: {
        ...(status < 300 ? session.meter.cost() : NO_COST),
        milliseconds: Math.floor(performance.now() - started),
      },
    });
  };

  const out = new Output();
  const answerOf = (value: Value, session: CountingSession, auth: Auth): QueryResponse['body'] => {
    out.cut(0);
    out.ascii('{"resource":');
    if (!write(value, out, { session, scope: auth.scope })) out.ascii('null');
    out.ascii('}');
    return out.take();
  };

  const run = (transaction: Transaction, request: QueryRequest): QueryResponse => {
    const session = open(transaction, request);
    const answer = answers(session);
    try {
      const auth = authenticate(session, request.credential, isRoot);
      if (!auth) return answer(401, UNAUTHORIZED_BODY);
      if (request.rootOnly !== undefined && auth !== ROOT_AUTH) return answer(...forbidden(request.rootOnly));
      if (request.identifies) return answer(200, identify(session, auth.scope));
      session.meter.restart();
      const value = evaluate(parse, session, auth, request.query, request.readOnly ? GET_LIMIT : WRITE_LIMIT);
      mayBuild ||= transaction.schemaChanged;
      const body = answerOf(value, session, auth);
      return answer(isTagged(value) && value.kind === 'document' && value.isNew ? 201 : 200, body);
    } catch (error) {
      if (error instanceof NotHere || (bounds && !(error instanceof QueryFailure))) throw error;
      const refused = refusalOf(error, answer);
      // What was read until a query gave up by itself counts, not what was read until it failed.
      const metrics = isAbort(error) ? { ...refused.metrics, ...session.meter.costOfReads() } : refused.metrics;
      throw new Undone({ ...refused, metrics });
    }
  };

  const undone = (error: unknown): QueryResponse => {
    if (error instanceof Undone) return error.response;
    throw error;
  };

  const read = (request: QueryRequest): QueryResponse | undefined =>
    store.read((transaction) => {
      try {
        return run(transaction, request);
      } catch (error) {
        if (error instanceof NotHere) return undefined;
        return undone(error);
      }
    });
  const executeAll = (requests: readonly QueryRequest[], options?: GroupOptions): QueryResponse[] => {
    try {
      return store
        .write(
          requests.map((request) => (transaction: Transaction) => run(transaction, request)),
          options,
        )
        .map((result) => (result.status === 'fulfilled' ? result.value : undone(result.reason)));
    } catch (error) {
      // What was read of a schema that was never committed must not be taken for the next one.
      catalogs = makeCatalogs();
      parse = createParseCache();
      throw error;
    }
  };

  return {
    execute: (request) => {
      const mayWrite = request.query !== undefined && !request.readOnly && registry.mayWrite(request.query);
      return (mayWrite ? undefined : read(request)) ?? (executeAll([request])[0] as QueryResponse);
    },
    executeAll,
    read,
    findProvider: (globalId, issuer) =>
      store.read((transaction) => {
        const jwksUri = providerOf(open(transaction, { timeoutMs: 5000 }), globalId, issuer);
        return jwksUri === undefined ? undefined : { jwksUri };
      }),
    openStream: (request) =>
      store.read((transaction) => {
        const session = open(transaction, request);
        const answer = answers(session);
        try {
          const auth = authenticate(session, request.credential, isRoot);
          if (!auth) return { type: 'refused', response: answer(401, UNAUTHORIZED_BODY) };
          const fields = readFields(request.fields);
          const value = evaluate(parse, session, auth, request.query, STREAM_LIMIT);
          return { ...openStream(session, auth, value, fields), metrics: answer(200, '').metrics };
        } catch (error) {
          return { type: 'refused', response: refusalOf(error, answer) };
        }
      }),
    renderEvents: (request) =>
      store.read((transaction) => renderEvents(open(transaction, { timeoutMs: EVENTS_TIMEOUT_MS }), request)),
    reuse: (memory) => out.reuse(memory),
    build: () => {
      if (!mayBuild) return false;
      const [result] = store.write([(transaction) => buildPiece(open(transaction, { timeoutMs: BUILD_TIMEOUT_MS }))]);
      mayBuild = result?.status === 'fulfilled' && result.value;
      return mayBuild;
    },
    tidy: createTidy(
      (run) => store.write([(transaction) => run(open(transaction, { timeoutMs: TIDY_TIMEOUT_MS }))])[0],
    ),
    watch: (listener) => {
      store.onCommit = listener;
    },
  };
}

const GET_LIMIT: EffectLimit = { effect: 'read', reason: 'get requests' };
const EVENTS_TIMEOUT_MS = 60_000;
const BUILD_TIMEOUT_MS = 60_000;
const TIDY_TIMEOUT_MS = 5000;

function authenticate(
  session: CountingSession,
  credential: Credential,
  isRoot: (secret: string) => boolean,
): Auth | undefined {
  if (credential.type === 'secret') return authenticateSecret(session, credential.secret, isRoot);
  return authenticateJwt(session, credential.globalId, credential.issuer, parseJson(credential.payload));
}

function evaluate(
  parse: ParseCache,
  session: CountingSession,
  auth: Auth,
  query: string | undefined,
  limit: EffectLimit,
): Value {
  if (query === undefined) throw new JsonError('No query provided.');
  const expression = parse(session, auth, query);
  const context: Context = {
    session,
    auth,
    bindings: undefined,
    validTime: undefined,
    depth: 0,
    limit,
  };
  return expression.evaluate(context);
}

/** Whatever is thrown becomes an answer: a query's own failure, or one nobody expected. */
function refusalOf(error: unknown, answer: (status: number, body: string) => QueryResponse): QueryResponse {
  try {
    return failed(error, answer);
  } catch (unknown) {
    return answer(...unexpected(unknown));
  }
}

const EPOCH_MS = 1_420_070_400_000n;

/** Snowflakes: growing with time, and never the same twice. */
function createIds(clock: Clock, randomBytes: (length: number) => Uint8Array): () => bigint {
  let last = 0n;
  return () => {
    const noise = BigInt(Buffer.from(randomBytes(4)).readUInt32BE() & 0x3fff);
    const id = ((clock.now() / 1000n - EPOCH_MS) << 20n) | noise;
    last = id > last ? id : last + 1n;
    return last;
  };
}
