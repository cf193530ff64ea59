import { z } from 'zod';
import type { Fetch } from '../main/connection/fetch.ts';
import { type BackendApi, BackendApiError, listOf } from '../main/identity/backend-api.ts';
import { FailureError, failure } from '../shared/failure.ts';

/** A session at Clerk that proves the set-up, without a person where Clerk allows it. */
export interface TestSession {
  userId: string;
  /** `test-user`: made for this and removed by `close`; `sign-in`: a person of the instance, signed in by a ticket. */
  by: 'test-user' | 'sign-in';
  sessionToken(): Promise<string>;
  /** A token of the JWT template. Throws BackendApiError, with status 404 where there is no such template. */
  templateToken(template: string): Promise<string>;
  close(): Promise<void>;
}

const EXTERNAL_ID = 'burrow:setup-probe';
/** Clerk sends no mail to addresses with `+clerk_test`. */
const E_MAIL = 'burrow-setup+clerk_test@example.com';

const withId = z.object({ id: z.string() });
const withJwt = z.object({ jwt: z.string() });
const users = listOf(withId);

/** A user made for the proof; one that an interrupted run left behind is used again. */
const testUser = async (api: BackendApi): Promise<string> => {
  const [left] = users.parse(await api('GET', `/users?external_id=${encodeURIComponent(EXTERNAL_ID)}`));
  if (left) return left.id;
  const made = await api('POST', '/users', {
    external_id: EXTERNAL_ID,
    first_name: 'Burrow set-up',
    email_address: [E_MAIL],
    skip_password_requirement: true,
  });
  return withId.parse(made).id;
};

/** Development instances let the Backend API open a session. Null where it may not (production). */
export const openTestUserSession = async (api: BackendApi): Promise<TestSession | null> => {
  let userId: string;
  let sessionId: string;
  try {
    userId = await testUser(api);
  } catch (error) {
    // An instance may demand a phone number or more of every user.
    if (error instanceof BackendApiError && error.status === 422) return null;
    throw error;
  }
  const removeUser = () => api('DELETE', `/users/${userId}`);
  try {
    sessionId = withId.parse(await api('POST', '/sessions', { user_id: userId })).id;
  } catch (error) {
    await removeUser();
    if (error instanceof BackendApiError && [400, 403, 404, 422].includes(error.status)) return null;
    throw error;
  }
  const token = async (path: string) => withJwt.parse(await api('POST', `/sessions/${sessionId}/tokens${path}`)).jwt;
  return {
    userId,
    by: 'test-user',
    sessionToken: () => token(''),
    templateToken: (template) => token(`/${template}`),
    close: async () => {
      await removeUser();
    },
  };
};

const signedIn = z.object({ response: z.object({ created_session_id: z.string() }) });

/**
 * Signs a person of the instance in by a ticket of the Backend API, as the app signs in: as a native client of the
 * Frontend API. Throws FailureError.
 */
export const openTicketSession = async (options: {
  api: BackendApi;
  fetch: Fetch;
  frontendApi: string;
  eMail: string;
}): Promise<TestSession> => {
  const { api, eMail } = options;
  const [user] = users.parse(await api('GET', `/users?email_address=${encodeURIComponent(eMail)}`));
  if (!user)
    throw new FailureError(
      failure(
        'no-such-user',
        'Clerk has no user with this e-mail address.',
        'Sign up in Burrow first, then try again.',
      ),
    );
  const ticket = z
    .object({ token: z.string() })
    .parse(await api('POST', '/sign_in_tokens', { user_id: user.id, expires_in_seconds: 60 })).token;

  let clientToken = '';
  const frontend = async (path: string, form: Record<string, string> = {}): Promise<Response> => {
    const response = await options.fetch(
      `${options.frontendApi}/v1${path}${path.includes('?') ? '&' : '?'}_is_native=1`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          ...(clientToken ? { authorization: clientToken } : {}),
        },
        body: new URLSearchParams(form).toString(),
      },
    );
    clientToken = response.headers.get('authorization') ?? clientToken;
    return response;
  };
  const answer = await frontend('/client/sign_ins', { strategy: 'ticket', ticket });
  const session = signedIn.safeParse(await answer.json().catch(() => null));
  if (!answer.ok || !session.success)
    throw new FailureError(
      failure(
        'sign-in-refused',
        `Clerk's Frontend API did not accept the sign-in (status ${answer.status}).`,
        'See that the Native API is on (Clerk dashboard, Native applications), or sign in once in Burrow and run doctor from its Connection screen.',
      ),
    );
  const sessionId = session.data.response.created_session_id;
  const token = async (path: string): Promise<string> => {
    const response = await frontend(`/client/sessions/${sessionId}/tokens${path}`);
    const parsed = withJwt.safeParse(await response.json().catch(() => null));
    if (parsed.success && response.ok) return parsed.data.jwt;
    throw new BackendApiError(
      response.status,
      'token-refused',
      failure('token-refused', `Clerk gave no token (status ${response.status}).`),
    );
  };
  return {
    userId: user.id,
    by: 'sign-in',
    sessionToken: () => token(''),
    templateToken: (template) => token(`/${template}`),
    close: async () => {
      await frontend('/client/sessions?_method=DELETE');
    },
  };
};
