/** Create, Update, Replace, Delete, and the Create functions of schema documents. */
import { insertVersion, removeVersion } from '../documents/history.ts';
import { asWritten } from '../documents/rules.ts';
import { changeDocument, createDocument, deleteDocument } from '../documents/write.ts';
import { invalidWriteTime, scopedRef, unresolvedRef, validationFailed } from '../errors/errors.ts';
import { type At, at, elements } from '../errors/position.ts';
import { argumentError, fail, type QueryError, QueryFailure } from '../errors/query-error.ts';
import { invalidReference, scopedReference, type ValidationFailure } from '../errors/validation.ts';
import { anyRef, docAction, nameOrAnyRef, objectValue, timestamp } from '../language/casts.ts';
import type { Context } from '../language/context.ts';
import { defineFunction, optional } from '../language/define.ts';
import type { Form } from '../language/form.ts';
import { isUserCollection, NATIVE } from '../schema/ids.ts';
import { nanosOfTime } from '../values/time.ts';
import { type FaunaObject, isArray, isObject, type Ref, ref, type Time, type Value } from '../values/value.ts';

/** Refs in what is written must be to this database and to something. Failures name the path from the query's root. */
function addRefFailures(scope: number, value: Value, position: At, found: ValidationFailure[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (isArray(value)) {
    for (const [index, element] of value.entries()) {
      if (typeof element === 'object') addRefFailures(scope, element, at(position, index), found);
    }
  } else if (isObject(value)) {
    for (const [key, field] of value) {
      if (typeof field === 'object') addRefFailures(scope, field, at(position, key), found);
    }
  } else if (value.kind === 'ref') {
    if (value.scope !== scope) found.push(scopedReference(elements(position).map(String)));
  } else if (value.kind === 'unresolved') found.push(invalidReference(elements(position).map(String)));
}

/** What is to be written, all of it data. */
const written = (fields: FaunaObject | undefined, { session }: Context): FaunaObject =>
  fields ? (asWritten(fields, session.time) as FaunaObject) : new Map();

function refErrors(context: Context, fields: FaunaObject, position: At): QueryError[] {
  const failures: ValidationFailure[] = [];
  addRefFailures(context.auth.scope, fields, position, failures);
  return failures.length > 0 ? [validationFailed(position, failures)] : [];
}

function throwAll(errors: readonly QueryError[]): void {
  if (errors.length > 0) throw new QueryFailure(errors);
}

function create(context: Context, key: string, target: string | Ref, fields: FaunaObject, position: At): Value {
  throwAll(refErrors(context, fields, position));
  const place = at(position, key);
  const found = typeof target === 'string' ? byName(context, target, place) : target;
  if (found.scope !== context.auth.scope) fail(scopedRef(place));
  if (found.collection !== NATIVE.collections)
    return createDocument(context, found.collection, found.id, fields, place);
  const collection = Number(found.id);
  return createDocument(context, collection, undefined, fields, place);
}

function byName({ session, auth }: Context, name: string, position: At): Ref {
  const id = session.catalog.scope(auth.scope).find(NATIVE.collections, name);
  if (id !== undefined) return ref(auth.scope, NATIVE.collections, BigInt(id));
  return fail(unresolvedRef(position, { kind: 'unresolved', type: 'collection', name }));
}

function createSchema(key: string, collection: number): Form {
  return defineFunction({
    parameters: { [key]: objectValue },
    effect: 'write',
    evaluate: (args, { context, position }) => {
      const target = ref(context.auth.scope, NATIVE.collections, BigInt(collection));
      return create(context, key, target, written(args[key], context), position);
    },
  });
}

function change(key: 'update' | 'replace'): Form {
  return defineFunction({
    parameters: { [key]: anyRef, params: optional(objectValue) },
    effect: 'write',
    evaluate: (args, { context, position }) => {
      const target = args[key] as Ref;
      const fields = written(args.params as FaunaObject | undefined, context);
      throwAll([...scopeErrors(context, target, at(position, key)), ...refErrors(context, fields, position)]);
      return changeDocument(context, target, fields, key === 'update', position);
    },
  });
}

const scopeErrors = (context: Context, target: Ref, position: At): QueryError[] =>
  target.scope === context.auth.scope ? [] : [scopedRef(position)];

/** To the nanosecond: what is stored knows only microseconds. */
const isAfter = (ts: Time, { session }: Context): boolean => nanosOfTime(ts) > session.time * 1000n;

export const writeForms: readonly Form[] = [
  defineFunction({
    parameters: { create: nameOrAnyRef, params: optional(objectValue) },
    effect: 'write',
    evaluate: (args, { context, position }) =>
      create(context, 'create', args.create, written(args.params, context), position),
  }),
  change('update'),
  change('replace'),
  defineFunction({
    parameters: { delete: anyRef },
    effect: 'write',
    evaluate: (args, { context, position }) => {
      throwAll(scopeErrors(context, args.delete, at(position, 'delete')));
      return deleteDocument(context, args.delete, position);
    },
  }),
  defineFunction({
    parameters: { insert: anyRef, ts: timestamp, action: docAction, params: optional(objectValue) },
    effect: 'write',
    evaluate: (args, { context, position }) => {
      const { insert: target, ts, action } = args;
      const params = written(args.params, context);
      if (isAfter(ts, context)) fail(invalidWriteTime(position));
      throwAll([...scopeErrors(context, target, at(position, 'insert')), ...refErrors(context, params, position)]);
      if (!isUserCollection(target.collection) && target.collection !== NATIVE.keys) {
        fail(argumentError(position, 'Cannot insert event for specified ref.'));
      }
      return insertVersion(context, target, ts, action, params, position);
    },
  }),
  defineFunction({
    parameters: { remove: anyRef, ts: timestamp, action: docAction },
    effect: 'write',
    evaluate: ({ remove: target, ts, action }, { context, position }) => {
      throwAll(scopeErrors(context, target, at(position, 'remove')));
      if (!isUserCollection(target.collection)) {
        fail(argumentError(position, 'Cannot remove event for specified ref.'));
      }
      removeVersion(context, target, ts, action, position);
      return null;
    },
  }),
  createSchema('create_class', NATIVE.collections),
  createSchema('create_collection', NATIVE.collections),
  createSchema('create_database', NATIVE.databases),
  createSchema('create_index', NATIVE.indexes),
  createSchema('create_key', NATIVE.keys),
  createSchema('create_function', NATIVE.functions),
  createSchema('create_role', NATIVE.roles),
  createSchema('create_access_provider', NATIVE.access_providers),
];
