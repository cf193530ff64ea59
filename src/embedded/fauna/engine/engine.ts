/** The engine: a query in, an answer out, synchronously. No threads and no time of its own. */

import { timingSafeEqual } from 'node:crypto';
import { loadRules } from '../documents/rules.ts';
import { QueryFailure, statusOf } from '../errors/query-error.ts';
import { registry } from '../functions/index.ts';
import type { Context } from '../language/context.ts';
import { WRITE_LIMIT } from '../language/context.ts';
import { createCatalogCache } from '../schema/catalog.ts';
import type { Auth } from '../security/auth.ts';
import { authenticateJwt, authenticateSecret, providerOf } from '../security/authenticate.ts';
import type { Clock, GroupOptions, Store } from '../store/store.ts';
import { NeedsWriter, type Transaction } from '../store/transaction.ts';
import { isTagged, type LambdaValue, type Value } from '../values/value.ts';
import { renderErrors } from '../wire/errors.ts';
import { JsonError, parseJson } from '../wire/json.ts';
import { render } from '../wire/render.ts';
import type { ProviderInfo, QueryRequest, QueryResponse } from './protocol.ts';
import { UNAUTHORIZED_BODY } from './protocol.ts';
import { unexpected } from './refusals.ts';
import { type CountingSession, createSession, parseFor, QueryTimeout } from './session.ts';

export interface EngineParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly rootKey: string;
  readonly randomBytes: (length: number) => Uint8Array;
}

export interface Engine {
  /** Runs one query and, if it wrote, commits. */
  execute(request: QueryRequest): QueryResponse;
  /** Runs several with one commit for all that may write: as many of them as the options allow, at least one. */
  executeAll(requests: readonly QueryRequest[], options?: GroupOptions): QueryResponse[];
  /** Runs one in a snapshot. Undefined: it wants to write, and has done nothing. */
  read(request: QueryRequest): QueryResponse | undefined;
  findProvider(globalId: bigint, issuer: string): ProviderInfo | undefined;
}

/** Thrown to undo a query that failed; carries what to answer. */
class Undone extends Error {
  readonly response: QueryResponse;
  constructor(response: QueryResponse) {
    super('undone');
    this.response = response;
  }
}

export function createEngine({ store, clock, rootKey, randomBytes }: EngineParts): Engine {
  const newId = createIds(clock, randomBytes);
  const isRoot = (secret: string): boolean => {
    const [given, expected] = [Buffer.from(secret), Buffer.from(rootKey)];
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
  // A schema document's lambdas are parsed in whichever session first needs them.
  let current: CountingSession | undefined;
  const catalogs = createCatalogCache((scope) =>
    loadRules(scope, (literal, inScope): LambdaValue => {
      if (!current) throw new Error('no query is running');
      return current.parseLambda(literal, inScope);
    }),
  );
  const open = (transaction: Transaction, timeoutMs: number): CountingSession => {
    const deadline = clock.now() + BigInt(timeoutMs) * 1000n;
    current = createSession({
      transaction,
      catalog: catalogs(transaction),
      expired: () => clock.now() > deadline,
      newId,
      randomBytes,
    });
    return current;
  };

  const run = (transaction: Transaction, request: QueryRequest): QueryResponse => {
    const started = clock.now();
    const session = open(transaction, request.timeoutMs);
    const answer = (status: number, body: string): QueryResponse => ({
      status,
      body,
      transactionTime: transaction.time,
      metrics: {
        computeOps: Math.max(1, Math.ceil(session.spent() / 50)),
        readOps: 0,
        writeOps: 0,
        milliseconds: Number((clock.now() - started) / 1000n),
      },
    });
    try {
      const auth = authenticate(session, request, isRoot);
      if (!auth) return answer(401, UNAUTHORIZED_BODY);
      const value = evaluate(session, auth, request);
      const body = render(value, { session, scope: auth.scope }) ?? 'null';
      return answer(isTagged(value) && value.kind === 'document' && value.isNew ? 201 : 200, `{"resource":${body}}`);
    } catch (error) {
      if (error instanceof NeedsWriter) throw error;
      throw new Undone(refusalOf(error, answer));
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
        if (error instanceof NeedsWriter) return undefined;
        return undone(error);
      }
    });
  const executeAll = (requests: readonly QueryRequest[], options?: GroupOptions): QueryResponse[] =>
    store
      .write(
        requests.map((request) => (transaction: Transaction) => run(transaction, request)),
        options,
      )
      .map((result) => (result.status === 'fulfilled' ? result.value : undone(result.reason)));

  return {
    execute: (request) => {
      const mayWrite = request.query !== undefined && !request.readOnly && registry.mayWrite(request.query);
      return (mayWrite ? undefined : read(request)) ?? (executeAll([request])[0] as QueryResponse);
    },
    executeAll,
    read,
    findProvider: (globalId, issuer) =>
      store.read((transaction) => {
        const jwksUri = providerOf(open(transaction, 5000), globalId, issuer);
        return jwksUri === undefined ? undefined : { jwksUri };
      }),
  };
}

function authenticate(
  session: CountingSession,
  { credential }: QueryRequest,
  isRoot: (secret: string) => boolean,
): Auth | undefined {
  if (credential.type === 'secret') return authenticateSecret(session, credential.secret, isRoot);
  return authenticateJwt(session, credential.globalId, credential.issuer, parseJson(credential.payload));
}

function evaluate(session: CountingSession, auth: Auth, request: QueryRequest): Value {
  if (request.query === undefined) throw new JsonError('No query provided.');
  const expression = parseFor(session, auth, parseJson(request.query));
  const context: Context = {
    session,
    auth,
    bindings: undefined,
    validTime: undefined,
    depth: 0,
    limit: request.readOnly ? { effect: 'read', reason: 'get requests' } : WRITE_LIMIT,
  };
  return expression.evaluate(context);
}

function failed(error: unknown, answer: (status: number, body: string) => QueryResponse): QueryResponse {
  if (error instanceof QueryFailure) return answer(statusOf(error.errors), renderErrors(error.errors));
  if (error instanceof JsonError) {
    const [code, description, position] = ['invalid expression', error.message, undefined];
    return answer(400, renderErrors([{ code, description, position, rank: 0, status: 400 }]));
  }
  if (error instanceof QueryTimeout) {
    return answer(503, '{"errors":[{"code":"time out","description":"Query timed out."}]}');
  }
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    const description = 'Call stack reached the maximum limit of 200.';
    return answer(
      400,
      renderErrors([{ code: 'stack overflow', description, position: undefined, rank: 0, status: 400 }]),
    );
  }
  throw error;
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
