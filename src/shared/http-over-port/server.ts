import { isPortMessage, type Port, type PortMessage } from './messages.ts';

export type Handler = (request: Request) => Promise<Response>;

/** Statuses whose responses have no body; `Response` refuses one. */
const hasBody = (method: string) => method !== 'GET' && method !== 'HEAD';

/** Answers the requests that arrive on `port` with `handler`. Bodies stream; an abort cancels them. */
export const serveOverPort = (port: Port, handler: Handler): void => {
  const running = new Map<number, AbortController>();

  const answer = async (message: PortMessage & { type: 'request' }) => {
    const { id, url, method, headers, body } = message;
    const abort = new AbortController();
    running.set(id, abort);
    try {
      const request = new Request(url, {
        method,
        headers,
        signal: abort.signal,
        ...(hasBody(method) && body ? { body: body as Uint8Array<ArrayBuffer> } : {}),
      });
      const response = await handler(request);
      port.post({ type: 'head', id, status: response.status, headers: [...response.headers] } satisfies PortMessage);
      await sendBody(port, id, response, abort.signal);
    } catch (error) {
      port.post({ type: 'error', id, message: error instanceof Error ? error.message : String(error) });
    } finally {
      running.delete(id);
    }
  };

  port.listen((message) => {
    if (!isPortMessage(message)) return;
    if (message.type === 'request') void answer(message);
    if (message.type === 'abort') running.get(message.id)?.abort();
  });
};

const sendBody = async (port: Port, id: number, response: Response, signal: AbortSignal): Promise<void> => {
  const reader = response.body?.getReader();
  if (reader) {
    const cancel = () => void reader.cancel().catch(() => {});
    signal.addEventListener('abort', cancel);
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      port.post({ type: 'chunk', id, bytes: part.value } satisfies PortMessage);
    }
    signal.removeEventListener('abort', cancel);
  }
  port.post({ type: 'end', id } satisfies PortMessage);
};
