import { z } from 'zod';
import { FailureError, fail, type Outcome, succeed } from '../../shared/failure.ts';
import type { Fetch } from '../connection/fetch.ts';

const users = z.array(z.object({ id: z.string() }));
const user = z.object({ id: z.string() });
const ticket = z.object({ token: z.string() });

/** One external id, so that pressing the button again opens the same account. */
const EXTERNAL_ID = 'burrow:this-computer';

/**
 * "Continue on this computer": makes (once) an account on the embedded stack through Clerk's Backend API and
 * gives a one-time sign-in ticket for it. The secret key is the embedded stack's own; own servers never come here.
 */
export const createLocalAccount = (options: { backendApi: string; secretKey: () => Promise<string>; fetch: Fetch }) => {
  const ask = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> => {
    const response = await options.fetch(`${options.backendApi}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${await options.secretKey()}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
    return response.json();
  };

  const findOrCreate = async (): Promise<string> => {
    const found = users.parse(await ask('GET', `/users?external_id=${encodeURIComponent(EXTERNAL_ID)}`));
    if (found[0]) return found[0].id;
    const created = await ask('POST', '/users', {
      external_id: EXTERNAL_ID,
      first_name: 'This computer',
      public_metadata: { local: true },
      skip_password_requirement: true,
    });
    return user.parse(created).id;
  };

  return {
    ticket: async (): Promise<Outcome<{ ticket: string }>> => {
      try {
        const userId = await findOrCreate();
        const made = ticket.parse(await ask('POST', '/sign_in_tokens', { user_id: userId, expires_in_seconds: 60 }));
        return succeed({ ticket: made.token });
      } catch (error) {
        if (error instanceof FailureError) throw error;
        return fail(
          'local-account-failed',
          `The account on this computer could not be opened (${error instanceof Error ? error.message : 'unknown'}).`,
          'Restart Burrow and try again.',
        );
      }
    },
  };
};
export type LocalAccount = ReturnType<typeof createLocalAccount>;
