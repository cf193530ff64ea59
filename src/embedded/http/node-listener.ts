/** A fetch-shaped handler as a listener of node:http or node:http2. Bodies stream both ways. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { Readable } from 'node:stream';

export type Handler = (request: Request) => Promise<Response>;

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
  try {
    await send(await handler(toRequest(incoming, gone.signal)), incoming, response);
  } catch {
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
}

function toRequest(incoming: Incoming, signal: AbortSignal): Request {
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
  return new Request(new URL(incoming.url ?? '/', `http://${String(host)}`), init);
}

/** Headers that HTTP/2 has no place for. */
const CONNECTION_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade']);

async function send(response: Response, incoming: Incoming, outgoing: ServerResponse): Promise<void> {
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
  outgoing.on('close', () => void reader.cancel().catch(() => undefined));
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (outgoing.destroyed) return;
    const more = outgoing.write(value);
    if (!more)
      await new Promise<void>((resolve) => {
        outgoing.once('drain', resolve);
        outgoing.once('close', resolve);
      });
  }
  outgoing.end();
}
