/** The fields of index documents, one by one: sources, terms and values (Index.scala). */
import {
  invalidReference,
  invalidTransform,
  invalidType,
  missingField,
  valueRequired,
} from '../../errors/validation.ts';
import { type FaunaObject, isArray, isObject, isRef, isTagged, type Value } from '../../values/value.ts';
import { type FieldRule, flag, oneOrMore, optional, storedTypeName, text } from '../fields.ts';
import { NATIVE } from '../ids.ts';

const step: FieldRule = (value, path) =>
  typeof value === 'string' || typeof value === 'bigint'
    ? { value }
    : { failures: [invalidType(path, 'Long or String', storedTypeName(value ?? null))] };

const TERM_FIELDS: Readonly<Record<string, FieldRule>> = {
  binding: optional(text),
  field: optional(oneOrMore(step)),
  reverse: optional(flag),
  mva: optional(flag),
  transform: optional(text),
};

/** A term or value: a path or a binding, and how it is taken. Its failures are at the paths inside, as FaunaDB's. */
export const term: FieldRule = (value, path) => {
  if (value === undefined || !isObject(value)) {
    return { failures: [invalidType(path, 'Term', storedTypeName(value ?? null))] };
  }
  const hasBinding = typeof value.get('binding') === 'string';
  for (const [name, rule] of Object.entries(TERM_FIELDS)) {
    if (name === 'field' && hasBinding) continue;
    const { failures } = rule(value.get(name), [name]);
    if (failures && failures.length > 0) return { failures };
    if (name === 'field' && !hasBinding && !value.has('field')) {
      return { failures: [missingField(['field'], ['binding'])] };
    }
  }
  const transform = value.get('transform');
  if (typeof transform === 'string' && transform !== 'casefold') {
    return { failures: [invalidTransform(['transform'], transform)] };
  }
  return { value: new Map([...value].filter(([name]) => Object.hasOwn(TERM_FIELDS, name))) };
};

const isCollection = (value: Value): boolean => isRef(value) && value.collection === NATIVE.collections;
const isDatabases = (value: Value): boolean => isRef(value) && value.id === BigInt(NATIVE.databases);

/** What a source with bindings names its collections by: `_`, a ref or several. */
function collections(value: Value, path: readonly string[]) {
  if (value === '_' || isCollection(value)) return [];
  if (!isArray(value)) return [invalidType(path, 'SourceClass', storedTypeName(value))];
  const wrong = value.find((element) => !isCollection(element));
  return wrong === undefined ? [] : [invalidType(path, 'Class Ref', storedTypeName(wrong))];
}

function bindings(value: Value) {
  if (value === null) return [];
  if (!isObject(value)) return [invalidType(['fields'], 'Query Map', storedTypeName(value))];
  const wrong = [...value].find(([, lambda]) => !isTagged(lambda) || lambda.kind !== 'lambda');
  return wrong ? [invalidType(['fields', wrong[0]], 'Query', storedTypeName(wrong[1]))] : [];
}

/** A collection, `_`, or an object of them with bindings. `class` is the older name of `collection`. */
export const source: FieldRule = (value, path) => {
  if (value === undefined) return { failures: [valueRequired(path)] };
  if (!isObject(value)) {
    if (value !== '_' && !isCollection(value)) {
      return { failures: [invalidType(path, 'SourceClass', storedTypeName(value))] };
    }
    return isDatabases(value) ? { failures: [invalidReference(path)] } : { value };
  }
  const named = value.get('class');
  const renamed = value.get('collection');
  const ofClass = named === undefined ? [valueRequired(['class'])] : collections(named, ['class']);
  const ofCollection = renamed === undefined ? [valueRequired(['collection'])] : collections(renamed, ['collection']);
  if (ofClass.length > 0 && ofCollection.length > 0) return { failures: ofClass };
  const failures = bindings(value.get('fields') ?? null);
  if (failures.length > 0) return { failures };
  const chosen = (ofClass.length === 0 ? named : renamed) ?? null;
  if ((isArray(chosen) ? chosen : [chosen]).some(isDatabases)) return { failures: [invalidReference(path)] };
  return { value: withCollection(value, chosen) };
};

/** Under its newer name, in the place where it was given. */
function withCollection(value: FaunaObject, chosen: Value): FaunaObject {
  const result: FaunaObject = new Map();
  for (const [name, field] of value) {
    if (name === 'class' || name === 'collection') result.set('collection', chosen);
    else result.set(name, field);
  }
  return result;
}
