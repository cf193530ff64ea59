/** MoveDatabase: a database under another parent, with its keys; its documents stay where they are. */
import { reindex } from '../documents/indexing.ts';
import { getVersion } from '../documents/read.ts';
import { storeRules } from '../documents/rules.ts';
import { visible } from '../documents/write.ts';
import { alreadyExists, moveDatabaseError, unresolvedRef, validationFailed } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { fail, permissionDenied, type QueryError, QueryFailure } from '../errors/query-error.ts';
import { databaseRef } from '../language/casts.ts';
import type { Context, Session } from '../language/context.ts';
import { defineFunction } from '../language/define.ts';
import type { Form } from '../language/form.ts';
import { inheritsAccount } from '../schema/accounts.ts';
import { databaseOf } from '../schema/catalog.ts';
import { NATIVE } from '../schema/ids.ts';
import type { DatabaseSchema } from '../schema/model.ts';
import { brokenReferences } from '../schema/references.ts';
import { databaseDocument, forget, register } from '../schema/types/databases.ts';
import { isBuiltinRole } from '../security/auth.ts';
import { checkAction, isInScope } from '../security/permissions.ts';
import { encodeValue } from '../values/codec.ts';
import {
  type DocumentValue,
  document,
  type FaunaObject,
  isArray,
  isRef,
  type Ref,
  ref,
  type Value,
  type Version,
} from '../values/value.ts';

function schemaOf(session: Session, target: Ref): DatabaseSchema | undefined {
  const found = session.catalog.scope(target.scope).get(NATIVE.databases, target.id);
  return found && databaseOf(found, target.scope);
}

function moveDatabase(context: Context, from: Ref, to: Ref, position: At): DocumentValue {
  const { session, auth } = context;
  const [source, parent] = [schemaOf(session, from), schemaOf(session, to)];
  if (!source || !parent) throw new QueryFailure(missing(source, parent, position));
  const refuse = (reason: string): never => fail(moveDatabaseError(position, source.name, parent.name, reason));
  if (isInScope(session, source.scope, parent.scope)) refuse('Cannot move database from ancestor to descendant.');
  const resource = ref(auth.scope, NATIVE.collections, BigInt(NATIVE.databases));
  if (!checkAction(context, { action: 'delete', resource, document: from, argument: from })) {
    fail(permissionDenied(position));
  }
  if (session.catalog.scope(parent.scope).find(NATIVE.databases, source.name) !== undefined) {
    fail(alreadyExists(position, 'Database'));
  }
  const version = getVersion(session, from, undefined);
  if (!version) return refuse(`${source.name} is not a live database.`);
  const broken = brokenReferences(session, version.fields, parent.scope);
  if (broken.length > 0) fail(validationFailed(position, broken));
  const moved = ref(parent.scope, NATIVE.databases, session.newId());
  const fields = new Map(version.fields);
  if (inheritsAccount(session, parent.scope)) fields.delete('account');
  const written = move(session, version, moved, fields, position);
  forget(session, version.fields);
  register(session, written);
  session.catalog.changed();
  if (!moveKeys(session, from, moved, position)) refuse('Failed to create key in the destination database.');
  return document({ ...written, fields: visible(written.fields, databaseDocument) }, true);
}

/** FaunaDB names the one that is there. */
function missing(source: DatabaseSchema | undefined, parent: DatabaseSchema | undefined, position: At): QueryError[] {
  const named = (key: string, found: DatabaseSchema | undefined): QueryError[] =>
    found ? [unresolvedRef(at(position, key), { kind: 'unresolved', type: 'database', name: found.name })] : [];
  return [...named('move_database', source), ...named('to', parent)];
}

/** Puts the document where it belongs now and forgets the old one with its history. */
function move(session: Session, version: Version, target: Ref, fields: FaunaObject, position: At): Version {
  const { transaction } = session;
  const { scope, collection, id } = version;
  const moved: Version = { ...version, ...target, fields, ts: session.time, action: 'create', pending: true };
  const data = encodeValue(fields, storeRules(session.time));
  reindex(session, version, undefined, position);
  for (const { ts } of transaction.versions(scope, collection, id)) transaction.dropVersion(scope, collection, id, ts);
  transaction.putVersion(target.scope, target.collection, target.id, { ts: session.time, action: 'create', data });
  reindex(session, undefined, moved, position);
  return moved;
}

/** The keys to the database go to its new parent and open it there; false if one's role is not there. */
function moveKeys(session: Session, from: Ref, to: Ref, position: At): boolean {
  return session.transaction.latest(from.scope, NATIVE.keys).every(({ id }) => {
    const version = getVersion(session, ref(from.scope, NATIVE.keys, id), undefined);
    const database = version?.fields.get('database') ?? null;
    if (!version || !isRef(database) || database.id !== from.id) return true;
    const role = moveableRole(session, version.fields.get('role') ?? null, to.scope);
    if (role === undefined) return false;
    const kept = ['hashed_secret', 'ttl'].flatMap((name): [string, Value][] => {
      const value = version.fields.get(name);
      return value === undefined ? [] : [[name, value]];
    });
    const fields: FaunaObject = new Map([['database', to], ['role', role], ...kept]);
    move(session, version, ref(to.scope, NATIVE.keys, id), fields, position);
    session.transaction.putLookup('key', id, to.scope, id);
    return true;
  });
}

/** The role as FaunaDB writes it anew, a list unless it is a built-in one; undefined if one of them is not there. */
function moveableRole(session: Session, role: Value, scope: number): Value | undefined {
  if (isBuiltinRole(role)) return role;
  const schema = session.catalog.scope(scope);
  const roles = isArray(role) ? role : [role];
  const isThere = (found: Value): boolean =>
    isRef(found)
      ? schema.get(NATIVE.roles, found.id) !== undefined
      : schema.find(NATIVE.roles, String(found)) !== undefined;
  return roles.every(isThere) ? roles : undefined;
}

export const moveDatabaseForms: readonly Form[] = [
  defineFunction({
    parameters: { move_database: databaseRef, to: databaseRef },
    effect: 'write',
    evaluate: (args, { context, position }) => moveDatabase(context, args.move_database, args.to, position),
  }),
];
