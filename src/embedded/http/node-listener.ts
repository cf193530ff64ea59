/** A fetch-shaped handler as a listener of node:http or node:http2. Bodies stream both ways. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { Readable } from 'node:stream';
import { BAD_REQUEST, type Handler, pathOf } from './plain.ts';

type Incoming = IncomingMessage | Http2ServerRequest;
type Outgoing = ServerResponse | Http2ServerResponse;

export const nodeListener =
  (handler: Handler) =>
  (incoming: Incoming, outgoing: Outgoing): void => {
    void answer(handler, incoming, outgoing);
  };

async function answer(handler: Handler, incoming: Incoming, outgoing: Outgoing): Promise<void> {
  const gone = new AbortController();
  // Both kinds have these; the common type of their overloads cannot be called.
  const response = outgoing as ServerResponse;
  response.on('close', () => gone.abort());
  response.on('error', () => gone.abort());
  incoming.on('error', () => gone.abort());
  try {
    const request = toRequest(incoming, gone.signal);
    if (request) return await send(await handler(request), incoming, response, gone.signal);
    response.writeHead(400, { 'content-type': 'application/json;charset=utf-8' });
    response.end(BAD_REQUEST);
  } catch (error) {
    if (gone.signal.aborted) return;
    console.error(error);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
}

/** Undefined when its address or a header cannot be one. */
function toRequest(incoming: Incoming, signal: AbortSignal): Request | undefined {
  try {
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) {
      if (name.startsWith(':') || value === undefined) continue;
      for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one);
    }
    const host = headers.get('host') ?? incoming.headers[':authority'] ?? '127.0.0.1';
    const method = incoming.method ?? 'GET';
    const init: RequestInit & { duplex?: 'half' } = { method, headers, signal };
    if (method !== 'GET' && method !== 'HEAD') {
      init.body = Readable.toWeb(incoming as Readable) as ReadableStream;
      init.duplex = 'half';
    }
    return new Request(new URL(`http://${String(host)}${pathOf(incoming.url ?? '/')}`), init);
  } catch {
    return undefined;
  }
}

/** Headers that HTTP/2 has no place for. */
const CONNECTION_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade']);

async function send(
  response: Response,
  incoming: Incoming,
  outgoing: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  if (gone.aborted) return void response.body?.cancel().catch(() => undefined);
  const isHttp2 = incoming.httpVersionMajor >= 2;
  const cookies = response.headers.getSetCookie();
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of response.headers) {
    if (!(isHttp2 && CONNECTION_HEADERS.has(name))) headers[name] = value;
  }
  if (cookies.length > 0) headers['set-cookie'] = cookies;
  outgoing.writeHead(response.status, headers);
  if (!response.body) {
    outgoing.end();
    return;
  }
  const reader = response.body.getReader();
  const cancel = (): void => void reader.cancel().catch(() => undefined);
  gone.addEventListener('abort', cancel, { once: true });
  for (;;) {
    const { done, value } = await reader.read();
    if (gone.aborted) return;
    if (done) break;
    if (!outgoing.write(value)) await drained(outgoing, gone);
    if (gone.aborted) return cancel();
  }
  outgoing.end();
}

/** Also when nobody is there any more. */
const drained = (outgoing: ServerResponse, gone: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done);
      gone.removeEventListener('abort', done);
      resolve();
    };
    if (gone.aborted) return resolve();
    outgoing.once('drain', done);
    gone.addEventListener('abort', done, { once: true });
  });
