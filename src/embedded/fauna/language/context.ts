/** What evaluation needs: the session is the query's, the context is the place in it. */
import type { Catalog } from '../schema/catalog.ts';
import type { Auth, VerifiedJwt } from '../security/auth.ts';
import type { Transaction } from '../store/transaction.ts';
import type { LambdaValue, Value } from '../values/value.ts';
import type { Effect } from './effect.ts';
import type { Meter } from './meter.ts';
import type { ReadMemory } from './read-memory.ts';

/** One query's run: a transaction, its time, its limits. */
export interface Session {
  readonly transaction: Transaction;
  readonly catalog: Catalog;
  readonly memory: ReadMemory;
  /** The snapshot's time in µs; Now(), and the `ts` of what this transaction writes. */
  readonly time: bigint;
  /** Throws when the query has taken the time it may. Called for every function and lambda, and in long work. */
  spend(): void;
  readonly meter: Meter;
  newId(): bigint;
  randomBytes(length: number): Uint8Array;
  /** Whether the secret's text is what was hashed; security/hashes.ts. */
  hashMatches(text: string, hash: string): boolean;
  /** Of the JWTs in the query's text those that are good. */
  readonly jwts: readonly VerifiedJwt[];
  /** Parses a stored lambda; injected, since the parser knows the functions and they must not know it. */
  parseLambda(literal: Value, scope: number): LambdaValue;
}

interface Binding {
  readonly name: string;
  readonly value: Value;
  readonly next: Bindings;
}
export type Bindings = Binding | undefined;

export interface Context {
  readonly session: Session;
  readonly auth: Auth;
  readonly bindings: Bindings;
  /** Set within At(). Undefined reads the newest state, this transaction's writes included. */
  readonly validTime: bigint | undefined;
  readonly depth: number;
  readonly limit: EffectLimit;
}

export interface EffectLimit {
  readonly effect: Effect;
  /** Plural, lowercase: "auth predicates", "get requests". */
  readonly reason: string;
}

export const WRITE_LIMIT: EffectLimit = { effect: 'write', reason: '' };

export const bind = (context: Context, name: string, value: Value): Context => ({
  ...context,
  bindings: { name, value, next: context.bindings },
});

export function lookup(context: Context, name: string): Value {
  for (let binding = context.bindings; binding; binding = binding.next) {
    if (binding.name === name) return binding.value;
  }
  throw new Error(`unbound variable ${name} passed the parser`);
}

/** At the snapshot's own time a context reads the current state and may write (EvalContext.scala). */
export function atTime(context: Context, ts: bigint | undefined): Context {
  const validTime = ts === undefined || ts === context.session.time ? undefined : ts;
  return validTime === context.validTime ? context : { ...context, validTime };
}
