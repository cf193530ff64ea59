/** HTTP to the engine: routes, headers, statuses (FQL1Routes, CoreApplication). */
import { type EngineDoor, UNAUTHORIZED_BODY } from '../engine/protocol.ts';
import type { JwksCache } from '../security/jwks.ts';
import { readCredential } from './credentials.ts';
import { readTimeout } from './headers.ts';
import { errorBody, respond } from './responses.ts';

const MAX_BODY = 8 * 1024 * 1024;

export interface HandlerParts {
  readonly door: EngineDoor;
  readonly jwks: JwksCache;
  /** ms */
  readonly now: () => number;
}

type Endpoint = (request: Request, url: URL, parts: HandlerParts) => Promise<Response>;

/** One line a path. `/stream` belongs here. */
const ENDPOINTS: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = {
  '/': { POST: (request, _url, parts) => query(request, parts), GET: getQuery },
  '/linearized': { POST: (request, _url, parts) => query(request, parts) },
  '/ping': { GET: ping },
};

export function createHandler(parts: HandlerParts): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    if (request.method === 'OPTIONS') return respond(request, 204, null);
    const methods = ENDPOINTS[url.pathname];
    if (!methods) return respond(request, 404, errorBody('not found', 'Not Found'));
    const endpoint = methods[request.method];
    if (!endpoint) {
      const allowed = Object.keys(methods).join(', ');
      const body = errorBody('method not allowed', `Allowed methods are ${allowed}.`);
      return respond(request, 405, body, { allow: allowed });
    }
    return endpoint(request, url, parts);
  };
}

async function ping(request: Request, url: URL): Promise<Response> {
  const scope = url.searchParams.get('scope') ?? 'write';
  return respond(request, 200, JSON.stringify({ resource: `Scope ${scope} is OK` }));
}

async function getQuery(request: Request, url: URL, parts: HandlerParts): Promise<Response> {
  return run(request, parts, url.searchParams.get('q') ?? undefined, true);
}

async function query(request: Request, parts: HandlerParts): Promise<Response> {
  const body = await request.text();
  if (body.length > MAX_BODY) {
    return respond(request, 413, errorBody('request too large', 'Request entity is too large.'));
  }
  return run(request, parts, body === '' ? undefined : body, false);
}

async function run(
  request: Request,
  { door, jwks, now }: HandlerParts,
  text: string | undefined,
  readOnly: boolean,
): Promise<Response> {
  const timeoutMs = readTimeout(request.headers.get('x-query-timeout'));
  if (timeoutMs === undefined) {
    return respond(request, 400, errorBody('bad request', 'Invalid header x-query-timeout'));
  }
  const credential = await readCredential(request.headers.get('authorization'), { door, jwks, now });
  if (!credential) return unauthorized(request);
  if (credential === 'time out') return respond(request, 503, errorBody('time out', 'Query timed out.'));
  const response = await door.query({ credential, query: text, readOnly, timeoutMs });
  const time = { 'x-txn-time': response.transactionTime.toString() };
  if (response.status === 401) return unauthorized(request, time);
  const { metrics, status, body } = response;
  return respond(request, status, body, {
    ...time,
    'x-compute-ops': String(metrics.computeOps),
    'x-byte-read-ops': String(metrics.readOps),
    'x-byte-write-ops': String(metrics.writeOps),
    'x-query-time': String(metrics.milliseconds),
    'x-query-bytes-in': String(Buffer.byteLength(text ?? '')),
    'x-query-bytes-out': String(Buffer.byteLength(body)),
    'x-storage-bytes-read': '0',
    'x-storage-bytes-write': '0',
    'x-txn-retries': '0',
  });
}

const unauthorized = (request: Request, headers: Record<string, string> = {}): Response =>
  respond(request, 401, UNAUTHORIZED_BODY, { ...headers, 'www-authenticate': 'Basic realm="Unauthorized"' });
