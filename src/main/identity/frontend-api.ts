import { z } from 'zod';
import { fail, type Outcome, succeed } from '../../shared/failure.ts';
import type { Account } from '../../shared/identity/account.ts';
import type { Fetch } from '../connection/fetch.ts';
import type { SecretFile } from './secret-file.ts';

const clientAnswer = z.object({ response: z.object({ last_active_session_id: z.string().nullable() }).nullable() });
const userAnswer = z.object({
  response: z.object({
    sessions: z.array(
      z.object({
        id: z.string(),
        user: z.object({
          id: z.string(),
          first_name: z.string().nullish(),
          last_name: z.string().nullish(),
          primary_email_address_id: z.string().nullish(),
          email_addresses: z.array(z.object({ id: z.string(), email_address: z.string() })).default([]),
          public_metadata: z.record(z.string(), z.unknown()).nullish(),
        }),
      }),
    ),
  }),
});
const tokenAnswer = z.object({ jwt: z.string() });

/**
 * The few questions main asks the Frontend API by itself, as a native client with the client token it holds:
 * a Fauna JWT when no window is open, and the end of a session that was signed out of while offline.
 */
export const createFrontendApi = (options: {
  frontendApi: string;
  template: string;
  fetch: Fetch;
  clientToken: SecretFile;
}) => {
  const ask = async (method: 'GET' | 'POST', path: string, token: string): Promise<Response> =>
    options.fetch(`${options.frontendApi}${path}${path.includes('?') ? '&' : '?'}_is_native=1`, {
      method,
      headers: { authorization: token, accept: 'application/json' },
    });

  /** The template token of the active session. */
  const faunaToken = async (): Promise<Outcome<string>> => {
    const token = await options.clientToken.read();
    if (!token) return fail('not-signed-in', 'Nobody is signed in.', 'Sign in first.');
    try {
      const client = await ask('GET', '/v1/client', token);
      const session = clientAnswer.safeParse(await client.json()).data?.response?.last_active_session_id;
      if (!session)
        return fail(
          'not-signed-in',
          'The Clerk session has ended.',
          'Sign in again; your notes are saved on this computer.',
        );
      const answer = await ask('POST', `/v1/client/sessions/${session}/tokens/${options.template}`, token);
      if (answer.status === 404)
        return fail(
          'template-missing',
          `Clerk has no JWT template named "${options.template}".`,
          'Run npm run setup, or make the template in the Clerk dashboard under JWT templates.',
        );
      const parsed = tokenAnswer.safeParse(await answer.json());
      if (!answer.ok || !parsed.success)
        return fail(
          'token-refused',
          `Clerk gave no token for Fauna (status ${answer.status}).`,
          'Sign out and sign in again.',
        );
      return succeed(parsed.data.jwt);
    } catch {
      return fail(
        'clerk-unreachable',
        'Clerk cannot be reached right now.',
        'Burrow tries again by itself; your notes are saved on this computer.',
      );
    }
  };

  /** Who a session belongs to, for the name in the window's corner; null when Clerk cannot say. */
  const accountOf = async (sessionId: string): Promise<Account | null> => {
    const token = await options.clientToken.read();
    if (!token) return null;
    try {
      const answer = userAnswer.parse(await (await ask('GET', '/v1/client', token)).json());
      const user = answer.response.sessions.find((one) => one.id === sessionId)?.user;
      if (!user) return null;
      const email =
        user.email_addresses.find((one) => one.id === user.primary_email_address_id) ?? user.email_addresses[0];
      const name = [user.first_name, user.last_name].filter(Boolean).join(' ');
      return {
        userId: user.id,
        label: name || email?.email_address || 'Signed in',
        email: email?.email_address ?? null,
        local: user.public_metadata?.local === true,
      };
    } catch {
      return null;
    }
  };

  /** Ends every session of the client whose token is given. False when Clerk could not be reached. */
  const endSessions = async (token: string): Promise<boolean> => {
    try {
      const answer = await ask('POST', '/v1/client/sessions?_method=DELETE', token);
      return answer.ok || answer.status === 401 || answer.status === 404;
    } catch {
      return false;
    }
  };

  return { faunaToken, accountOf, endSessions };
};
export type FrontendApi = ReturnType<typeof createFrontendApi>;
