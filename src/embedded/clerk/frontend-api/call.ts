import type { Client } from '../clients/clients.ts';
import { createClient, requireClient as loadClient } from '../clients/clients.ts';
import type { Answer } from '../http/answers.ts';
import type { Body } from '../http/body.ts';
import { apiError, unauthenticated } from '../http/errors.ts';
import type { Instance } from '../instance.ts';
import type { Session } from '../sessions/sessions.ts';
import { findSession, listActiveSessionsOfClient } from '../sessions/sessions.ts';

/** One request to the Frontend API, on its way through a route. */
export interface FrontendCall {
  instance: Instance;
  params: Record<string, string>;
  query: URLSearchParams;
  body: Body;
  origin: string | null;
  userAgent: string | null;
  /** Whether the request came as a native app's, the only kind that can have a client here. */
  native: boolean;
  client: Client | null;
  /** Set when the client's token has to change; it leaves in the Authorization header. */
  newSecret: string | null;
}

/** `enveloped` goes out as `{response, client}`; an `Answer` goes out as it is. */
export type FrontendReply = { enveloped: unknown } | Answer;
export type FrontendHandler = (call: FrontendCall) => FrontendReply | Promise<FrontendReply>;

export const enveloped = (response: unknown): FrontendReply => ({ enveloped: response });

/** The client of the request, made on the spot for who has none yet. */
export function ensureClient(call: FrontendCall): Client {
  if (call.client) return call.client;
  if (!call.native) {
    throw apiError(400, 'native_api_required', 'The embedded Clerk serves native apps only: send _is_native=1.');
  }
  const { client, secret } = createClient(call.instance);
  call.client = client;
  call.newSecret = secret;
  return client;
}

export function requireClient(call: FrontendCall): Client {
  if (!call.client) throw unauthenticated();
  return call.client;
}

/** Reads the client again after it was changed. */
export function reloadClient(call: FrontendCall): void {
  if (call.client) call.client = loadClient(call.instance, call.client.id);
}

/** An active session of the request's client; 401 for any other, which is what signs clerk-js out. */
export function requireSessionOfClient(call: FrontendCall, id: string): Session {
  const client = requireClient(call);
  const session = findSession(call.instance, id);
  if (session?.clientId !== client.id || session.status !== 'active') throw unauthenticated();
  return session;
}

/** The session a request about the user is made in: the one it names, else the client's current one. */
export function currentSession(call: FrontendCall): Session {
  const client = requireClient(call);
  const named = call.query.get('_clerk_session_id');
  if (named) return requireSessionOfClient(call, named);
  const active = listActiveSessionsOfClient(call.instance, client.id);
  const session = active.find(({ id }) => id === client.lastActiveSessionId) ?? active.at(-1);
  if (!session) throw unauthenticated();
  return session;
}

/** Clerk signs one account in per client: who is signed in already is told so (clerk-js then uses that session). */
export function refuseSecondSession(call: FrontendCall): void {
  if (!call.instance.singleSession || !call.client) return;
  if (listActiveSessionsOfClient(call.instance, call.client.id).length === 0) return;
  throw apiError(400, 'session_exists', 'Somebody is signed in already. Sign out first.');
}
