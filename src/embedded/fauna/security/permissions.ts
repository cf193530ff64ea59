/** Whether a login may do something (Permissions.scala). Built-in roles here; roles with privileges in roles.ts. */
import type { Context, Session } from '../language/context.ts';
import { NATIVE } from '../schema/ids.ts';
import type { ActionName, ActionRequest } from './action.ts';
import type { BuiltinRole } from './auth.ts';
import { checkRoles } from './roles.ts';

export function checkAction(context: Context, request: ActionRequest): boolean {
  const { permissions, scope } = context.auth;
  if (permissions.type === 'roles') return checkRoles(context, permissions, request);
  return checkBuiltin(context.session, permissions.type, scope, request);
}

const READS = new Set<ActionName>(['read', 'history_read']);
/** What only an admin may touch. */
const ADMIN_ONLY = new Set<number>([NATIVE.databases, NATIVE.keys, NATIVE.roles, NATIVE.access_providers]);

function checkBuiltin(
  session: Session,
  role: BuiltinRole | 'internal',
  scope: number,
  request: ActionRequest,
): boolean {
  const { action, resource } = request;
  if (role === 'client') return false;
  const collection = targetCollection(request);
  const isDocument = collection !== undefined;
  if (role === 'internal') {
    if (action === 'call') return resource.scope === scope;
    const reads = action === 'unrestricted_read' || (action === 'read' && isDocument);
    const isOpen = collection === undefined || !ADMIN_ONLY.has(collection);
    return reads && isOpen && isInScope(session, scope, resource.scope);
  }
  if (action === 'unrestricted_read') return false;
  if (role === 'server-readonly' && !READS.has(action)) return false;
  if (action === 'call') return isInScope(session, scope, resource.scope);
  if (!isDocument) return isInScope(session, scope, resource.scope);
  if (role !== 'admin' && ADMIN_ONLY.has(collection)) return false;
  return READS.has(action) ? isInScope(session, scope, resource.scope) : resource.scope === scope;
}

/** The collection a document request is about; a collection's own ref counts as its collection. */
function targetCollection({ resource, document }: ActionRequest): number | undefined {
  if (document?.collection === NATIVE.collections) return Number(document.id);
  if (document) return document.collection;
  return resource.collection === NATIVE.collections ? Number(resource.id) : undefined;
}

/** Whether `child` is the scope itself or a database below it. */
export function isInScope(session: Session, scope: number, child: number): boolean {
  for (let current: number | undefined = child; current !== undefined; ) {
    if (current === scope) return true;
    current = session.catalog.database(current)?.parent;
  }
  return false;
}
