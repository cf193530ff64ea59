import { once } from 'node:events';
import { connect, createServer } from 'node:http2';
import { type AddressInfo, connect as connectSocket, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Listener, listen } from '../../../src/embedded/http/listen.ts';
import { onHttp2Stream } from '../../../src/embedded/http/plain-listener.ts';

let listener: Listener;
beforeAll(async () => {
  listener = await listen(
    async (request) => {
      const text = await request.text();
      const parts = ['you said ', text];
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          const part = parts.shift();
          if (part === undefined) controller.close();
          else controller.enqueue(new TextEncoder().encode(part));
        },
      });
      return new Response(body, { status: 202, headers: { 'x-path': new URL(request.url).pathname } });
    },
    { port: 0 },
  );
});
afterAll(() => listener.close());

it('speaks HTTP/1.1', async () => {
  const response = await fetch(`http://127.0.0.1:${listener.port}/one`, { method: 'POST', body: 'hello' });
  expect(response.status).toBe(202);
  expect(response.headers.get('x-path')).toBe('/one');
  expect(await response.text()).toBe('you said hello');
});

it('speaks HTTP/2 with prior knowledge on the same port', async () => {
  const session = connect(`http://127.0.0.1:${listener.port}`);
  const stream = session.request({ ':method': 'POST', ':path': '/two' });
  let status: number | undefined;
  stream.on('response', (headers) => {
    status = headers[':status'];
  });
  stream.end('hi');
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  session.close();
  expect(status).toBe(202);
  expect(text).toBe('you said hi');
});

it('answers nobody whose stream is closed, also before it is destroyed', async () => {
  const asked: boolean[] = [];
  const server = createServer();
  server.on('stream', (stream, headers) => {
    onHttp2Stream(() => {
      stream.close();
      asked.push(stream.closed && !stream.destroyed);
      return { status: 200, headers: {}, body: 'nobody hears this' };
    })(stream, headers);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const stream = session.request({ ':method': 'POST', ':path': '/' });
  stream.end('hi');
  stream.resume();
  await once(stream, 'close');
  await expect.poll(() => asked).toEqual([true]);
  session.close();
  server.close();
});

it('sends bytes as they are by both', async () => {
  const bytes = Uint8Array.from({ length: 1_000_000 }, (_, index) => index % 251);
  const handler = async () => new Response(null);
  const plain = () => ({ status: 200, headers: { 'content-length': String(bytes.length) }, body: bytes });
  const server = await listen(Object.assign(handler, { plain }), { port: 0 });
  const response = await fetch(`http://127.0.0.1:${server.port}/`);
  expect(Buffer.compare(await response.bytes(), bytes)).toBe(0);
  const session = connect(`http://127.0.0.1:${server.port}`);
  const chunks: Buffer[] = [];
  for await (const chunk of session.request({ ':path': '/' })) chunks.push(chunk as Buffer);
  session.close();
  expect(Buffer.compare(Buffer.concat(chunks), bytes)).toBe(0);
  await server.close();
});

it('tells when bytes have been sent, by both, and not when the connection was cut off', async () => {
  const bytes = new Uint8Array(30_000_000);
  let told = 0;
  const handler = async () => new Response(null);
  const sent = (): void => {
    told += 1;
  };
  const plain = () => ({ status: 200, headers: {}, body: bytes, sent });
  const server = await listen(Object.assign(handler, { plain }), { port: 0 });
  expect(await (await fetch(`http://127.0.0.1:${server.port}/`)).bytes()).toHaveLength(bytes.length);
  await expect.poll(() => told).toBe(1);
  const session = connect(`http://127.0.0.1:${server.port}`);
  let length = 0;
  for await (const chunk of session.request({ ':path': '/' })) length += chunk.length;
  session.close();
  expect(length).toBe(bytes.length);
  await expect.poll(() => told).toBe(2);
  const cutOff = (end: (socket: Socket) => void): Promise<void> =>
    new Promise((resolve) => {
      const socket = connectSocket(server.port, '127.0.0.1');
      socket.once('readable', () => end(socket)).on('error', () => undefined);
      socket.on('close', () => resolve());
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    });
  await cutOff((socket) => socket.destroy());
  await cutOff((socket) => {
    void server.close();
    socket.resume();
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(told).toBe(2);
});
