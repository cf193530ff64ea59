/** One loopback port for HTTP/1.1 and cleartext HTTP/2 (prior knowledge): the first bytes tell which. */
import { createServer as createHttp1 } from 'node:http';
import { createServer as createHttp2 } from 'node:http2';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type Handler, nodeListener } from './node-listener.ts';

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

/** Rejects when the port is taken. */
export function listen(handler: Handler, { port, host = '127.0.0.1' }: ListenOptions): Promise<Listener> {
  const listener = nodeListener(handler);
  const http1 = createHttp1(listener);
  const http2 = createHttp2(listener);
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
  const look = (): void => {
    const chunk = socket.read() as Buffer | null;
    if (!chunk) return;
    seen = Buffer.concat([seen, chunk]);
    if (seen.length < PREFACE.length && PREFACE.subarray(0, seen.length).equals(seen)) return;
    socket.off('readable', look);
    socket.unshift(seen);
    decide(seen.subarray(0, PREFACE.length).equals(PREFACE));
  };
  socket.on('readable', look);
}
