import { updateUser } from '../accounts/users.ts';
import { rotateClientSecret, setLastActiveSession, setLastStrategy } from '../clients/clients.ts';
import { createSession, type Session } from '../sessions/sessions.ts';
import { ensureClient, type FrontendCall, refuseSecondSession, reloadClient } from './call.ts';

/** Signs a user in on the request's client. To be called inside the transaction that completes a sign-in or sign-up. */
export function startSession(call: FrontendCall, userId: string, strategy: string): Session {
  const { instance, userAgent } = call;
  refuseSecondSession(call);
  const client = ensureClient(call);
  const session = createSession(instance, { clientId: client.id, userId, userAgent });
  updateUser(instance, userId, { lastSignInAt: instance.clock() });
  setLastActiveSession(instance, client.id, session.id);
  setLastStrategy(instance, client.id, strategy);
  call.newSecret = rotateClientSecret(instance, client.id);
  reloadClient(call);
  return session;
}
