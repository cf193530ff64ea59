/** Casts to sets. A native collection's ref stands for the set of its documents. */
import { invalidArgument, unresolvedRef } from '../errors/errors.ts';
import type { At } from '../errors/position.ts';
import { fail } from '../errors/query-error.ts';
import type { Cast } from '../language/casts.ts';
import { NATIVE, nativeName } from '../schema/ids.ts';
import { typeName } from '../values/names.ts';
import { isArray, isPage, isRef, isTagged, type Page, type Ref, type Value } from '../values/value.ts';
import { schemaSet } from './documents-set.ts';
import type { EventSet } from './set.ts';
import { isSet, type SetValue, set } from './set-value.ts';

const schemaSetOf = (value: Value): SetValue | undefined =>
  isRef(value) && value.collection === NATIVE.collections && nativeName(Number(value.id)) !== undefined
    ? set(schemaSet(value.scope, Number(value.id)))
    : undefined;

const setOf = (value: Value): SetValue | undefined => (isSet(value) ? value : schemaSetOf(value));

function refuse(value: Value, expected: readonly string[], position: At): never {
  if (isTagged(value) && value.kind === 'unresolved') return fail(unresolvedRef(position, value));
  return fail(invalidArgument(position, expected, typeName(value)));
}

/** A ref or a set. */
export const identifier: Cast<Ref | SetValue> = (value, position) =>
  setOf(value) ?? (isRef(value) ? value : refuse(value, ['Ref', 'Set'], position));

/** A ref or a set, a ref to nothing included. */
export const unresolvedIdentifier: Cast<Ref | SetValue | undefined> = (value, position) =>
  isTagged(value) && value.kind === 'unresolved' ? undefined : identifier(value, position);

export const anySet: Cast<EventSet> = (value, position) => {
  const found = setOf(value);
  if (found) return found.set;
  return refuse(value, isRef(value) ? ['Set'] : ['Ref', 'Set'], position);
};

export type IterableValue = Value[] | Page | SetValue;
export const iterable: Cast<IterableValue> = (value, position) =>
  isArray(value) || isPage(value) ? value : (setOf(value) ?? refuse(value, ['Array, Set, or Page'], position));

export const setOrArray: Cast<Value[] | SetValue> = (value, position) => {
  const found = iterable(value, position);
  return isPage(found) ? fail(invalidArgument(position, ['Set', 'Array'], 'Page')) : found;
};
