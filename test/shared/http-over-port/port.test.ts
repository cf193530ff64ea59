import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { connectOverPort } from '../../../src/shared/http-over-port/client.ts';
import { type Handler, serveOverPort } from '../../../src/shared/http-over-port/server.ts';

const connect = (handler: Handler) => {
  const { port1, port2 } = new MessageChannel();
  port1.unref();
  port2.unref();
  serveOverPort(
    { post: (message) => port1.postMessage(message), listen: (listener) => port1.on('message', listener) },
    handler,
  );
  return connectOverPort({
    post: (message) => port2.postMessage(message),
    listen: (listener) => port2.on('message', listener),
  });
};

test('a request arrives whole and its answer comes back whole', async () => {
  const { fetch } = connect(async (request) =>
    Response.json(
      {
        url: request.url,
        method: request.method,
        type: request.headers.get('content-type'),
        body: await request.text(),
      },
      { status: 201, headers: { 'x-txn-time': '7' } },
    ),
  );
  const response = await fetch('http://fauna.burrow.internal/?q=1', {
    method: 'POST',
    body: '{"now":null}',
    headers: { 'content-type': 'application/json' },
  });
  expect(response.status).toBe(201);
  expect(response.headers.get('x-txn-time')).toBe('7');
  expect(await response.json()).toEqual({
    url: 'http://fauna.burrow.internal/?q=1',
    method: 'POST',
    type: 'application/json',
    body: '{"now":null}',
  });
});

test('a body streams, and cancelling it ends the work on the other side', async () => {
  let cancelled = false;
  const { fetch } = connect(
    async () =>
      new Response(
        new ReadableStream({
          start: (controller) => controller.enqueue(new TextEncoder().encode('start')),
          cancel: () => {
            cancelled = true;
          },
        }),
      ),
  );
  const reader = (await fetch('http://x/')).body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('start');
  await reader?.cancel();
  await expect.poll(() => cancelled).toBe(true);
});

test('aborting rejects as fetch does', async () => {
  const abort = new AbortController();
  const { fetch } = connect(() => new Promise(() => {}));
  const asked = fetch('http://x/', { signal: abort.signal });
  setTimeout(() => abort.abort(), 5);
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
});

test('a handler that throws is a failed fetch, and the next request works', async () => {
  let first = true;
  const { fetch } = connect(async () => {
    if (!first) return new Response('ok');
    first = false;
    throw new Error('broken');
  });
  await expect(fetch('http://x/')).rejects.toBeInstanceOf(TypeError);
  expect(await (await fetch('http://x/')).text()).toBe('ok');
});

test('when the other side is gone, what is under way fails and later calls fail at once', async () => {
  const client = connect(() => new Promise(() => {}));
  const asked = client.fetch('http://x/');
  setTimeout(client.disconnect, 5);
  await expect(asked).rejects.toBeInstanceOf(TypeError);
  await expect(client.fetch('http://x/')).rejects.toBeInstanceOf(TypeError);
});
