import { z } from 'zod';
import { findUser } from '../accounts/users.ts';
import { decode } from '../http/decode.ts';
import { apiError, formError, notFound } from '../http/errors.ts';
import { backendSessionJson, tokenJson } from '../resources/session.ts';
import {
  closeSessions,
  createSession,
  findSession,
  listSessions,
  requireSession,
  type Session,
} from '../sessions/sessions.ts';
import { findJwtTemplateByName } from '../tokens/jwt-templates.ts';
import { mintSessionToken, mintTemplateToken } from '../tokens/tokens.ts';
import { type BackendCall, page, pageBounds } from './call.ts';

/** `GET /v1/sessions` of a client or of a user; one of them has to be named. */
export function list(call: BackendCall): unknown {
  const clientId = call.query.get('client_id') ?? undefined;
  const userId = call.query.get('user_id') ?? undefined;
  if (!clientId && !userId) throw formError('form_param_missing', 'user_id', 'Name a client or a user.');
  const status = call.query.get('status');
  const sessions = listSessions(call.instance, { clientId, userId }).filter((one) => !status || one.status === status);
  const { limit, offset } = pageBounds(call);
  return page(call, sessions.slice(offset, offset + limit).map(backendSessionJson), sessions.length);
}

export const get = (call: BackendCall): unknown => backendSessionJson(session(call));

/** `POST /v1/sessions`: a session without a client, for tests and the set-up's proof. */
export function create(call: BackendCall): unknown {
  const { user_id: userId } = decode(z.object({ user_id: z.string() }), call.body);
  if (!findUser(call.instance, userId)) throw notFound('user');
  return backendSessionJson(createSession(call.instance, { clientId: null, userId, userAgent: null }));
}

export function revoke(call: BackendCall): unknown {
  const { id } = requireActive(session(call));
  closeSessions(call.instance, [session(call)], 'revoked');
  return backendSessionJson(requireSession(call.instance, id));
}

const minting = z.object({ expires_in_seconds: z.number().int().min(30).max(315_360_000).nullish() });

/** `POST /v1/sessions/{id}/tokens[/{template}]` */
export async function createToken(call: BackendCall): Promise<unknown> {
  const { instance, params } = call;
  const active = requireActive(session(call));
  const lifetime = decode(minting, call.body).expires_in_seconds ?? undefined;
  if (params.template === undefined) {
    return tokenJson(await mintSessionToken(instance, active, { origin: null, lifetime }));
  }
  const template = findJwtTemplateByName(instance, params.template);
  if (!template) throw apiError(404, 'resource_not_found', `There is no JWT template named ${params.template}.`);
  return tokenJson(await mintTemplateToken(instance, active, template, { origin: null, lifetime }));
}

function session(call: BackendCall): Session {
  const found = findSession(call.instance, call.params.id ?? '');
  if (!found) throw notFound('session');
  return found;
}

function requireActive(found: Session): Session {
  if (found.status !== 'active') throw apiError(400, 'session_not_active', `This session is ${found.status}.`);
  return found;
}
