/** HTTP to the engine, in the order FaunaDB looks at a request: headers, body, path, login, method (CoreApplication). */

import { type PlainRequest, type PlainResponse, toResponse } from '../../http/plain.ts';
import { type Soon, soon } from '../../soon.ts';
import type { Credential, EngineDoor, QueryResponse } from '../engine/protocol.ts';
import { NO_METRICS } from '../engine/refusals.ts';
import type { JwksCache } from '../security/jwks.ts';
import { createStreamRegistry, type StreamRegistry } from '../streams/registry.ts';
import { JsonError } from '../wire/json.ts';
import { type Body, readBody } from './body.ts';
import { readCredential, verifiedJwts } from './credentials.ts';
import { invalid, readHeaders } from './headers.ts';
import { readParameters } from './query-string.ts';
import { type Answer, errorBody, type Report, respond } from './responses.ts';
import { type Resource, type RestQuery, resourceAt } from './rest.ts';
import { readTags } from './tags.ts';

export interface HandlerParts {
  readonly door: EngineDoor;
  readonly jwks: JwksCache;
  /** ms */
  readonly now: () => number;
}

export interface Handler {
  handle(request: Request): Promise<Response>;
  /** The same without a Request and a Response in between. */
  plain(request: PlainRequest): Soon<PlainResponse>;
  /** Ends the open streams. */
  close(): void;
}

/** A request that came as far as its endpoint. */
interface Call {
  readonly request: PlainRequest;
  readonly parts: HandlerParts;
  readonly door: EngineDoor;
  readonly streams: StreamRegistry;
  readonly credential: Credential;
  readonly parameters: ReadonlyMap<string, string>;
  readonly text: string | undefined;
  readonly timeoutMs: number;
  /** The report of what the engine answered. */
  report(response: Pick<QueryResponse, 'transactionTime' | 'metrics'>): Report;
}

type Endpoint = (call: Call) => Soon<Answer>;

/** One line a path. */
const ENDPOINTS: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = {
  '/': { GET: (call) => query(call, call.parameters.get('q'), true), POST: (call) => query(call, call.text, false) },
  '/stream': { POST: stream },
  '/authorized': { GET: identify, HEAD: identify },
  '/linearized': { POST: (call) => query(call, call.text, false) },
};

const NOT_FOUND: Answer = { status: 404, body: errorBody('not found', 'Not Found') };
const UNAUTHORIZED: Answer = {
  status: 401,
  body: errorBody('unauthorized', 'Unauthorized'),
  headers: { 'www-authenticate': 'Basic realm="Unauthorized"' },
};
const TIMED_OUT: Answer = { status: 503, body: errorBody('time out', 'Read timed out') };

export function createHandler(parts: HandlerParts): Handler {
  const streams = createStreamRegistry(parts.door);
  const plain = (request: PlainRequest): Soon<PlainResponse> =>
    soon(answer(request, parts, streams), (found) => respond(request, found));
  return {
    plain,
    handle: async (request) => toResponse(await plain(request)),
    close: () => streams.close(),
  };
}

function answer(request: PlainRequest, parts: HandlerParts, streams: StreamRegistry): Soon<Answer> {
  if (request.method === 'OPTIONS' && request.headers.has('origin')) return { status: 200, body: null };
  const headers = readHeaders(request.headers);
  if (typeof headers === 'string') return badRequest(headers);
  const nothing = (bytesIn = 0): Report => ({ time: BigInt(parts.now()) * 1000n, metrics: NO_METRICS, bytesIn });
  const tags = readTags(request.headers.get('x-fauna-tags'));
  if ('problem' in tags) return { ...badRequest(invalid('x-fauna-tags', tags.problem)), report: nothing() };
  return soon(readBody(request), (body) => {
    if (body.type !== 'text') return { ...unread(body), report: nothing() };
    const report: Report = { ...nothing(body.bytes), tags: tags.echo };

    const { pathname, parameters } = readAddress(request.url);
    if (pathname === '/ping') return { ...ping(request.method, parameters), report };
    if (pathname === '/authorized' && !isGet(request.method)) return { ...methodNotAllowed(['GET']), report };
    const methods = Object.hasOwn(ENDPOINTS, pathname) ? ENDPOINTS[pathname] : undefined;
    const resource = methods ? undefined : resourceAt(pathname);
    if (!methods && !resource) return { ...NOT_FOUND, report };
    return soon(readCredential(request.headers.get('authorization'), parts), (credential) => {
      if (credential === 'time out') return { ...TIMED_OUT, report };
      if (!credential) return { ...UNAUTHORIZED, report };
      const call: Call = {
        request,
        parts,
        door: parts.door,
        streams,
        credential,
        parameters,
        text: body.text,
        timeoutMs: headers.timeoutMs,
        report: ({ transactionTime, metrics }) => ({ ...report, time: transactionTime, metrics }),
      };
      if (resource) return rest(call, resource);
      const endpoint = methods?.[request.method] ?? notAllowed(Object.keys(methods ?? {}));
      return endpoint(call);
    });
  });
}

interface Address {
  readonly pathname: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Most requests have the address of the one before. */
let last: { readonly url: string; readonly address: Address } | undefined;

function readAddress(url: string): Address {
  if (last?.url === url) return last.address;
  const { pathname, search } = new URL(url);
  const address = { pathname, parameters: readParameters(search) };
  if (search === '') last = { url, address };
  return address;
}

async function rest(call: Call, resource: Resource): Promise<Answer> {
  const { method } = call.request;
  if (!resource.methods.includes(method)) return refuse(call, resource, methodNotAllowed(resource.methods));
  const rootOnly = resource.rootOnly(method);
  let asked: RestQuery;
  try {
    asked = resource.query(method, call.parameters, call.text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    // The same error, found where a query is read.
    return query(call, call.text, false, rootOnly);
  }
  const answer = await query(call, asked.text, false, rootOnly);
  return leadsNowhere(answer, asked) ? { ...NOT_FOUND, ...(answer.report ? { report: answer.report } : {}) } : answer;
}

/** Where the path leads is looked at before what is asked for there. */
async function refuse(call: Call, resource: Resource, refusal: Answer): Promise<Answer> {
  const found = await query(call, resource.probe, true);
  if (found.status === 401) return found;
  return {
    ...(found.body === '{"resource":true}' ? refusal : NOT_FOUND),
    ...(found.report && { report: found.report }),
  };
}

const NOWHERE = ['"code":"invalid ref"', '"code":"invalid expression","description":"Invalid ref."'];

function leadsNowhere({ status, body }: Answer, { verb }: RestQuery): boolean {
  if (status !== 400 || typeof body !== 'string') return false;
  return NOWHERE.some((error) => body.startsWith(`{"errors":[{"position":["${verb}"],${error}`));
}

const badRequest = (description: string): Answer => ({ status: 400, body: errorBody('bad request', description) });

/** An aborted request's answer goes nowhere. */
const unread = (body: Exclude<Body, { type: 'text' }>): Answer =>
  body.type === 'too large'
    ? { status: 413, body: errorBody('request too large', 'Request entity is too large') }
    : { status: 408, body: JSON.stringify({ error: 'request timeout: Client timed out.' }) };

const isGet = (method: string): boolean => method === 'GET' || method === 'HEAD';

const PING_SCOPES: Readonly<Record<string, string>> = {
  all: 'all',
  write: 'write',
  read: 'read',
  global: 'write',
  local: 'read',
};

function ping(method: string, parameters: ReadonlyMap<string, string>): Answer {
  if (!isGet(method)) return methodNotAllowed(['GET']);
  const asked = parameters.get('scope') ?? 'write';
  const scope = Object.hasOwn(PING_SCOPES, asked) ? PING_SCOPES[asked] : 'node';
  return { status: 200, body: JSON.stringify({ resource: `Scope ${scope} is OK` }) };
}

const methodNotAllowed = (methods: readonly string[]): Answer => ({
  status: 405,
  body: errorBody('method not allowed', `Allowed methods are ${methods.join(', ')}.`),
  headers: { allow: methods.join(', ') },
});

/** Only who has a login learns which methods there are. */
const notAllowed =
  (methods: readonly string[]): Endpoint =>
  async (call) => {
    const { door, credential, timeoutMs } = call;
    const response = await door.query({ credential, query: 'null', readOnly: true, timeoutMs });
    const refused = response.status === 401 ? UNAUTHORIZED : methodNotAllowed(methods);
    return { ...refused, report: call.report(response) };
  };

function query(call: Call, text: string | undefined, readOnly: boolean, rootOnly?: string): Soon<Answer> {
  const { door, credential, timeoutMs } = call;
  return soon(verifiedJwts(text, call.parts), (jwts) =>
    soon(door.query({ credential, query: text, readOnly, timeoutMs, jwts, rootOnly }), (response) =>
      answerOf(call, response),
    ),
  );
}

async function identify(call: Call): Promise<Answer> {
  const { door, credential, timeoutMs } = call;
  const asked = { credential, query: undefined, readOnly: true, timeoutMs, identifies: true };
  return answerOf(call, await door.query(asked));
}

function answerOf(call: Call, response: QueryResponse): Answer {
  const report = call.report(response);
  return response.status === 401
    ? { ...UNAUTHORIZED, report }
    : { status: response.status, body: response.body, report, sent: response.spent };
}

let lastStream = 0n;
/** Growing, and never the same twice in a process. */
function nextStreamId(): bigint {
  const next = BigInt(Date.now()) << 20n;
  lastStream = next > lastStream ? next : lastStream + 1n;
  return lastStream;
}

async function stream(call: Call): Promise<Answer> {
  const { streams, credential, text, timeoutMs, parameters, request } = call;
  const asked = { credential, query: text, fields: parameters.get('fields'), timeoutMs };
  const opened = await streams.open(asked, request.signal);
  if (opened.type === 'refused') return answerOf(call, opened.response);
  const { start, metrics } = opened.opened;
  return {
    status: 200,
    body: opened.body,
    headers: { 'x-fauna-stream-id': nextStreamId().toString() },
    report: call.report({ transactionTime: start, metrics }),
  };
}
