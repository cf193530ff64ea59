/** How values that documents cannot hold as they are get stored, and how lambdas come back. */

import { unresolvedRef } from '../errors/errors.ts';
import { fail } from '../errors/query-error.ts';
import type { Session } from '../language/context.ts';
import { lambdaLiteral } from '../language/lambda.ts';
import { NATIVE } from '../schema/ids.ts';
import type { LoadRules, StoreRules } from '../values/codec.ts';
import { timeOfMicros } from '../values/time.ts';
import {
  type FaunaObject,
  isArray,
  isObject,
  type LambdaValue,
  object,
  ref,
  type Tagged,
  type Value,
  type Version,
} from '../values/value.ts';

/** FaunaDB's irValue of its literals (Expression.scala). */
export function storedForm(value: Tagged, time: bigint): Value {
  switch (value.kind) {
    case 'transactionTime':
      return value.micros ? time : timeOfMicros(time);
    case 'action':
      return value.action;
    case 'set':
      return setForm(value.set.literal());
    case 'page':
      return new Map<string, Value>([
        ...(value.before === undefined ? [] : ([['before', value.before]] as [string, Value][])),
        ...(value.after === undefined ? [] : ([['after', value.after]] as [string, Value][])),
        ['data', value.data],
      ]);
    case 'element':
      return object({ value: value.value, sources: value.sources.map((set): Value => ({ kind: 'set', set })) });
    case 'document':
      return new Map<string, Value>([
        [
          'ref',
          { kind: 'ref', scope: value.version.scope, collection: value.version.collection, id: value.version.id },
        ],
        ['class', collectionOf(value.version)],
        ['collection', collectionOf(value.version)],
        ['ts', value.version.pending ? time : value.version.ts],
        ...value.version.fields,
      ]);
    case 'event':
      return new Map<string, Value>([
        ['ts', value.ts],
        ['action', value.action],
        ['resource', value.document],
        ...(value.values ? ([['values', value.values]] as [string, Value][]) : []),
      ]);
    case 'lambda':
      return lambdaLiteral(value);
    case 'unresolved':
      // FaunaDB has no answer to this.
      return fail(unresolvedRef(undefined, value));
    default:
      throw new Error(`a ${value.kind} cannot be stored`);
  }
}

/**
 * Fields as the written document has them, before they are stored: what only queries know has become data. Most is data
 * as it is, and not copied.
 */
export function asWritten(value: Value, time: bigint): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (isArray(value)) {
    let copy: Value[] | undefined;
    for (const [index, element] of value.entries()) {
      const written = asWritten(element, time);
      if (written === element) continue;
      copy ??= [...value];
      copy[index] = written;
    }
    return copy ?? value;
  }
  if (isObject(value)) {
    let copy: FaunaObject | undefined;
    for (const [name, field] of value) {
      const written = asWritten(field, time);
      if (written === field) continue;
      copy ??= new Map(value);
      copy.set(name, written);
    }
    return copy ?? value;
  }
  return QUERY_ONLY.has(value.kind) ? asWritten(storedForm(value, time), time) : value;
}

const QUERY_ONLY = new Set<Tagged['kind']>(['action', 'set', 'page', 'element', 'document', 'event']);

const collectionOf = ({ scope, collection }: Version): Value => ref(scope, NATIVE.collections, BigInt(collection));

const COMBINED = new Set(['union', 'intersection', 'difference']);

/**
 * A set as an object `{ "@set": … }`; those that are only a ref stay one. Members are a list also when there is one, and
 * the set whose events it is is one of its own (Expression.scala:646).
 */
function setForm(literal: Value): Value {
  if (!isObject(literal)) return literal;
  const fields = [...literal].map(([key, part]): [string, Value] => {
    if (key === 'events') return [key, setForm(part)];
    return [key, COMBINED.has(key) && !isArray(part) ? [part] : part];
  });
  return object({ '@set': new Map(fields) });
}

export const storeRules = (time: bigint): StoreRules => ({
  asStored: (value) => storedForm(value, time),
  lambdaLiteral,
});

export const loadRules = (scope: number, parse: Session['parseLambda']): LoadRules => ({
  scope,
  lambda: (literal, apiVersion) => lazyLambda(literal, apiVersion, scope, parse),
});

/** Parsed when it is first called or looked into: most documents with lambdas are only passed on. */
function lazyLambda(literal: Value, apiVersion: string, scope: number, parse: Session['parseLambda']): LambdaValue {
  let parsed: LambdaValue | undefined;
  const get = (): LambdaValue => {
    parsed ??= parse(literal, scope);
    return parsed;
  };
  return {
    kind: 'lambda',
    apiVersion,
    captured: new Map(),
    get pattern() {
      return get().pattern;
    },
    get body() {
      return get().body;
    },
  };
}
