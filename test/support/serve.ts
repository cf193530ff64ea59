import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

export interface TestServer {
  /** `http://127.0.0.1:…`, no slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** A handler from `Request` to `Response`, listening on a free port of this computer. */
export async function serve(handler: (request: Request) => Response | Promise<Response>): Promise<TestServer> {
  const server = createServer(async (incoming, outgoing) => {
    const method = incoming.method ?? 'GET';
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
    const body =
      method === 'GET' || method === 'HEAD' ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>);
    const url = `http://${incoming.headers.host}${incoming.url}`;
    const response = await handler(new Request(url, { method, headers, body, duplex: 'half' } as RequestInit));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
