import { CLERK_PROXY_PATH } from '../../shared/app-origin.ts';
import type { Fetch } from '../connection/fetch.ts';
import { log } from '../logging/log.ts';
import type { SecretFile } from './secret-file.ts';

export interface ClerkProxyOptions {
  frontendApi: string;
  fetch: Fetch;
  clientToken: SecretFile;
  unreachable(): void;
}

const allowedMethods = new Set(['GET', 'POST']);

const refuse = (status: number, code: string, message: string): Response =>
  Response.json({ errors: [{ code, message, long_message: message, meta: {} }] }, { status });

/**
 * Answers what clerk-js asks of `/__clerk/*` by asking the Frontend API as a native client.
 * The long-lived client token is added and taken here; neither it nor any other header of the answer reaches the window
 * (facts: docs/identity.md).
 */
export const createClerkProxy =
  ({ frontendApi, fetch, clientToken, unreachable }: ClerkProxyOptions) =>
  async (request: Request): Promise<Response> => {
    const asked = new URL(request.url);
    const path = asked.pathname.slice(CLERK_PROXY_PATH.length);
    if (!path.startsWith('/v1/'))
      return refuse(404, 'resource_not_found', 'Only the Frontend API is reached this way.');
    if (!allowedMethods.has(request.method))
      return refuse(405, 'method_not_allowed', 'clerk-js sends GET and POST only.');

    const target = new URL(frontendApi + path + asked.search);
    target.searchParams.set('_is_native', '1');
    // Before the token is read: what is cleared in between counts as cleared meanwhile.
    const { clears } = clientToken;
    const token = await clientToken.read();
    // No Origin and no Cookie: the Frontend API refuses Origin together with Authorization.
    const headers: Record<string, string> = { accept: 'application/json' };
    if (token) headers.authorization = token;
    const contentType = request.headers.get('content-type');
    if (contentType) headers['content-type'] = contentType;

    let response: Response;
    try {
      response = await fetch(target, {
        method: request.method,
        headers,
        redirect: 'manual',
        ...(request.method === 'POST' ? { body: await request.arrayBuffer() } : {}),
      });
    } catch {
      unreachable();
      // A network error, as the page would see it: clerk-js then knows that it is offline.
      return Response.error();
    }
    // An answer to a question asked before a sign-out must not bring the ended client back, not even over a new one.
    const rotated = response.headers.get('authorization');
    if (rotated && clientToken.clears === clears) {
      // On a full disk the person is signed in until the app ends; the next answer tries to keep the token again.
      await clientToken.write(rotated).catch((error) => log.warn('identity: the client token was not kept', error));
    }
    const answer = new Headers({
      'content-type': response.headers.get('content-type') ?? 'application/json',
      'cache-control': 'no-store',
    });
    // clerk-js waits this long after a 429.
    const retryAfter = response.headers.get('retry-after');
    if (retryAfter) answer.set('retry-after', retryAfter);
    return new Response(response.body, { status: response.status, headers: answer });
  };
