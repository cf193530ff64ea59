import { timingSafeEqual } from 'node:crypto';
import { type Answer, answer } from '../http/answers.ts';
import { readBody } from '../http/body.ts';
import { apiError } from '../http/errors.ts';
import { createRouter, type Route } from '../http/router.ts';
import { digest, type Instance } from '../instance.ts';
import { jwks } from '../tokens/well-known.ts';
import type { BackendHandler } from './call.ts';
import * as instances from './instance.ts';
import { createTemplate, getTemplate, listTemplates, removeTemplate, updateTemplate } from './jwt-templates.ts';
import * as redirectUrls from './redirect-urls.ts';
import * as sessions from './sessions.ts';
import * as signInTokens from './sign-in-tokens.ts';
import * as users from './users.ts';

const route = (method: string, path: string, handler: BackendHandler): Route<BackendHandler> => ({
  method,
  path: `/v1${path}`,
  handler,
});

/** Every door of the Backend API, in the shapes that @clerk/backend 3.25.0 calls and parses. */
const routes: readonly Route<BackendHandler>[] = [
  route('GET', '/jwks', (call) => jwks(call.instance)),

  route('GET', '/instance', instances.get),
  route('PATCH', '/instance', instances.update),

  route('GET', '/jwt_templates', listTemplates),
  route('POST', '/jwt_templates', createTemplate),
  route('GET', '/jwt_templates/:id', getTemplate),
  route('PATCH', '/jwt_templates/:id', updateTemplate),
  route('DELETE', '/jwt_templates/:id', removeTemplate),

  route('GET', '/redirect_urls', redirectUrls.list),
  route('POST', '/redirect_urls', redirectUrls.create),
  route('GET', '/redirect_urls/:id', redirectUrls.get),
  route('DELETE', '/redirect_urls/:id', redirectUrls.remove),

  route('GET', '/users/count', users.count),
  route('GET', '/users', users.list),
  route('POST', '/users', users.create),
  route('GET', '/users/:id', users.get),
  route('PATCH', '/users/:id', users.update),
  route('DELETE', '/users/:id', users.remove),
  route('PATCH', '/users/:id/metadata', users.writeMetadata(true)),
  route('PUT', '/users/:id/metadata', users.writeMetadata(false)),

  route('GET', '/sessions', sessions.list),
  route('POST', '/sessions', sessions.create),
  route('GET', '/sessions/:id', sessions.get),
  route('POST', '/sessions/:id/revoke', sessions.revoke),
  route('POST', '/sessions/:id/tokens', sessions.createToken),
  route('POST', '/sessions/:id/tokens/:template', sessions.createToken),

  route('POST', '/sign_in_tokens', signInTokens.create),
  route('POST', '/sign_in_tokens/:id/revoke', signInTokens.revoke),
];

const findRoute = createRouter(routes);
const ROOMS = new Set(routes.map(({ path }) => path.split('/')[2]));

/** The two APIs share `/v1`, but no first segment after it. */
export const isBackendPath = (pathname: string): boolean => {
  const [, version, room] = pathname.split('/');
  return version === 'v1' && ROOMS.has(room);
};

/** Answers a request to the Backend API; the secret key is asked for before anything else is looked at. */
export async function answerBackend(instance: Instance, request: Request, url: URL): Promise<Answer> {
  requireSecretKey(instance, request.headers.get('authorization'));
  const { handler, params } = findRoute(request.method, url.pathname);
  const body = await readBody(request);
  const result = await handler({ instance, params, query: url.searchParams, body });
  return result === undefined ? answer(null, 204) : answer(result);
}

function requireSecretKey(instance: Instance, authorization: string | null): void {
  const presented = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (!presented) {
    throw apiError(401, 'authorization_header_missing', 'The Backend API asks for the secret key as a Bearer token.');
  }
  // Digests have one length, which is what the comparison in constant time needs.
  const same = timingSafeEqual(Buffer.from(digest(presented)), Buffer.from(digest(instance.secretKey)));
  if (!same) throw apiError(401, 'secret_key_invalid', 'This is not the secret key of this Clerk.');
}
