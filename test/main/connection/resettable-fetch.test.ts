import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { resettable } from '../../../src/main/connection/resettable-fetch.ts';

/** `/never` is not answered, `/stream` begins and does not end, anything else is answered. */
const startServer = async (): Promise<string> => {
  const server = createServer((request, response) => {
    if (request.url === '/never') return;
    response.write('begun');
    if (request.url !== '/stream') response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const gone = new TypeError('fetch failed: the network that it was asked on is gone');

test('a reset ends what is under way, streams included, and what is asked afterwards is answered', async () => {
  const url = await startServer();
  const network = resettable((target, init) => fetch(target, init));
  const never = network.fetch(`${url}/never`);
  const reader = (await network.fetch(`${url}/stream`)).body?.getReader();
  await reader?.read();
  network.reset();
  await expect(never).rejects.toEqual(gone);
  await expect(reader?.read()).rejects.toEqual(gone);
  expect(await (await network.fetch(`${url}/`)).text()).toBe('begun');
});

test('what was answered before a reset stays answered, and a caller can still give up by itself', async () => {
  const url = await startServer();
  const network = resettable((target, init) => fetch(target, init));
  const answered = await network.fetch(`${url}/`);
  const text = await answered.text();
  network.reset();
  expect(text).toBe('begun');
  const own = new AbortController();
  const asking = network.fetch(`${url}/never`, { signal: own.signal });
  own.abort(new Error('enough'));
  await expect(asking).rejects.toThrow('enough');
});
