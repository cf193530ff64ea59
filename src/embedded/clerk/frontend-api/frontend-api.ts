import { readClientToken, signClientToken } from '../clients/client-token.ts';
import type { Client } from '../clients/clients.ts';
import { type Answer, answer, toErrorAnswer } from '../http/answers.ts';
import { readBody } from '../http/body.ts';
import { ApiError, apiError } from '../http/errors.ts';
import type { Match } from '../http/router.ts';
import { createRouter } from '../http/router.ts';
import { type Instance, newId } from '../instance.ts';
import { clientJson } from '../resources/client.ts';
import { readInstanceSettings } from '../store/instance-settings.ts';
import type { FrontendCall, FrontendHandler } from './call.ts';
import { frontendRoutes } from './routes.ts';

const findRoute = createRouter(frontendRoutes);

/**
 * Answers a request to the Frontend API, as a native app makes them: who calls is told by Authorization, and answered
 * with a new client token in the same header whenever it changes. A changed client rides along with every answer
 * that has an envelope, and with errors in `meta`.
 */
export async function answerFrontend(instance: Instance, request: Request, url: URL): Promise<Answer> {
  const call: FrontendCall = {
    instance,
    params: {},
    query: url.searchParams,
    body: {},
    origin: request.headers.get('origin'),
    userAgent: request.headers.get('user-agent')?.slice(0, 512) ?? null,
    native: url.searchParams.get('_is_native') === '1',
    client: null,
    newSecret: null,
  };
  try {
    const match = findFrontendRoute(request, url);
    call.params = match.params;
    await identify(call, request);
    call.body = await readBody(request);
    return await reply(call, match.handler);
  } catch (error) {
    return refuse(call, error);
  }
}

/** On the wire there are only GET and POST; `_method` says what a POST means. */
function findFrontendRoute(request: Request, url: URL): Match<FrontendHandler> {
  const override = request.method === 'POST' ? url.searchParams.get('_method') : null;
  return findRoute((override ?? request.method).toUpperCase(), url.pathname);
}

async function identify(call: FrontendCall, request: Request): Promise<void> {
  const authorization = request.headers.get('authorization');
  if (!call.native || authorization === null) return;
  if (call.origin !== null && !readInstanceSettings(call.instance).allowedOrigins.includes(call.origin)) {
    throw apiError(
      400,
      'origin_authorization_headers_conflict',
      'A request has either an Origin or an Authorization header, unless the origin is on the list of allowed ones.',
    );
  }
  call.client = await readClientToken(call.instance, authorization);
}

async function reply(call: FrontendCall, handler: FrontendHandler): Promise<Answer> {
  const result = await handler(call);
  const headers = await tokenHeaders(call, call.client);
  if (!('enveloped' in result)) return { ...result, headers: { ...result.headers, ...headers } };
  const client = call.client && (await clientJson(call.instance, call.client, call.origin));
  return answer({ response: result.enveloped, client }, 200, headers);
}

async function refuse(call: FrontendCall, error: unknown): Promise<Answer> {
  const traceId = newId(call.instance, 'trace');
  // After a fault of ours it is not certain that what was done in memory was also kept.
  if (!(error instanceof ApiError)) return toErrorAnswer(error, traceId);
  const client = call.client && (await clientJson(call.instance, call.client, call.origin));
  const refusal = toErrorAnswer(error, traceId, client ? { client } : undefined);
  return { ...refusal, headers: { ...refusal.headers, ...(await tokenHeaders(call, call.client)) } };
}

async function tokenHeaders(call: FrontendCall, client: Client | null): Promise<Record<string, string>> {
  if (client === null || call.newSecret === null) return {};
  return { authorization: await signClientToken(call.instance, { client, secret: call.newSecret }) };
}
