/** A plain handler on node:http2's streams and as a listener of node:http. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { Writable } from 'node:stream';
import { BAD_REQUEST, type Incoming, type PlainHandler, type PlainResponse, readPlain } from './plain.ts';

export const onHttp2Stream =
  (handler: PlainHandler) =>
  (stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void => {
    stream.on('error', () => undefined);
    // A client that waits for `100 Continue` gets it and is served as any other.
    if (headers.expect === '100-continue' && !stream.closed) stream.additionalHeaders({ ':status': 100 });
    const method = String(headers[':method'] ?? 'GET');
    const target = String(headers[':path'] ?? '/');
    answer(handler, { method, target, headers, stream }, stream, stream, ({ status, headers: own }, ending) => {
      if (!stream.headersSent) stream.respond(http2Headers(status, own), { endStream: ending });
    });
  };

/** Node 24.7 and later take headers as a list, which spares them a copy and half of the time. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const takesLists = major > 24 || (major === 24 && minor >= 7);

function http2Headers(status: number, own: PlainResponse['headers']): OutgoingHttpHeaders | string[] {
  if (!takesLists) return { ...own, ':status': status };
  const list = [':status', String(status)];
  for (const name in own) list.push(name, own[name] ?? '');
  return list;
}

export const onHttp1Request =
  (handler: PlainHandler) =>
  (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    outgoing.on('error', () => undefined);
    const { method = 'GET', url: target = '/', headers } = incoming;
    const { socket } = incoming;
    answer(handler, { method, target, headers, stream: incoming }, outgoing, socket, ({ status, headers: own }) => {
      if (!outgoing.headersSent) outgoing.writeHead(status, own);
    });
  };

const FAILED: PlainResponse = { status: 500, headers: {}, body: null };
const REFUSED: PlainResponse = {
  status: 400,
  headers: { 'content-type': 'application/json;charset=utf-8' },
  body: BAD_REQUEST,
};

function answer(
  handler: PlainHandler,
  incoming: Incoming,
  outgoing: Writable,
  connection: { readonly destroyed: boolean },
  begin: (response: PlainResponse, ending: boolean) => void,
): void {
  // An HTTP/2 stream that the client has closed is not destroyed yet for a while, and throws when it is answered.
  const isGone = (): boolean => outgoing.destroyed || outgoing.closed;
  const failed = (error: unknown): void => {
    if (isGone()) return;
    console.error(error);
    begin(FAILED, true);
    outgoing.end();
  };
  const send = (response: PlainResponse): void => {
    const { body, sent } = response;
    if (isGone()) {
      if (body instanceof ReadableStream) void body.cancel().catch(() => undefined);
      return;
    }
    begin(response, body === null);
    if (body instanceof ReadableStream) pass(body, outgoing).catch(failed);
    else {
      // Of what was cut off nobody knows whether the system is done with it.
      if (sent) outgoing.once('finish', () => !connection.destroyed && sent());
      outgoing.end(body ?? undefined);
    }
  };
  readPlain(incoming, outgoing, (request) => {
    if (isGone()) return;
    try {
      const response = request ? handler(request) : REFUSED;
      if (response instanceof Promise) response.then(send).catch(failed);
      else send(response);
    } catch (error) {
      failed(error);
    }
  });
}

/** Sends a stream as it comes; a client that goes away cancels it. */
async function pass(body: ReadableStream<Uint8Array>, outgoing: Writable): Promise<void> {
  const reader = body.getReader();
  outgoing.on('close', () => void reader.cancel().catch(() => undefined));
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (outgoing.closed || outgoing.destroyed) return;
    if (outgoing.write(value)) continue;
    await new Promise<void>((resolve) => {
      outgoing.once('drain', resolve);
      outgoing.once('close', resolve);
    });
  }
  outgoing.end();
}
