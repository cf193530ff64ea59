/** One loopback port for HTTP/1.1 and cleartext HTTP/2 (prior knowledge): the first bytes tell which. */
import { createServer as createHttp1 } from 'node:http';
import { createServer as createHttp2 } from 'node:http2';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { nodeListener } from './node-listener.ts';
import { BAD_REQUEST, type Handler } from './plain.ts';
import { onHttp1Request, onHttp2Stream } from './plain-listener.ts';

export interface ListenOptions {
  /** 0 picks a free one. */
  readonly port: number;
  readonly host?: string;
}

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

const PREFACE = Buffer.from('PRI ');
/** How long a client may take to say anything, or to come to the end of a request. */
const REQUEST_TIMEOUT_MS = 60_000;

/** Rejects when the port is taken. */
export function listen(handler: Handler, { port, host = '127.0.0.1' }: ListenOptions): Promise<Listener> {
  const listener = nodeListener(handler);
  const { plain } = handler;
  const http1 = createHttp1({ requestTimeout: REQUEST_TIMEOUT_MS }, plain ? onHttp1Request(plain) : listener);
  http1.on('clientError', refuse);
  const http2 = createHttp2({ settings: { maxConcurrentStreams: 10_000 } });
  if (plain) http2.on('stream', onHttp2Stream(plain));
  else http2.on('request', listener);
  http2.on('sessionError', () => undefined);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    sniff(socket, (isHttp2) => (isHttp2 ? http2 : http1).emit('connection', socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            for (const socket of sockets) socket.destroy();
          }),
      });
    });
  });
}

/** Looks at the first four bytes and puts them back. */
function sniff(socket: Socket, decide: (isHttp2: boolean) => void): void {
  let seen = Buffer.alloc(0);
  const giveUp = (): void => void socket.destroy();
  const look = (): void => {
    const chunk = socket.read() as Buffer | null;
    if (!chunk) return;
    seen = Buffer.concat([seen, chunk]);
    if (seen.length < PREFACE.length && PREFACE.subarray(0, seen.length).equals(seen)) return;
    socket.off('readable', look);
    socket.off('end', giveUp);
    socket.off('timeout', giveUp);
    socket.setTimeout(0);
    socket.unshift(seen);
    decide(seen.subarray(0, PREFACE.length).equals(PREFACE));
  };
  socket.setTimeout(REQUEST_TIMEOUT_MS, giveUp);
  socket.on('end', giveUp);
  socket.on('readable', look);
}

/** Bytes that are no HTTP request. */
function refuse(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const [status, body] = isLate
    ? ['408 Request Timeout', '{"error":"request timeout: Client timed out."}']
    : ['400 Bad Request', BAD_REQUEST];
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json;charset=utf-8\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}
