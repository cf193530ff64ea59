/** Roles: privileges with predicates, and membership (RoleEvalContext.scala, RoleMembership). */
import { documentOf } from '../documents/owned.ts';
import { QueryFailure } from '../errors/query-error.ts';
import type { Context, Session } from '../language/context.ts';
import { applyLambda } from '../language/lambda.ts';
import { NATIVE } from '../schema/ids.ts';
import { isLambda, listOf, wellFormed } from '../schema/types/role-fields.ts';
import { type FaunaObject, isObject, isRef, type LambdaValue, type Ref, type Value } from '../values/value.ts';
import type { ActionRequest } from './action.ts';
import { type Auth, isBuiltinRole, type Login, type Permissions } from './auth.ts';

type RolePermissions = Permissions & { type: 'roles' };

/** What the `role` of a key or function allows: a built-in one, or others by name or ref. */
export function permissionsOf(session: Session, scope: number, role: Value): Permissions {
  if (isBuiltinRole(role)) return { type: role };
  const schema = session.catalog.scope(scope);
  const roles = listOf(role).flatMap((found): bigint[] => {
    const id = isRef(found) ? found.id : typeof found === 'string' ? schema.find(NATIVE.roles, found) : undefined;
    return id === undefined ? [] : [id];
  });
  return { type: 'roles', roles, instance: undefined };
}

/** Roles are a union: one privilege that says true is enough. */
export function checkRoles(context: Context, permissions: RolePermissions, request: ActionRequest): boolean {
  const { action, document, argument } = request;
  if (action !== 'read' || !document || argument !== document) return decide(context, permissions, request);
  return context.session.memory.mayRead(permissions, document, () => decide(context, permissions, request));
}

function decide(context: Context, permissions: RolePermissions, request: ActionRequest): boolean {
  const { scope } = context.auth;
  if (request.resource.scope !== scope) return false;
  if (permissions.instance && ownsIt(context.session, permissions.instance, request)) return true;
  const schema = context.session.catalog.scope(scope);
  for (const id of permissions.roles) {
    const privileges = wellFormed(schema.get(NATIVE.roles, id)?.fields.get('privileges'));
    for (const privilege of privileges) if (grants(context, privilege, request)) return true;
  }
  return false;
}

function grants(context: Context, privilege: FaunaObject, request: ActionRequest): boolean {
  const resource = privilege.get('resource') ?? null;
  const actions = privilege.get('actions') ?? null;
  if (!isRef(resource) || !isObject(actions)) return false;
  if (resource.collection !== request.resource.collection || resource.id !== request.resource.id) return false;
  const action = actions.get(request.action) ?? null;
  if (typeof action === 'boolean') return action;
  return isLambda(action) && holds(context, action, request);
}

function holds(context: Context, predicate: LambdaValue, request: ActionRequest): boolean {
  const { argument = null } = request;
  const value = typeof argument === 'function' ? argument(arity(predicate)) : argument;
  return evaluatePredicate(context.session, context.auth, predicate, value);
}

/** Only a literal true grants: errors and anything else deny. Predicates read with internal permissions. */
export function evaluatePredicate(
  session: Session,
  { scope, login, identity }: Pick<Auth, 'scope' | 'login' | 'identity'>,
  predicate: LambdaValue,
  argument: Value,
): boolean {
  const context: Context = {
    session,
    auth: { scope, login, identity, permissions: { type: 'internal' } },
    bindings: undefined,
    validTime: undefined,
    depth: 0,
    limit: { effect: 'read', reason: 'auth predicates' },
  };
  try {
    return applyLambda(predicate, argument, context, undefined) === true;
  } catch (error) {
    if (error instanceof QueryFailure) return false;
    throw error;
  }
}

/** The roles a token's document is a member of. */
export function membershipRoles(session: Session, scope: number, document: Ref, login: Login): bigint[] {
  const auth = { scope, login, identity: document };
  return session.catalog
    .scope(scope)
    .all(NATIVE.roles)
    .filter((role) =>
      wellFormed(role.fields.get('membership')).some((membership) => {
        const resource = membership.get('resource') ?? null;
        if (!isRef(resource) || Number(resource.id) !== document.collection) return false;
        const predicate = membership.get('predicate') ?? null;
        return predicate === null || (isLambda(predicate) && evaluatePredicate(session, auth, predicate, document));
      }),
    )
    .map((role) => role.id);
}

/** A document may always read its credentials and read and delete its tokens. */
function ownsIt(session: Session, instance: Ref, { action, document }: ActionRequest): boolean {
  if (!document) return false;
  const isToken = document.collection === NATIVE.tokens;
  if (document.collection !== NATIVE.credentials && !isToken) return false;
  if (action !== 'read' && !(isToken && action === 'delete')) return false;
  const owner = documentOf(session, document);
  return owner !== undefined && owner.collection === instance.collection && owner.id === instance.id;
}

const arity = (lambda: LambdaValue): number => (lambda.pattern.type === 'array' ? lambda.pattern.elements.length : 1);
