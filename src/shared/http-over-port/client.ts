import { isPortMessage, type Port, type PortMessage } from './messages.ts';

export interface PortClient {
  /** Like the global `fetch`, over the port. Rejects with a `TypeError` when the other side is gone. */
  fetch(url: string | URL, init?: RequestInit): Promise<Response>;
  /** The other side ended: everything under way fails, and so does every later call. */
  disconnect(): void;
}

interface Waiting {
  resolve(response: Response): void;
  reject(error: Error): void;
  body?: ReadableStreamDefaultController<Uint8Array>;
}

const gone = () => new TypeError('fetch failed: the embedded services are not running');
/** `new Response` refuses a body with these. */
const bodiless = new Set([101, 204, 205, 304]);

export const connectOverPort = (port: Port): PortClient => {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let connected = true;

  const start = (id: number, entry: Waiting, message: PortMessage & { type: 'head' }) => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        entry.body = controller;
      },
      cancel: () => {
        waiting.delete(id);
        port.post({ type: 'abort', id } satisfies PortMessage);
      },
    });
    entry.resolve(
      new Response(bodiless.has(message.status) ? null : body, { status: message.status, headers: message.headers }),
    );
  };

  const end = (id: number, entry: Waiting, error?: Error) => {
    waiting.delete(id);
    if (error && entry.body) entry.body.error(error);
    else if (error) entry.reject(error);
    else entry.body?.close();
  };

  port.listen((message) => {
    if (!isPortMessage(message)) return;
    const entry = waiting.get(message.id);
    if (!entry) return;
    if (message.type === 'head') start(message.id, entry, message);
    if (message.type === 'chunk') entry.body?.enqueue(message.bytes);
    if (message.type === 'end') end(message.id, entry);
    if (message.type === 'error') end(message.id, entry, new TypeError(`fetch failed: ${message.message}`));
  });

  const fetch = async (url: string | URL, init?: RequestInit): Promise<Response> => {
    if (!connected) throw gone();
    // `Request` normalises headers and body as the real fetch would; its signal stays behind (see toNodeFetch).
    const { signal, ...rest } = init ?? {};
    const request = new Request(url, rest);
    const body = request.body ? new Uint8Array(await request.arrayBuffer()) : null;
    const id = nextId++;
    return await new Promise<Response>((resolve, reject) => {
      if (signal?.aborted) return reject(new DOMException('The request was aborted', 'AbortError'));
      const entry: Waiting = { resolve, reject };
      waiting.set(id, entry);
      signal?.addEventListener('abort', () => {
        if (!waiting.has(id)) return;
        port.post({ type: 'abort', id } satisfies PortMessage);
        end(id, entry, new DOMException('The request was aborted', 'AbortError'));
      });
      port.post({
        type: 'request',
        id,
        url: request.url,
        method: request.method,
        headers: [...request.headers],
        body,
      } satisfies PortMessage);
    });
  };

  const disconnect = () => {
    connected = false;
    for (const [id, entry] of waiting) end(id, entry, gone());
  };

  return { fetch, disconnect };
};
