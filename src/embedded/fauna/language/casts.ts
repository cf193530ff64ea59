/** What a parameter accepts (Casts.scala). A cast returns the value in the shape the function wants, or throws. */
import { emptyArray, invalidArgument, unresolvedRef } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { argumentError, collect, fail, type QueryError, QueryFailure } from '../errors/query-error.ts';
import { NATIVE } from '../schema/ids.ts';
import { typeName } from '../values/names.ts';
import { timeOfMicros } from '../values/time.ts';
import type { DateValue, FaunaObject, LambdaValue, Ref, Time, Value } from '../values/value.ts';
import { isArray, isObject, isRef, isTagged } from '../values/value.ts';

export type Cast<T> = (value: Value, position: At) => T;

/** A cast of one type. `refs` says that a ref to nothing answers `invalid ref` rather than `invalid argument`. */
export function cast<T>(expected: readonly string[], refs: boolean, accept: (value: Value) => T | undefined): Cast<T> {
  return (value, position) => {
    const result = accept(value);
    if (result !== undefined) return result;
    if (refs && isTagged(value) && value.kind === 'unresolved') return fail(unresolvedRef(position, value));
    return fail(invalidArgument(position, expected, typeName(value)));
  };
}

export const anyValue: Cast<Value> = (value) => value;
export const integer = cast(['Integer'], false, (value) => (typeof value === 'bigint' ? value : undefined));
export const number = cast(['Number'], false, (value) =>
  typeof value === 'bigint' || typeof value === 'number' ? value : undefined,
);
export const boolean = cast(['Boolean'], false, (value) => (typeof value === 'boolean' ? value : undefined));
export const string = cast(['String'], false, (value) => (typeof value === 'string' ? value : undefined));
export const nothing: Cast<null> = (value, position) =>
  value === null ? null : fail(invalidArgument(position, ['Null'], typeName(value)));
export const objectValue = cast<FaunaObject>(['Object'], false, (value) => (isObject(value) ? value : undefined));
export const array = cast<Value[]>(['Array'], false, (value) => (isArray(value) ? value : undefined));
export const lambda = cast<LambdaValue>(['Lambda'], false, (value) =>
  isTagged(value) && value.kind === 'lambda' ? value : undefined,
);

const refTo =
  (collection: number | undefined) =>
  (value: Value): Ref | undefined =>
    isRef(value) && (collection === undefined || value.collection === collection) ? value : undefined;

export const anyRef = cast(['Ref'], true, refTo(undefined));
export const collectionRef = cast(['Collection Ref'], true, refTo(NATIVE.collections));
export const databaseRef = cast(['Database Ref'], true, refTo(NATIVE.databases));

const nameOrRef = (collection: number | undefined) =>
  cast<string | Ref>(['Identifier'], true, (value) => (typeof value === 'string' ? value : refTo(collection)(value)));
export const nameOrAnyRef = nameOrRef(undefined);
export const nameOrIndex = nameOrRef(NATIVE.indexes);
export const nameOrFunction = nameOrRef(NATIVE.functions);

/** A Time, or microseconds. */
export const timestamp = cast<Time>(['Time'], false, (value) => {
  if (typeof value === 'bigint') return timeOfMicros(value);
  return isTagged(value) && value.kind === 'time' ? value : undefined;
});
/** A Time or a Date. */
export const temporal = cast<Time | DateValue>(['Temporal'], false, (value) =>
  isTagged(value) && (value.kind === 'time' || value.kind === 'date') ? value : undefined,
);
/** A Time, microseconds or the transaction's own time, which is answered as 'now'. */
export const transactionTime = cast<Time | 'now'>(['Time'], false, (value) => {
  if (typeof value === 'bigint') return timeOfMicros(value);
  if (!isTagged(value)) return undefined;
  if (value.kind === 'transactionTime') return 'now';
  return value.kind === 'time' ? value : undefined;
});

/** An array's elements with their positions; any other value counts as an array of it. */
export const elementsOf = (value: Value, position: At): [Value, At][] =>
  isArray(value) ? value.map((element, index) => [element, at(position, index)]) : [[value, position]];

/** Each element of an array, or one value as if it were an array of it. What is wrong with each of them is told. */
export function each<T>(inner: Cast<T>, value: Value, position: At): T[] {
  if (!isArray(value)) return [inner(value, position)];
  const results: T[] = [];
  let errors: QueryError[] | undefined;
  for (const [index, element] of value.entries()) {
    try {
      results.push(inner(element, at(position, index)));
    } catch (error) {
      errors = collect(errors, error);
    }
  }
  if (errors) throw new QueryFailure(errors);
  return results;
}

/**
 * A parameter that takes a list. An object and not a function, since TypeScript does not infer the arguments of a
 * definition from a call in it that returns a function.
 */
export interface Required<T> {
  readonly required: Cast<T>;
}

export const zeroOrMore = <T>(inner: Cast<T>): Required<T[]> => ({
  required: (value, position) => each(inner, value, position),
});

export const oneOrMore = <T>(inner: Cast<T>): Required<T[]> => ({
  required: (value, position) => {
    const result = each(inner, value, position);
    return result.length > 0 ? result : fail(emptyArray(position));
  },
});

export type PathStep = string | bigint;
const pathStep = cast<PathStep>(['String', 'Integer'], false, (value) =>
  typeof value === 'string' || typeof value === 'bigint' ? value : undefined,
);
export const path: Cast<PathStep[]> = (value, position) => each(pathStep, value, position);

/** Also takes null, and says so when it takes neither. */
export const nullable =
  <T>(expected: string, inner: (value: Value) => T | undefined): Cast<T | null> =>
  (value, position) => {
    if (value === null) return null;
    const result = inner(value);
    if (result !== undefined) return result;
    if (isTagged(value) && value.kind === 'unresolved') return fail(unresolvedRef(position, value));
    return fail(invalidArgument(position, [expected, 'Null'], typeName(value)));
  };
export const databaseOrNull = nullable('Database Ref', refTo(NATIVE.databases));

/** What happened to a document. */
export const docAction: Cast<'create' | 'update' | 'delete'> = (value, position) => {
  const text = isTagged(value) && value.kind === 'action' ? value.action : value;
  if (text === 'create' || text === 'update' || text === 'delete') return text;
  return fail(argumentError(position, `String 'create', 'update', or 'delete' expected, ${typeName(value)} provided.`));
};
