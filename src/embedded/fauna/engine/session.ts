/** Makes the session a query runs in: its transaction, its schema, its limits. */

import type { At } from '../errors/position.ts';
import { fail, parseError } from '../errors/query-error.ts';
import { registry } from '../functions/index.ts';
import { readSet } from '../functions/set-literals.ts';
import type { Session } from '../language/context.ts';
import type { Expression, LambdaExpression } from '../language/expression.ts';
import { LAMBDA_VERSION } from '../language/lambda.ts';
import type { Literals } from '../language/literals.ts';
import { createLiterals } from '../language/literals.ts';
import { Meter } from '../language/meter.ts';
import { parseClosedLambda, parseQuery } from '../language/parser.ts';
import type { Catalog } from '../schema/catalog.ts';
import { readRef } from '../schema/resolve.ts';
import type { Auth, VerifiedJwt } from '../security/auth.ts';
import type { Transaction } from '../store/transaction.ts';
import type { LambdaValue, Value } from '../values/value.ts';

export class QueryTimeout extends Error {
  override readonly name = 'QueryTimeout';
}

export interface SessionParts {
  readonly transaction: Transaction;
  readonly catalog: Catalog;
  readonly expired: () => boolean;
  readonly newId: () => bigint;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly jwts?: readonly VerifiedJwt[] | undefined;
}

/** How often the deadline is looked at. */
const CHECK_EVERY = 256;

export interface CountingSession extends Session {
  readonly spent: () => number;
}

export function createSession(parts: SessionParts): CountingSession {
  let spent = 0;
  const session: CountingSession = {
    transaction: parts.transaction,
    meter: new Meter(),
    catalog: parts.catalog,
    time: parts.transaction.time,
    newId: parts.newId,
    randomBytes: parts.randomBytes,
    jwts: parts.jwts ?? [],
    spent: () => spent,
    spend: () => {
      spent += 1;
      if (spent % CHECK_EVERY === 0 && parts.expired()) throw new QueryTimeout('the query took too long');
    },
    parseLambda: (literal, scope) => parseStored(session, scope, literal),
  };
  return session;
}

/** The @-tags as one login sees them: names are looked up in its database. */
export function literalsFor(session: Session, auth: Auth): Literals {
  const literals: Literals = createLiterals({
    ref: (value, position) => readRef({ session, auth }, value, position),
    set: (fields, position) => readSet({ session, auth }, fields, literals, position),
    lambda: (value, position): LambdaExpression | undefined => parseClosedLambda(registry, literals, value, position),
  });
  return literals;
}

export const parseFor = (session: Session, auth: Auth, query: Value, position?: At): Expression =>
  parseQuery(registry, literalsFor(session, auth), query, position);

/** A stored lambda's literal holds real values already, refs among them, so its tags were read when it was written. */
function parseStored(session: Session, scope: number, literal: Value): LambdaValue {
  const auth: Auth = { scope, permissions: { type: 'client' }, login: { type: 'root' }, identity: undefined };
  const found = parseClosedLambda(registry, literalsFor(session, auth), literal, undefined);
  if (!found) return fail(parseError(undefined, 'Invalid lambda.'));
  return { kind: 'lambda', pattern: found.pattern, body: found.body, apiVersion: LAMBDA_VERSION, captured: new Map() };
}
