/** From names to refs, in functions and in `@ref`s (RefParser.scala). */
import { ownedBy } from '../documents/owned.ts';
import { invalidArgument, nativeNameExpected } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { fail, parseError } from '../errors/query-error.ts';
import type { Context } from '../language/context.ts';
import { typeName } from '../values/names.ts';
import {
  type FaunaObject,
  isObject,
  isRef,
  type Ref,
  ref,
  type UnresolvedRef,
  type UnresolvedType,
  type Value,
} from '../values/value.ts';
import { hasName, NATIVE, nativeByName } from './ids.ts';

type Resolver = Pick<Context, 'session' | 'auth'>;

const TYPES = new Map<number, UnresolvedType>([
  [NATIVE.databases, 'database'],
  [NATIVE.collections, 'collection'],
  [NATIVE.indexes, 'index'],
  [NATIVE.functions, 'function'],
  [NATIVE.roles, 'role'],
  [NATIVE.access_providers, 'access_provider'],
]);

/** The ref of a schema document by its name, or an unresolved one. */
export function namedRef(
  { session, auth }: Resolver,
  scope: number,
  collection: number,
  type: UnresolvedType,
  name: string,
): Ref | UnresolvedRef {
  const id = session.catalog.scope(scope).find(collection, name);
  if (id !== undefined) return ref(scope, collection, id);
  const database = scope === auth.scope ? undefined : session.catalog.database(scope)?.name;
  return { kind: 'unresolved', type, name, ...(database === undefined ? {} : { database }) };
}

/** What is inside an `@ref`: `{ id, collection?, database? }`. */
export function readRef(context: Resolver, value: Value, position: At): Ref | UnresolvedRef {
  if (!isObject(value)) return fail(parseError(position, 'Invalid ref.'));
  const id = value.get('id');
  const known = [...value.keys()].every((key) => ['id', 'collection', 'class', 'database'].includes(key));
  if (id === undefined || !known) return fail(invalidArgument(position, ['Ref'], 'Object'));
  if (typeof id !== 'string' && typeof id !== 'bigint') {
    return fail(invalidArgument(at(position, 'id'), ['String', 'Integer'], typeName(id)));
  }
  const database = inner(context, value, ['database'], position);
  const collection = inner(context, value, ['collection', 'class'], position);
  const scope = database && isRef(database) ? scopeOfDatabase(context, database) : context.auth.scope;
  if (collection === undefined) return nativeRef(context, id, scope ?? context.auth.scope, position);
  if (!isRef(collection)) return { kind: 'unresolved', type: 'document', name: collection.name, id: String(id) };
  const number = Number(collection.id);
  if (id === 'self' && !hasName(number)) return selfRef(context, collection, position);
  if (!hasName(number)) return documentRef(collection, id, position);
  return namedRef(context, scope ?? collection.scope, number, TYPES.get(number) ?? 'collection', String(id));
}

function inner(context: Resolver, value: FaunaObject, keys: string[], position: At): Ref | UnresolvedRef | undefined {
  for (const key of keys) {
    const found = value.get(key);
    if (found === undefined || found === null) continue;
    const tagged = isObject(found) && found.size === 1 ? found.get('@ref') : undefined;
    return readRef(context, tagged ?? found, at(position, key === 'collection' ? 'class' : key));
  }
  return undefined;
}

function scopeOfDatabase({ session }: Resolver, database: Ref): number | undefined {
  const found = session.catalog.scope(database.scope).get(NATIVE.databases, database.id);
  return found && Number(found.fields.get('scope'));
}

function nativeRef(_context: Resolver, id: string | bigint, scope: number, position: At): Ref {
  if (typeof id === 'bigint') return fail(invalidArgument(at(position, 'id'), ['String'], 'Number'));
  const native = nativeByName(id);
  return native === undefined
    ? fail(nativeNameExpected(at(position, 'id'), id))
    : ref(scope, NATIVE.collections, BigInt(native));
}

/** `self` is the login's own token, credentials or document. */
function selfRef({ session, auth }: Resolver, collection: Ref, position: At): Ref {
  const number = Number(collection.id);
  const { login, identity } = auth;
  const byToken = login.type === 'token' && identity ? identity : undefined;
  if (number === NATIVE.tokens && login.type === 'token') return login.token;
  const [credentials] = number === NATIVE.credentials && byToken ? ownedBy(session, NATIVE.credentials, byToken) : [];
  if (credentials) return credentials;
  return identity?.collection === number ? identity : fail(parseError(position, 'Invalid ref.'));
}

function documentRef(collection: Ref, id: string | bigint, position: At): Ref {
  if (typeof id === 'string' && !/^-?\d{1,19}$/.test(id)) return fail(parseError(position, 'Invalid ref.'));
  return ref(collection.scope, Number(collection.id), BigInt(id));
}
