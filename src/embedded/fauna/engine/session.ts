/** Makes the session a query runs in: its transaction, its schema, its limits. */

import { fail, parseError, QueryFailure } from '../errors/query-error.ts';
import { registry } from '../functions/index.ts';
import { readSet } from '../functions/set-literals.ts';
import type { Session } from '../language/context.ts';
import type { Expression, LambdaExpression } from '../language/expression.ts';
import { LAMBDA_VERSION } from '../language/lambda.ts';
import type { Literals } from '../language/literals.ts';
import { createLiterals } from '../language/literals.ts';
import { Meter } from '../language/meter.ts';
import { parseClosedLambda, parseQuery } from '../language/parser.ts';
import { ReadMemory } from '../language/read-memory.ts';
import type { Registry } from '../language/registry.ts';
import type { Catalog } from '../schema/catalog.ts';
import { readRef } from '../schema/resolve.ts';
import type { Auth, VerifiedJwt } from '../security/auth.ts';
import { hashMatches } from '../security/hashes.ts';
import { OutOfBounds } from '../store/elsewhere.ts';
import type { Transaction } from '../store/transaction.ts';
import type { LambdaValue, Value } from '../values/value.ts';

export class QueryTimeout extends Error {
  override readonly name = 'QueryTimeout';
}

/** Of a session that must come to its end soon; what is beyond them throws OutOfBounds. */
export interface SessionBounds {
  /** The forms there are. */
  readonly registry: Registry;
  /** How often it may spend. */
  readonly spends: number;
  hashMatches(text: string, hash: string): boolean;
}

export interface SessionParts {
  readonly transaction: Transaction;
  readonly catalog: Catalog;
  readonly expired: () => boolean;
  readonly newId: () => bigint;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly jwts?: readonly VerifiedJwt[] | undefined;
  readonly bounds?: SessionBounds | undefined;
}

/** How often the deadline is looked at. */
const CHECK_EVERY = 256;

export interface CountingSession extends Session {
  /** The query's forms; throws OutOfBounds where they are not all of the language and the query has others. */
  parse(auth: Auth, query: Value): Expression;
}

export function createSession(parts: SessionParts): CountingSession {
  const { bounds } = parts;
  const forms = bounds?.registry ?? registry;
  const most = bounds?.spends ?? Number.POSITIVE_INFINITY;
  const parsed = bounds ? orBeyond : <T>(_: Value, parse: () => T): T => parse();
  let spent = 0;
  const session: CountingSession = {
    transaction: parts.transaction,
    meter: new Meter(),
    catalog: parts.catalog,
    // Within bounds, what is used twice is read and counted twice.
    memory: new ReadMemory(parts.transaction, bounds && 0),
    time: parts.transaction.time,
    newId: parts.newId,
    randomBytes: parts.randomBytes,
    jwts: parts.jwts ?? [],
    hashMatches: bounds?.hashMatches ?? hashMatches,
    spend: () => {
      spent += 1;
      if (spent > most) throw new OutOfBounds('more than may be done here');
      if (spent % CHECK_EVERY === 0 && parts.expired()) throw new QueryTimeout('the query took too long');
    },
    parse: (auth, query) => parsed(query, () => parseQuery(forms, literalsFor(session, auth, forms), query)),
    parseLambda: (literal, scope) => parsed(literal, () => parseStored(session, scope, literal, forms)),
  };
  return session;
}

/** Stored lambdas that were parsed in vain: the schema holds them for as long as it is the same. */
const beyond = new WeakSet<object>();

/** What does not parse with only some of the forms may with all of them. */
function orBeyond<T>(literal: Value, parse: () => T): T {
  const isKept = typeof literal === 'object' && literal !== null;
  if (!isKept || !beyond.has(literal)) {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof QueryFailure)) throw error;
      if (isKept) beyond.add(literal);
    }
  }
  throw new OutOfBounds('a form that is not known here');
}

/** The @-tags as one login sees them: names are looked up in its database. */
function literalsFor(session: Session, auth: Auth, forms: Registry): Literals {
  const literals: Literals = createLiterals({
    ref: (value, position) => readRef({ session, auth }, value, position),
    set: (fields, position) => readSet({ session, auth }, fields, literals, position),
    lambda: (value, position): LambdaExpression | undefined => parseClosedLambda(forms, literals, value, position),
  });
  return literals;
}

/** A stored lambda's literal holds real values already, refs among them, so its tags were read when it was written. */
function parseStored(session: Session, scope: number, literal: Value, forms: Registry): LambdaValue {
  const auth: Auth = { scope, permissions: { type: 'client' }, login: { type: 'root' }, identity: undefined };
  const found = parseClosedLambda(forms, literalsFor(session, auth, forms), literal, undefined);
  if (!found) return fail(parseError(undefined, 'Invalid lambda.'));
  return { kind: 'lambda', pattern: found.pattern, body: found.body, apiVersion: LAMBDA_VERSION, captured: new Map() };
}
