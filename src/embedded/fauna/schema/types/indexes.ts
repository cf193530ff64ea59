/** Index documents (Index.scala, WriteAdaptor.scala's IndexWriteConfig). */
import { buildLater, buildNow, buildsAtOnce } from '../../documents/building.ts';
import {
  invalidSourceBinding,
  mixedWildcards,
  multipleBindings,
  outOfBounds,
  partitionsChanged,
  shapeChanged,
  unusedSourceBinding,
  type ValidationFailure,
  valueRequired,
} from '../../errors/validation.ts';
import { equalValues } from '../../values/equal.ts';
import { irText } from '../../values/ir-text.ts';
import { type FaunaObject, isArray, isObject, isRef, isTagged, object, type Value } from '../../values/value.ts';
import type { DocumentType, WriteCall } from '../document-type.ts';
import { anyMap, flag, long, name, oneOrMore, optional, zeroOrMore } from '../fields.ts';
import { FIRST_INDEX, NATIVE } from '../ids.ts';
import { readIndex } from '../read-index.ts';
import { references } from '../references.ts';
import { source, term } from './index-fields.ts';
import { refuseDelete } from './protected-mode.ts';

const MOST_PARTITIONS = 8n;

export const indexDocument: DocumentType = {
  isSchema: true,
  rules: {
    data: optional(anyMap),
    name,
    source: oneOrMore(source),
    terms: zeroOrMore(term),
    values: zeroOrMore(term),
    active: flag,
    partitions: optional(long),
    unique: optional(flag),
    serialized: optional(flag),
  },
  internal: ['hidden', 'collection_index'],
  defaults: object({ active: false, serialized: true }),
  keptOnReplace: ['name', 'unique'],
  nextId: ({ session, auth }) => {
    const highest = session.transaction.maxId(auth.scope, NATIVE.indexes);
    return highest === undefined || highest < FIRST_INDEX ? FIRST_INDEX : highest + 1n;
  },
  check: (fields, call) => {
    const failures = [
      ...partitionFailures(fields),
      ...sourceFailures(fields),
      ...activeFailures(call),
      ...bindingFailures(fields),
      ...references(fields, call),
    ];
    return failures.length > 0 ? failures : changes(fields, call);
  },
  complete: (fields, { context: { session, auth }, previous, id }) => {
    const stored = new Map(fields);
    if (!stored.has('partitions')) stored.set('partitions', defaultPartitions(fields));
    if (previous?.fields.get('active') === true) stored.set('active', true);
    if (!previous && buildsAtOnce(session, readIndex(auth.scope, id, fields))) stored.set('active', true);
    return { stored };
  },
  written: (version, { context: { session }, previous }) => {
    const index = session.catalog.scope(version.scope).index(version.id);
    if (previous || !index) return;
    if (buildsAtOnce(session, index)) buildNow(session, index);
    else buildLater(session, index);
  },
  deleted: (version, { context, position }) => {
    refuseDelete(context, 'Cannot cause deletion of backing index', position);
    const { transaction } = context.session;
    transaction.dropIndex(version.scope, version.id);
    transaction.dropBuild(version.scope, version.id);
  },
};

const listOf = (value: Value | undefined): Value[] =>
  value === undefined || value === null ? [] : isArray(value) ? value : [value];

/** An index without terms, or by collection only, has 8 partitions. They mean nothing here but are shown. */
function defaultPartitions(fields: FaunaObject): bigint {
  const terms = listOf(fields.get('terms'));
  const [only] = terms;
  const path = only !== undefined && isObject(only) ? listOf(only.get('field')) : [];
  const byClass = terms.length === 1 && path.length === 1 && path[0] === 'class';
  return terms.length === 0 || byClass ? MOST_PARTITIONS : 1n;
}

function partitionFailures(fields: FaunaObject): ValidationFailure[] {
  const given = fields.get('partitions');
  if (typeof given !== 'bigint' || (given > 0n && given <= MOST_PARTITIONS)) return [];
  return [outOfBounds(['partitions'], given, 1n, MOST_PARTITIONS)];
}

/** The collections of a source as a text to compare by; `_` for the wildcard. */
function collectionsOf(value: Value): string {
  const inner = isObject(value) ? (value.get('collection') ?? null) : value;
  if (inner === '_') return '_';
  return [...new Set(listOf(inner).map((found) => (isRef(found) ? String(found.id) : '')))].sort().join(' ');
}

function sourceFailures(fields: FaunaObject): ValidationFailure[] {
  const sources = listOf(fields.get('source'));
  const all = sources.map(collectionsOf);
  const named = all.filter((found) => found !== '_');
  if (new Set(named).size < named.length) return [multipleBindings(['source'])];
  const withoutBindings = sources.every((found) => !isObject(found) || sizeOf(found.get('fields')) === 0);
  return sources.length > 1 && withoutBindings && all.includes('_') ? [mixedWildcards(['source'])] : [];
}

const sizeOf = (value: Value | undefined): number => (value !== undefined && isObject(value) ? value.size : 0);

/** FaunaDB looks for `active` in what Replace has left of the index, where it never is. */
const activeFailures = ({ previous, base }: WriteCall): ValidationFailure[] =>
  previous && !base.has('active') ? [valueRequired(['active'])] : [];

/** A binding is a pure lambda, and some term or value uses it. */
function bindingFailures(fields: FaunaObject): ValidationFailure[] {
  const used = new Set(
    [...listOf(fields.get('terms')), ...listOf(fields.get('values'))].map((found) =>
      isObject(found) ? found.get('binding') : undefined,
    ),
  );
  return listOf(fields.get('source')).flatMap((found, sourceAt) => {
    const bindings = isObject(found) ? (found.get('fields') ?? null) : null;
    if (!isObject(bindings)) return [];
    return [...bindings].flatMap(([key, lambda], fieldAt) => {
      const path = ['source', String(sourceAt), 'fields', String(fieldAt), key];
      const pure = isTagged(lambda) && lambda.kind === 'lambda' && lambda.body.effect === 'pure';
      return [...(pure ? [] : [invalidSourceBinding(path)]), ...(used.has(key) ? [] : [unusedSourceBinding(path)])];
    });
  });
}

const SHAPE = ['source', 'terms', 'values'] as const;

/** What an index holds cannot be changed once it is there. */
function changes(fields: FaunaObject, { previous }: WriteCall): ValidationFailure[] {
  if (!previous) return [];
  const [before, after] = [partitionsOf(previous.fields), partitionsOf(fields)];
  if (before !== after) return [partitionsChanged(before, after)];
  const changed = SHAPE.filter((key) => {
    const [old, fresh] = [previous.fields.get(key) ?? null, fields.get(key) ?? null];
    return !equalValues(old, fresh);
  });
  if (changed.length === 0) return [];
  return [shapeChanged(`Diff(${irText(new Map(changed.map((key) => [key, fields.get(key) ?? null])))})`)];
}

function partitionsOf(fields: FaunaObject): bigint {
  if (fields.get('unique') === true) return 1n;
  const given = fields.get('partitions');
  return typeof given === 'bigint' ? given : 1n;
}
