import { expect, test } from 'vitest';
import { createClerkProxy } from '../../../src/main/identity/clerk-proxy.ts';
import { memorySecret } from './memory-secret.ts';

const setUp = (options: { token?: string; full?: boolean; answer?: () => Response | Promise<Response> } = {}) => {
  const clientToken = memorySecret(options.token ?? null, options);
  let told = 0;
  const sent: { url: string; init: RequestInit }[] = [];
  const proxy = createClerkProxy({
    frontendApi: 'https://clerk.example.com',
    clientToken,
    unreachable: () => {
      told++;
    },
    fetch: async (url, init) => {
      sent.push({ url: String(url), init: init ?? {} });
      return options.answer?.() ?? Response.json({ response: null }, { headers: { authorization: 'Bearer next' } });
    },
  });
  return { proxy, clientToken, sent, timesTold: () => told };
};
const ask = (path: string, init?: RequestInit) => new Request(`https://app.example${path}`, init);

test('adds the client token on the way out and takes the new one on the way back; the window sees neither', async () => {
  const { proxy, clientToken, sent } = setUp({ token: 'Bearer old' });
  const answer = await proxy(
    ask('/__clerk/v1/client?x=1', { headers: { cookie: 'a=b', origin: 'https://app.example' } }),
  );
  expect(sent[0]?.url).toBe('https://clerk.example.com/v1/client?x=1&_is_native=1');
  expect(sent[0]?.init.headers).toEqual({ accept: 'application/json', authorization: 'Bearer old' });
  expect([...answer.headers.keys()].sort()).toEqual(['cache-control', 'content-type']);
  expect(await clientToken.read()).toBe('Bearer next');
});

test('forwards a form body as it is', async () => {
  const { proxy, sent } = setUp();
  await proxy(
    ask('/__clerk/v1/client/sign_ins', {
      method: 'POST',
      body: 'identifier=a%40b.c',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
  );
  expect(sent[0]?.init.method).toBe('POST');
  expect(Buffer.from(sent[0]?.init.body as ArrayBuffer).toString()).toBe('identifier=a%40b.c');
});

test('an answer that was under way during a sign-out does not bring the client token back', async () => {
  const { proxy, clientToken } = setUp({
    token: 'Bearer old',
    answer: async () => {
      await clientToken.clear();
      return Response.json({}, { headers: { authorization: 'Bearer next' } });
    },
  });
  await proxy(ask('/__clerk/v1/client/sessions/s/tokens', { method: 'POST' }));
  expect(await clientToken.read()).toBeNull();
});

test('an answer from before a sign-out does not replace the client token of the next sign-in', async () => {
  const { proxy, clientToken } = setUp({
    token: 'Bearer old',
    answer: async () => {
      await clientToken.clear();
      await clientToken.write('Bearer of the next person');
      return Response.json({}, { headers: { authorization: 'Bearer old, rotated' } });
    },
  });
  await proxy(ask('/__clerk/v1/client/sessions/s/tokens', { method: 'POST' }));
  expect(await clientToken.read()).toBe('Bearer of the next person');
});

test('a disk that is full keeps nobody from signing in: the answer arrives and the token counts', async () => {
  const { proxy, clientToken } = setUp({ full: true });
  const answer = await proxy(ask('/__clerk/v1/client'));
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ response: null });
  expect(await clientToken.read()).toBe('Bearer next');
});

test('an unreachable Frontend API is a network error in the page, and the client token stays', async () => {
  const { proxy, clientToken, timesTold } = setUp({
    token: 'Bearer old',
    answer: () => {
      throw new TypeError('fetch failed');
    },
  });
  expect((await proxy(ask('/__clerk/v1/client'))).type).toBe('error');
  expect(timesTold()).toBe(1);
  expect(await clientToken.read()).toBe('Bearer old');
});

test.each([
  ['another path', '/__clerk/oauth/authorize', 'GET', 404],
  ['a path that climbs out', '/__clerk/v1/../../admin', 'GET', 404],
  ['another method', '/__clerk/v1/client', 'DELETE', 405],
])('refuses %s without asking anybody', async (_what, path, method, status) => {
  const { proxy, sent } = setUp();
  expect((await proxy(ask(path, { method }))).status).toBe(status);
  expect(sent).toEqual([]);
});
