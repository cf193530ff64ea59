/**
 * Requests and responses as plain data. Making a Request and a Response and reading their bodies through streams costs
 * more than most queries do; a handler that also has a `plain` form is called by that where a port is listened on.
 */
import { Readable } from 'node:stream';
import type { Soon } from '../soon.ts';

/** What a handler may ask of a request. A Request is one, without `whole`. */
export interface PlainRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: Pick<Headers, 'get' | 'has'>;
  readonly signal: AbortSignal;
  readonly body: ReadableStream<Uint8Array> | null;
  /** The body, if all of it has come; `body` is then null. */
  readonly whole?: Buffer | undefined;
}

export interface PlainResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null;
  /** Called when the system has all of the body, so that its memory can be used again. Not always. */
  readonly sent?: (() => void) | undefined;
}

export type PlainHandler = (request: PlainRequest) => Soon<PlainResponse>;

export interface Handler {
  (request: Request): Promise<Response>;
  readonly plain?: PlainHandler;
}

export const toResponse = ({ status, headers, body }: PlainResponse): Response =>
  new Response(body, { status, headers });

/** What is no request at all is told so. */
export const BAD_REQUEST = '{"error":"bad request"}';

/** A proxy's request line has the whole address in it, an OPTIONS for the server only a star. */
export function pathOf(url: string): string {
  if (url.startsWith('/')) return url;
  if (url === '*') return '/';
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** Headers as node:http and node:http2 have them. */
export type IncomingHeaders = Readonly<Record<string, string | string[] | undefined>>;

export function plainHeaders(headers: IncomingHeaders): PlainRequest['headers'] {
  const get = (name: string): string | null => {
    const value = headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : (value ?? null);
  };
  return { get, has: (name) => get(name) !== null };
}

/** How large a body may be to be read before the handler is called, and how late (ms); else it is a stream. */
const WHOLE_BYTES = 1024 * 1024;
const WHOLE_TIME = 1000;

/** The body, or undefined with nothing of it lost. */
function readWhole(incoming: Readable, done: (whole: Buffer | undefined) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const finish = (whole: boolean): void => {
    clearTimeout(timer);
    incoming.off('data', take).off('end', end).off('error', giveUp).off('close', giveUp);
    const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    if (!whole && !incoming.destroyed) {
      incoming.pause();
      if (bytes > 0) incoming.unshift(body);
    }
    done(whole ? body : undefined);
  };
  const take = (chunk: Buffer): void => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > WHOLE_BYTES) finish(false);
  };
  const end = (): void => finish(true);
  const giveUp = (): void => finish(false);
  const timer = setTimeout(giveUp, WHOLE_TIME);
  incoming.on('data', take).on('end', end).on('error', giveUp).on('close', giveUp);
}

export interface Incoming {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: IncomingHeaders;
  readonly stream: Readable;
}

/**
 * Reads the request and passes it on: undefined when its address cannot be one. `outgoing` closes when the client is
 * gone or has the whole answer.
 */
export function readPlain(
  incoming: Incoming,
  outgoing: ClosesEarly,
  pass: (request: PlainRequest | undefined) => void,
): void {
  const { method, headers, stream } = incoming;
  const url = addressOf(incoming);
  if (url === undefined) {
    pass(undefined);
    return;
  }
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const isShort = Number(headers['content-length'] ?? 0) <= WHOLE_BYTES;
  const made = (whole: Buffer | undefined): void => pass(plainRequest(incoming, outgoing, url, hasBody, whole));
  if (hasBody && isShort) readWhole(stream, made);
  else made(undefined);
}

function plainRequest(
  { method, headers, stream }: Incoming,
  outgoing: ClosesEarly,
  url: string,
  hasBody: boolean,
  whole: Buffer | undefined,
): PlainRequest {
  let gone: AbortController | undefined;
  return {
    method,
    url,
    headers: plainHeaders(headers),
    whole,
    body: hasBody && !whole ? (Readable.toWeb(stream) as ReadableStream<Uint8Array>) : null,
    get signal() {
      if (!gone) {
        const made = new AbortController();
        gone = made;
        const abort = (): void => {
          if (!outgoing.writableFinished) made.abort();
        };
        if (outgoing.closed) abort();
        else outgoing.once('close', abort);
      }
      return gone.signal;
    },
  };
}

/** Most requests have the address of the one before. */
let last: { readonly host: string; readonly target: string; readonly address: string } | undefined;

function addressOf({ target, headers }: Incoming): string | undefined {
  const host = String(headers[':authority'] ?? headers.host ?? '127.0.0.1');
  if (last?.host === host && last.target === target) return last.address;
  try {
    const address = new URL(`http://${host}${pathOf(target)}`).href;
    last = { host, target, address };
    return address;
  } catch {
    return undefined;
  }
}

interface ClosesEarly {
  readonly writableFinished: boolean;
  readonly closed: boolean;
  once(event: 'close', listener: () => void): unknown;
}
