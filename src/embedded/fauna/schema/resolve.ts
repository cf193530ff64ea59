/** From names to refs, in functions and in `@ref`s (ModelData.scala's lookupRef). */
import { documentOf, ownedBy } from '../documents/owned.ts';
import type { At } from '../errors/position.ts';
import { fail, parseError } from '../errors/query-error.ts';
import type { Context } from '../language/context.ts';
import { type Ref, ref, type UnresolvedRef, type UnresolvedType, type Value } from '../values/value.ts';
import { hasName, NATIVE } from './ids.ts';
import {
  type CollectionLiteral,
  type DatabaseLiteral,
  nativeLabel,
  parseRef,
  type RefLiteral,
} from './ref-literals.ts';

type Resolver = Pick<Context, 'session' | 'auth'>;

const COLLECTIONS: Readonly<Record<Exclude<UnresolvedType, 'document' | 'native'>, number>> = {
  database: NATIVE.databases,
  collection: NATIVE.collections,
  index: NATIVE.indexes,
  function: NATIVE.functions,
  role: NATIVE.roles,
  access_provider: NATIVE.access_providers,
  key: NATIVE.keys,
};

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

/** What is inside an `@ref`. A name that leads nowhere makes a ref to nothing; `self` must lead somewhere. */
export function readRef(context: Resolver, value: Value, position: At): Ref | UnresolvedRef {
  const literal = parseRef(value, position);
  if (literal.type === 'self')
    return selfRef(context, literal.collection) ?? fail(parseError(position, 'Invalid ref.'));
  return lookup(context, literal) ?? unresolved(literal);
}

function lookup(context: Resolver, literal: Exclude<RefLiteral, { type: 'self' }>): Ref | undefined {
  if (literal.type === 'document') {
    const found = lookup(context, literal.collection);
    return found && ref(found.scope, Number(found.id), literal.id);
  }
  const scope = scopeOf(context, literal.database);
  if (scope === undefined) return undefined;
  if (literal.type === 'native') return ref(scope, NATIVE.collections, BigInt(literal.collection));
  const collection = COLLECTIONS[literal.type as keyof typeof COLLECTIONS];
  const id =
    literal.type === 'key' ? BigInt(literal.name) : context.session.catalog.scope(scope).find(collection, literal.name);
  return id === undefined ? undefined : ref(scope, collection, id);
}

/** Databases are looked for in the login's own. */
function scopeOf({ session, auth }: Resolver, database: DatabaseLiteral | undefined): number | undefined {
  if (!database) return auth.scope;
  const outer = scopeOf({ session, auth }, database.database);
  if (outer === undefined) return undefined;
  const schema = session.catalog.scope(outer);
  const id = schema.find(NATIVE.databases, database.name);
  const found = id === undefined ? undefined : schema.get(NATIVE.databases, id);
  return found && Number(found.fields.get('scope'));
}

/** The token, the credentials or the document the login is. */
function selfRef({ session, auth }: Resolver, collection: CollectionLiteral): Ref | undefined {
  const found = lookup({ session, auth }, collection);
  if (!found) return undefined;
  const { login, identity } = auth;
  if (login.type === 'token' && found.id === BigInt(NATIVE.tokens)) return login.token;
  if (login.type === 'token' && found.id === BigInt(NATIVE.credentials)) {
    const owner = documentOf(session, login.token);
    return owner && ownedBy(session, NATIVE.credentials, owner).next().value;
  }
  return identity && identity.collection === Number(found.id) && !hasName(identity.collection) ? identity : undefined;
}

function unresolved(literal: Exclude<RefLiteral, { type: 'self' }>): UnresolvedRef {
  if (literal.type === 'document') {
    const { collection, id } = literal;
    return { ...unresolved(collection), type: 'document', id };
  }
  const [database, ...above] = databaseNames(literal.database);
  return {
    kind: 'unresolved',
    type: literal.type,
    name: literal.type === 'native' ? nativeLabel(literal.collection) : literal.name,
    ...(database === undefined ? {} : { database }),
    ...(above.length > 0 ? { above } : {}),
  };
}

const databaseNames = (database: DatabaseLiteral | undefined): string[] =>
  database ? [database.name, ...databaseNames(database.database)] : [];
