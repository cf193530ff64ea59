/** From a credential to a login, in the query's own transaction (AuthScope.scala). */
import { getVersion } from '../documents/read.ts';
import type { Session } from '../language/context.ts';
import { NATIVE, ROOT_SCOPE } from '../schema/ids.ts';
import { isArray, isObject, isRef, isTagged, type Ref, ref, type Value } from '../values/value.ts';
import { type Auth, type BuiltinRole, type Login, type Permissions, ROOT_AUTH } from './auth.ts';
import { evaluatePredicate, membershipRoles, permissionsOf } from './roles.ts';
import { type ParsedSecret, parseSecret, secretMatches } from './secrets.ts';

interface Scoped {
  readonly secret: string;
  readonly path: readonly string[];
  readonly as?: { readonly builtin: BuiltinRole } | { readonly role: string } | { readonly document: string };
}

/**
 * `secret`, `secret:` with anything, or `secret:db/child:role`. What begins like a role and goes on otherwise is
 * refused, as FaunaDB's grammar does not go back once it has read a role (AuthScope.scala).
 */
function parseScoped(text: string): Scoped | undefined {
  if (text !== '' && !/[/,()&=:]/.test(text)) return { secret: text, path: [] };
  const [, secret, rest] = /^([^/,()&=:]+)(?::(.*))?$/s.exec(text) ?? [];
  if (!secret) return undefined;
  const [, path, scope = ''] = /^(?:([^,()&=:]+):)?(.*)$/s.exec(rest ?? '') ?? [];
  const role =
    /^(?:(admin|server-readonly|server|client)|@role\/([^,()&=:]+)|(?:classes|collections|@doc)\/([^,()&=:]+))/;
  const found = role.exec(scope);
  if (!found) return { secret, path: [] };
  if (found[0] !== scope) return undefined;
  const [, builtin, custom, document = ''] = found;
  const as = builtin ? { builtin: builtin as BuiltinRole } : custom ? { role: custom } : { document };
  return { secret, path: splitPath(path ?? ''), as };
}

/** As Java splits: the empty parts at the end do not count, so `/` names the key's own database. */
function splitPath(path: string): readonly string[] {
  const bare = path.replace(/\/+$/, '');
  return bare === '' ? [] : bare.split('/');
}

/** Undefined is 401. */
export function authenticateSecret(
  session: Session,
  text: string,
  isRoot: (secret: string) => boolean,
): Auth | undefined {
  const scoped = parseScoped(text);
  if (!scoped) return undefined;
  const parsed = parseSecret(scoped.secret);
  const found =
    parsed?.type === 'key'
      ? keyAuth(session, parsed, scoped)
      : parsed?.type === 'token'
        ? tokenAuth(session, parsed)
        : undefined;
  if (found) return found;
  return isRoot(scoped.secret) ? within(session, ROOT_SCOPE, ROOT_AUTH.login, scoped, true) : undefined;
}

/** The key or token a secret is of. */
export function loginOfSecret(session: Session, text: string): Ref | undefined {
  const parsed = parseSecret(text);
  if (!parsed) return undefined;
  const scoped: Scoped = { secret: text, path: [] };
  const auth = parsed.type === 'key' ? keyAuth(session, parsed, scoped) : tokenAuth(session, parsed);
  if (auth?.login.type === 'key') return auth.login.key;
  return auth?.login.type === 'token' ? auth.login.token : undefined;
}

function keyAuth(session: Session, secret: ParsedSecret, scoped: Scoped): Auth | undefined {
  const place = session.transaction.lookup('key', secret.id);
  if (!place) return undefined;
  const target = ref(place.scope, NATIVE.keys, secret.id);
  const fields = getVersion(session, target, undefined)?.fields;
  if (!fields || !secretMatches(secret, String(fields.get('hashed_secret')), session.hashMatches)) return undefined;
  const database = fields.get('database') ?? null;
  const scope = isRef(database) ? scopeOfDatabase(session, database) : place.scope;
  if (scope === undefined || !session.catalog.database(scope)) return undefined;
  const role = fields.get('role') ?? null;
  const login: Login = { type: 'key', key: target, role };
  if (!scoped.as) return { scope, login, identity: undefined, permissions: permissionsOf(session, scope, role) };
  const mayScope = role === 'admin' || (role === 'server' && 'document' in scoped.as && scoped.path.length === 0);
  return mayScope ? within(session, scope, login, scoped, false) : undefined;
}

function scopeOfDatabase(session: Session, database: Ref): number | undefined {
  const found = session.catalog.scope(database.scope).get(NATIVE.databases, database.id);
  return found && Number(found.fields.get('scope'));
}

/** A scope in the credential leads to a database below, with the rights it names. */
function within(session: Session, start: number, login: Login, scoped: Scoped, root: boolean): Auth | undefined {
  if (!scoped.as) return root ? ROOT_AUTH : undefined;
  let scope = start;
  for (const name of scoped.path) {
    const id = session.catalog.scope(scope).find(NATIVE.databases, name);
    const inner = id === undefined ? undefined : scopeOfDatabase(session, ref(scope, NATIVE.databases, id));
    if (inner === undefined) return undefined;
    scope = inner;
  }
  if ('builtin' in scoped.as) return { scope, login, identity: undefined, permissions: { type: scoped.as.builtin } };
  if ('role' in scoped.as) {
    const id = session.catalog.scope(scope).find(NATIVE.roles, scoped.as.role);
    const permissions: Permissions = { type: 'roles', roles: id === undefined ? [] : [id], instance: undefined };
    return id === undefined ? undefined : { scope, login, identity: undefined, permissions };
  }
  const document = documentNamed(session, scope, scoped.as.document);
  return document && getVersion(session, document, undefined) && documentAuth(session, scope, document, login);
}

/** A user's document by `collection/id`. */
function documentNamed(session: Session, scope: number, text: string): Ref | undefined {
  const [collectionName = '', idText = '', ...more] = text.split('/');
  const collection = session.catalog.scope(scope).find(NATIVE.collections, collectionName);
  if (more.length > 0 || collection === undefined || !/^\d+$/.test(idText)) return undefined;
  const id = BigInt(idText);
  return BigInt.asIntN(64, id) === id ? ref(scope, Number(collection), id) : undefined;
}

const documentAuth = (session: Session, scope: number, document: Ref, login: Login): Auth => ({
  scope,
  login,
  identity: document,
  permissions: { type: 'roles', roles: membershipRoles(session, scope, document, login), instance: document },
});

function tokenAuth(session: Session, secret: ParsedSecret & { type: 'token' }): Auth | undefined {
  const scope = scopeOfGlobalId(session, secret.globalId);
  if (scope === undefined) return undefined;
  const token = ref(scope, NATIVE.tokens, secret.id);
  const fields = getVersion(session, token, undefined)?.fields;
  // A token that was made with a hash of its maker's knows no global id and logs nobody in.
  if (fields?.get('global_id') !== secret.globalId) return undefined;
  if (!secretMatches(secret, String(fields.get('hashed_secret')), session.hashMatches)) return undefined;
  const document = fields.get('instance') ?? null;
  if (!isRef(document) || !getVersion(session, document, undefined)) return undefined;
  return documentAuth(session, scope, document, { type: 'token', token });
}

function scopeOfGlobalId(session: Session, globalId: bigint): number | undefined {
  if (globalId === 0n) return ROOT_SCOPE;
  const place = session.transaction.lookup('database', globalId);
  return place && scopeOfDatabase(session, ref(place.scope, NATIVE.databases, place.id));
}

/** The provider's roles whose predicate the payload satisfies; none is 401. Never in the root database. */
export function authenticateJwt(session: Session, globalId: bigint, issuer: string, payload: Value): Auth | undefined {
  const scope = globalId === 0n ? undefined : scopeOfGlobalId(session, globalId);
  if (scope === undefined) return undefined;
  const schema = session.catalog.scope(scope);
  const provider = schema.all(NATIVE.access_providers).find(({ fields }) => fields.get('issuer') === issuer);
  if (!provider) return undefined;
  const login: Login = { type: 'jwt', payload };
  const given = provider.fields.get('roles') ?? [];
  const roles = (isArray(given) ? given : [given]).flatMap((found): bigint[] => {
    const role = isObject(found) ? (found.get('role') ?? null) : found;
    const predicate = isObject(found) ? (found.get('predicate') ?? null) : null;
    const holds =
      predicate === null ||
      (isTagged(predicate) &&
        predicate.kind === 'lambda' &&
        evaluatePredicate(session, { scope, login, identity: undefined }, predicate, payload));
    const id = isRef(role) ? role.id : typeof role === 'string' ? schema.find(NATIVE.roles, role) : undefined;
    return holds && id !== undefined ? [id] : [];
  });
  if (roles.length === 0) return undefined;
  return { scope, login, identity: undefined, permissions: { type: 'roles', roles, instance: undefined } };
}

/** Where a provider's keys are. */
export function providerOf(session: Session, globalId: bigint, issuer: string): string | undefined {
  const scope = globalId === 0n ? undefined : scopeOfGlobalId(session, globalId);
  if (scope === undefined) return undefined;
  const providers = session.catalog.scope(scope).all(NATIVE.access_providers);
  const uri = providers.find(({ fields }) => fields.get('issuer') === issuer)?.fields.get('jwks_uri');
  return typeof uri === 'string' ? uri : undefined;
}
