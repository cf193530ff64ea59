/** Index documents. They are built when created. */
import { buildIndex } from '../../documents/indexing.ts';
import {
  invalidReference,
  invalidSourceBinding,
  invalidTransform,
  invalidType,
  missingField,
  type ValidationFailure,
} from '../../errors/validation.ts';
import { type FaunaObject, isArray, isObject, isRef, isTagged, object, type Value } from '../../values/value.ts';
import type { DocumentType } from '../document-type.ts';
import {
  anyMap,
  type FieldRule,
  flag,
  long,
  name,
  oneOrMore,
  optional,
  record,
  storedTypeName,
  text,
  zeroOrMore,
} from '../fields.ts';
import { FIRST_INDEX, NATIVE } from '../ids.ts';
import { references } from '../references.ts';

const step: FieldRule = (value, path) =>
  typeof value === 'string' || typeof value === 'bigint'
    ? { value }
    : { failures: [invalidType(path, 'Long or String', storedTypeName(value ?? null))] };

const termFields = record({
  field: optional(oneOrMore(step)),
  binding: optional(text),
  reverse: optional(flag),
  mva: optional(flag),
  transform: optional(text),
});

/** A term or value: a path or a binding, and how it is taken. Its failures are at the paths inside, as FaunaDB's. */
const term: FieldRule = (value, path) => {
  if (value !== undefined && !isObject(value)) return { failures: [invalidType(path, 'Term', storedTypeName(value))] };
  const checked = termFields(value, []);
  if (checked.failures && checked.failures.length > 0) return checked;
  const fields = checked.value as FaunaObject;
  const transform = fields.get('transform');
  if (!fields.has('field') && !fields.has('binding')) return { failures: [missingField(['field'], ['binding'])] };
  if (transform !== undefined && transform !== 'casefold') {
    return { failures: [invalidTransform(['transform'], String(transform))] };
  }
  const field = fields.get('field');
  if (field !== undefined && !isArray(field)) fields.set('field', [field]);
  return { value: fields };
};

const isSource = (value: Value): boolean =>
  value === '_' ||
  (isRef(value) && value.collection === NATIVE.collections) ||
  (isArray(value) && value.every(isSource));

/** A collection, several, `_`, or an object of them with bindings. */
const source: FieldRule = (value, path) => {
  const inner = value !== undefined && isObject(value) ? (value.get('collection') ?? value.get('class')) : value;
  if (inner === undefined || !isSource(inner)) {
    return { failures: [invalidType(path, 'SourceClass', storedTypeName(inner ?? null))] };
  }
  if (isRef(inner) && inner.id === BigInt(NATIVE.databases)) return { failures: [invalidReference(path)] };
  if (value === undefined || !isObject(value)) return { value: value ?? null };
  const bindings = value.get('fields');
  const kept = object({ collection: inner });
  if (bindings !== undefined && isObject(bindings)) kept.set('fields', bindings);
  return { value: kept };
};

export const indexDocument: DocumentType = {
  isSchema: true,
  rules: {
    data: optional(anyMap),
    active: flag,
    serialized: optional(flag),
    name,
    source: oneOrMore(source),
    terms: zeroOrMore(term),
    values: zeroOrMore(term),
    unique: optional(flag),
    partitions: optional(long),
    permissions: optional(anyMap),
  },
  internal: ['hidden', 'collection_index'],
  defaults: object({ active: false, serialized: true }),
  keptOnReplace: ['name', 'source', 'terms', 'values', 'partitions', 'active', 'serialized', 'unique'],
  nextId: ({ session, auth }) => {
    const highest = session.transaction.maxId(auth.scope, NATIVE.indexes);
    return highest === undefined || highest < FIRST_INDEX ? FIRST_INDEX : highest + 1n;
  },
  check: (fields, call) => [...bindingFailures(fields), ...references(fields, call)],
  complete: (fields, { previous }) => {
    const stored = new Map(fields);
    if (!previous) stored.set('active', true);
    if (!previous && !stored.has('partitions'))
      stored.set('partitions', isArray(fields.get('terms') ?? null) || fields.get('unique') === true ? 1n : 8n);
    return { stored };
  },
  written: (version, { context, previous, position }) => {
    const index = context.session.catalog.scope(version.scope).index(version.id);
    if (!previous && index) buildIndex(context.session, index, position);
  },
  deleted: (version, { session }) => session.transaction.dropIndex(version.scope, version.id),
};

/** A binding is a pure lambda of one argument. */
function bindingFailures(fields: FaunaObject): ValidationFailure[] {
  const sources = fields.get('source') ?? null;
  return (isArray(sources) ? sources : [sources]).flatMap((found) => {
    const bindings = isObject(found) ? (found.get('fields') ?? null) : null;
    if (!isObject(bindings)) return [];
    return [...bindings].flatMap(([key, lambda]) =>
      isTagged(lambda) && lambda.kind === 'lambda' && lambda.body.effect === 'pure'
        ? []
        : [invalidSourceBinding(['source', 'fields', key])],
    );
  });
}
