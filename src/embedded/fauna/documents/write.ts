/** Creating, changing and deleting documents of every collection (WriteAdaptor.scala). */
import { alreadyExists, invalidInContainer, invalidWriteTime, notFound, validationFailed } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { argumentError, fail, permissionDenied } from '../errors/query-error.ts';
import { distinct } from '../errors/validation.ts';
import type { Context } from '../language/context.ts';
import type { DocumentType, DocumentWriter, WriteCall } from '../schema/document-type.ts';
import { checkFields } from '../schema/fields.ts';
import { documentLabel, isUserCollection, NATIVE } from '../schema/ids.ts';
import { documentType } from '../schema/types/index.ts';
import type { ActionName } from '../security/action.ts';
import { checkAction } from '../security/permissions.ts';
import { encodeValue } from '../values/codec.ts';
import { timeOfMicros } from '../values/time.ts';
import {
  type DocumentValue,
  document,
  type FaunaObject,
  type Ref,
  ref,
  type Value,
  type Version,
} from '../values/value.ts';
import { chargeRead, chargeVersion } from './costs.ts';
import { patchFields } from './diff.ts';
import { reindex } from './indexing.ts';
import { prune } from './pruning.ts';
import { getVersion } from './read.ts';
import { storeRules } from './rules.ts';
import { withDefaultTtl } from './ttl.ts';

/** Creates a document, with the id or one of the collection's choosing. `position` is the function's own key. */
export function createDocument(
  context: Context,
  collection: number,
  id: bigint | undefined,
  given: FaunaObject,
  position: At,
): DocumentValue {
  const { session, auth } = context;
  const type = documentType(collection);
  const fields = writable(given, type, true);
  const target = ref(auth.scope, collection, id ?? type.nextId?.(context) ?? session.newId());
  if (id === undefined) require(context, 'create', target, fields, position);
  else {
    requireCreateWithId(context, target, fields, position);
    if (getVersion(session, target, undefined)) fail(alreadyExists(position, documentLabel(collection)));
  }
  if (session.catalog.database(auth.scope)?.container && !type.allowedInContainer) fail(invalidInContainer(position));
  const version = write(context, target, type.defaults ?? new Map(), fields, undefined, position);
  return document(version, true);
}

/** Update patches; Replace starts from nothing but what must stay. */
export function changeDocument(
  context: Context,
  target: Ref,
  given: FaunaObject,
  partial: boolean,
  position: At,
): DocumentValue {
  const verb = partial ? 'update' : 'replace';
  const type = documentType(target.collection);
  if (target.collection === NATIVE.collections && !isUserCollection(Number(target.id))) {
    fail(argumentError(at(position, verb), 'Cannot update a schema meta collection.'));
  }
  const previous = getVersion(context.session, target, undefined);
  if (!previous) return fail(notFound(at(position, verb), documentLabel(target.collection)));
  const fields = writable(given, type, false);
  const patched = patcher();
  require(context, 'write', target, writeArgument(previous, fields, target, patched), position);
  const base = partial ? previous.fields : kept(previous.fields, type);
  return document(write(context, target, base, fields, previous, position, patched));
}

/** What a role's predicate sees of an update is mostly what is written then: it is made once. */
function patcher(): typeof patchFields {
  let last: { base: FaunaObject; patch: FaunaObject; result: FaunaObject } | undefined;
  return (base, patch) => {
    if (last?.base !== base || last.patch !== patch) last = { base, patch, result: patchFields(base, patch) };
    return last.result;
  };
}

export function deleteDocument(context: Context, target: Ref, position: At): DocumentValue {
  const { session } = context;
  const type = documentType(target.collection);
  const previous = getVersion(session, target, undefined);
  if (!previous) return fail(notFound(position, documentLabel(target.collection)));
  if (target.collection === NATIVE.collections && !isUserCollection(Number(target.id))) {
    fail(argumentError(at(position, 'delete'), 'Cannot delete a schema meta collection.'));
  }
  require(context, 'delete', target, target, position);
  type.deleted?.(previous, { context, position, writer });
  reindex(session, previous, undefined, position);
  put(context, target, 'delete', undefined, previous);
  prune(session, target);
  if (type.isSchema) session.catalog.changed();
  return document({ ...previous, fields: visible(previous.fields, type) });
}

function write(
  context: Context,
  target: Ref,
  base: FaunaObject,
  patch: FaunaObject,
  previous: Version | undefined,
  position: At,
  patched = patchFields,
): Version {
  const { session } = context;
  if (context.validTime !== undefined) fail(invalidWriteTime(position));
  const type = documentType(target.collection);
  // Looking for others of its name, or of its number.
  if (!isUserCollection(target.collection)) chargeRead(session, target, undefined, 0);
  const call: WriteCall = { context, collection: target.collection, id: target.id, previous, position, base, writer };
  const prepared = type.prepare?.(patch, call) ?? { patch, failures: [] };
  const checked = checkFields(patched(base, prepared.patch), type.rules);
  const wrong = type.check?.(checked.value, call, checked.given) ?? [];
  const failures = [...prepared.failures, ...checked.failures, ...wrong];
  if (failures.length > 0) fail(validationFailed(position, distinct(failures)));
  const { stored, shown } = type.complete?.(checked.value, call) ?? { stored: checked.value };
  if (type.isSchema) refuseTakenName(context, target, stored, previous, position);
  const fields = withDefaultTtl(session, target, stored);
  const version: Version = {
    ...target,
    ts: session.time,
    action: previous ? 'update' : 'create',
    fields,
    pending: true,
  };
  put(context, target, version.action, fields, previous);
  if (type.isSchema) session.catalog.changed();
  type.written?.(version, call);
  reindex(session, previous, version, position);
  if (previous) prune(session, target);
  return { ...version, fields: visible(shown ?? fields, type) };
}

const writer: DocumentWriter = {
  create: (context, collection, fields, position) => createDocument(context, collection, undefined, fields, position),
  update: (context, target, fields, position) => changeDocument(context, target, fields, true, position),
  remove: (context, target, position) => deleteDocument(context, target, position),
};

function put(
  { session }: Context,
  target: Ref,
  action: Version['action'],
  fields: FaunaObject | undefined,
  previous: Version | undefined,
): void {
  chargeVersion(session, target, session.time, fields, previous?.fields);
  const { transaction } = session;
  const { scope, collection, id } = target;
  // What is created and changed in one transaction was created; that takes no looking up where it is older.
  const isOlder = previous !== undefined && previous.ts < session.time;
  const before = action === 'update' && !isOlder ? transaction.version(scope, collection, id, session.time) : undefined;
  const merged = before?.ts === session.time && before.action === 'create' ? 'create' : action;
  const data = fields ? encodeValue(fields, storeRules(session.time)) : new Uint8Array();
  transaction.putVersion(scope, collection, id, { ts: session.time, action: merged, data });
}

/** Names are unique in their collection. */
function refuseTakenName(
  { session }: Context,
  target: Ref,
  fields: FaunaObject,
  previous: Version | undefined,
  position: At,
): void {
  const name = fields.get('name');
  if (typeof name !== 'string') return;
  const owner = session.catalog.scope(target.scope).find(target.collection, name);
  if (owner === undefined || owner === target.id) return;
  if (!previous) fail(alreadyExists(position, documentLabel(target.collection)));
  fail({ ...alreadyExists(position, ''), code: 'instance not unique', description: 'document is not unique.' });
}

type Names = readonly string[] | undefined;

const without = (fields: FaunaObject, ...lists: readonly Names[]): FaunaObject =>
  lists.some((names) => names?.some((name) => fields.has(name)))
    ? new Map([...fields].filter(([name]) => !lists.some((names) => names?.includes(name))))
    : fields;

export const writable = (given: FaunaObject, type: DocumentType, creating: boolean): FaunaObject =>
  without(given, type.internal, type.readOnly, creating ? undefined : type.createOnly);

/** The fields a client sees. */
export const visible = (fields: FaunaObject, type: DocumentType): FaunaObject => {
  const shown = without(fields, type.internal);
  return type.readable ? type.readable(shown) : shown;
};

/** The version as a client sees it. */
export const shown = (version: Version, type: DocumentType): Version =>
  type.internal || type.readable ? { ...version, fields: visible(version.fields, type) } : version;

const kept = (fields: FaunaObject, type: DocumentType): FaunaObject => {
  const names = [
    ...(type.keptOnReplace ?? []),
    ...(type.internal ?? []),
    ...(type.readOnly ?? []),
    ...(type.createOnly ?? []),
  ];
  return new Map([...fields].filter(([name]) => names.includes(name)));
};

const writeArgument =
  (previous: Version, patch: FaunaObject, target: Ref, patched: typeof patchFields) =>
  (arity: number): Value => {
    const fields = without(previous.fields, documentType(target.collection).internal);
    const pair: Value[] = [fields, patched(fields, patch)];
    return arity === 3 ? [...pair, target] : pair;
  };

const resourceOf = (target: Ref): Ref => ref(target.scope, NATIVE.collections, BigInt(target.collection));

function allowed(
  context: Context,
  action: ActionName,
  target: Ref,
  argument: Value | ((arity: number) => Value),
): boolean {
  return checkAction(context, { action, resource: resourceOf(target), document: target, argument });
}

function require(
  context: Context,
  action: ActionName,
  target: Ref,
  argument: Value | ((arity: number) => Value),
  position: At,
): void {
  if (!allowed(context, action, target, argument)) fail(permissionDenied(position));
}

/** `create_with_id`, or `create` and `history_write` together. */
function requireCreateWithId(context: Context, target: Ref, fields: FaunaObject, position: At): void {
  const withId = (arity: number): Value => (arity === 1 ? fields : [fields, target]);
  if (allowed(context, 'create_with_id', target, withId)) return;
  const history: Value = [target, timeOfMicros(context.session.time), 'create', fields];
  if (!allowed(context, 'create', target, fields) || !allowed(context, 'history_write', target, history)) {
    fail(permissionDenied(position));
  }
}
