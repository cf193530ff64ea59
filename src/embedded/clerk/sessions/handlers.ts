import {
  currentSession,
  enveloped,
  type FrontendCall,
  type FrontendReply,
  reloadClient,
  requireClient,
  requireSessionOfClient,
} from '../frontend-api/call.ts';
import { answer } from '../http/answers.ts';
import { apiError, notFound } from '../http/errors.ts';
import { clientJson } from '../resources/client.ts';
import { sessionJson, sessionWithActivityJson, tokenJson } from '../resources/session.ts';
import { findJwtTemplateByName } from '../tokens/jwt-templates.ts';
import { mintSessionToken, mintTemplateToken } from '../tokens/tokens.ts';
import {
  closeSessions,
  findSession,
  listActiveSessionsOfClient,
  listActiveSessionsOfUser,
  requireSession,
  type Session,
  signClientOut,
  touchSession,
} from './sessions.ts';

const ownSession = (call: FrontendCall): Session => requireSessionOfClient(call, call.params.id ?? '');

export const getSession = async (call: FrontendCall): Promise<FrontendReply> =>
  enveloped(await sessionJson(call.instance, ownSession(call), call.origin));

/** `POST …/touch`: makes the session the client's current one. */
export async function touch(call: FrontendCall): Promise<FrontendReply> {
  const session = ownSession(call);
  touchSession(call.instance, session);
  reloadClient(call);
  return enveloped(await sessionJson(call.instance, requireSession(call.instance, session.id), call.origin));
}

/** `POST …/end` and `POST …/remove`: signs one session out. */
export const close = (status: 'ended' | 'removed') => async (call: FrontendCall) => {
  const session = ownSession(call);
  call.newSecret = signClientOut(call.instance, requireClient(call).id, [session], status);
  reloadClient(call);
  return enveloped(await sessionJson(call.instance, requireSession(call.instance, session.id), call.origin));
};

/** `DELETE /v1/client/sessions`: signs everything of this client out. Nothing to sign out is no error. */
export async function closeAll(call: FrontendCall): Promise<FrontendReply> {
  if (!call.client) return enveloped(null);
  const sessions = listActiveSessionsOfClient(call.instance, call.client.id);
  call.newSecret = signClientOut(call.instance, call.client.id, sessions, 'removed');
  reloadClient(call);
  return enveloped(await clientJson(call.instance, call.client, call.origin));
}

/** `POST …/tokens`: the session token, with no envelope. */
export async function createSessionToken(call: FrontendCall): Promise<FrontendReply> {
  const session = ownSession(call);
  return answer(tokenJson(await mintSessionToken(call.instance, session, { origin: call.origin })));
}

/** `POST …/tokens/{template}`; 404 for a template that is not there, which leaves clerk-js signed in. */
export async function createTemplateToken(call: FrontendCall): Promise<FrontendReply> {
  const session = ownSession(call);
  const name = call.params.template ?? '';
  const template = findJwtTemplateByName(call.instance, name);
  if (!template) throw apiError(404, 'resource_not_found', `There is no JWT template named ${name}.`);
  return answer(tokenJson(await mintTemplateToken(call.instance, session, template, { origin: call.origin })));
}

/** `GET /v1/me/sessions/active`: a plain array, which is what clerk-js maps over. */
export function listDevices(call: FrontendCall): FrontendReply {
  const { userId } = currentSession(call);
  return answer(listActiveSessionsOfUser(call.instance, userId).map(sessionWithActivityJson));
}

/** `POST /v1/me/sessions/{id}/revoke`: signs another device of the user out. */
export function revokeDevice(call: FrontendCall): FrontendReply {
  const { userId } = currentSession(call);
  const session = findSession(call.instance, call.params.id ?? '');
  if (session?.userId !== userId) throw notFound('session');
  closeSessions(call.instance, [session], 'revoked');
  return enveloped(sessionWithActivityJson(requireSession(call.instance, session.id)));
}
