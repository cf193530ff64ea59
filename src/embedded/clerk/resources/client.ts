import type { Client } from '../clients/clients.ts';
import type { Instance } from '../instance.ts';
import { listActiveSessionsOfClient } from '../sessions/sessions.ts';
import { findSignIn } from '../sign-in/sign-ins.ts';
import { findSignUp } from '../sign-up/sign-ups.ts';
import { sessionJson } from './session.ts';
import { signInJson } from './sign-in.ts';
import { signUpJson } from './sign-up.ts';

/** Everything clerk-js knows: it replaces its state with this after each change. */
export async function clientJson(instance: Instance, client: Client, origin: string | null) {
  const sessions = listActiveSessionsOfClient(instance, client.id);
  const signIn = findSignIn(instance, client.id);
  const signUp = findSignUp(instance, client.id);
  return {
    object: 'client',
    id: client.id,
    sessions: await Promise.all(sessions.map((session) => sessionJson(instance, session, origin))),
    sign_in: signIn && signIn.status !== 'complete' ? signInJson(instance, signIn) : null,
    sign_up: signUp && signUp.status !== 'complete' ? signUpJson(instance, signUp) : null,
    last_active_session_id:
      sessions.find(({ id }) => id === client.lastActiveSessionId)?.id ?? sessions.at(-1)?.id ?? null,
    last_authentication_strategy: client.lastStrategy,
    captcha_bypass: false,
    cookie_expires_at: null,
    created_at: client.createdAt,
    updated_at: client.updatedAt,
  };
}
