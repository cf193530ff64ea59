import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { backend } from '../support/backend-client.ts';
import { nativeClient, PASSWORD, signUp } from '../support/native-client.ts';
import { testClerk } from '../support/test-clerk.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

test('who has no token has no client, and gets one with the first sign-in', async () => {
  const clerk = await testClerk();
  const client = nativeClient(clerk);
  expect((await client.get('/client')).body).toEqual({ response: null, client: null });
  expect(client.token).toBeNull();
  const { client: made } = await client.post('/client/sign_ins');
  expect(made).toMatchObject({ object: 'client', sessions: [], sign_in: { status: 'needs_identifier' } });
  expect(client.token).toMatch(/^ey/);
});

test('signing in changes the client token, and the old one stops to work', async () => {
  const clerk = await testClerk();
  const client = nativeClient(clerk);
  await client.post('/client/sign_ins');
  const before = client.token;
  await signUp(client);
  expect(client.token).not.toBe(before);
  clerk.advance(minute);
  expect((await nativeClient(clerk, before).get('/client')).body.response).toBeNull();
  expect((await client.get('/client')).response).toMatchObject({ sessions: [{ status: 'active' }] });
});

test('requests that were under way while the token changed are still known', async () => {
  const clerk = await testClerk();
  const client = nativeClient(clerk);
  await client.post('/client/sign_ins');
  const before = client.token;
  await signUp(client);
  expect((await nativeClient(clerk, before).get('/client')).body.response).not.toBeNull();
});

test('signing out changes the client token, so that a copy of it is worth nothing', async () => {
  const clerk = await testClerk();
  const client = nativeClient(clerk);
  await signUp(client);
  const copy = nativeClient(clerk, client.token);
  const { response } = await client.delete('/client/sessions');
  expect(response).toMatchObject({ object: 'client', sessions: [], last_active_session_id: null });
  expect((await copy.get('/me')).status).toBe(401);
  clerk.advance(minute);
  expect((await copy.get('/client')).body.response).toBeNull();
});

test('the client token is nobody’s identity: it has no subject', async () => {
  const client = nativeClient(await testClerk());
  await signUp(client);
  expect(decodeJwt(client.token ?? '')).not.toHaveProperty('sub');
});

test.each([
  ['no token', 'nonsense'],
  ['a token that was tampered with', (token: string) => `${token.slice(0, -6)}AAAAAA`],
  ['an unsigned token', (token: string) => `${btoa('{"alg":"none"}')}.${token.split('.')[1]}.`],
])('%s in Authorization is nobody', async (_, change) => {
  const clerk = await testClerk();
  const client = nativeClient(clerk);
  await signUp(client);
  const token = typeof change === 'string' ? change : change(client.token ?? '');
  const reply = await nativeClient(clerk, token).get('/client');
  expect([reply.status, reply.body.response]).toEqual([200, null]);
  expect((await nativeClient(clerk, token).get('/me')).status).toBe(401);
});

test('a session token is no client token', async () => {
  const clerk = await testClerk();
  const client = nativeClient(clerk);
  const { sessionId } = await signUp(client);
  const { body } = await client.post(`/client/sessions/${sessionId}/tokens`);
  expect((await nativeClient(clerk, String(body.jwt)).get('/me')).status).toBe(401);
});

test('a token of another Clerk is nobody', async () => {
  const client = nativeClient(await testClerk());
  await signUp(client);
  expect((await nativeClient(await testClerk(), client.token).get('/me')).status).toBe(401);
});

test('Origin together with Authorization is refused unless the origin is allowed', async () => {
  const clerk = await testClerk();
  const client = nativeClient(clerk);
  await signUp(client);
  const ask = () =>
    clerk.handle(
      new Request('https://clerk.burrow.internal/v1/client?_is_native=1', {
        headers: { authorization: client.token ?? '', origin: 'burrow://app' },
      }),
    );
  const refused = await ask();
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ errors: [{ code: 'origin_authorization_headers_conflict' }] });
  await backend(clerk, 'PATCH', '/instance', { allowed_origins: ['burrow://app'] });
  expect((await ask()).status).toBe(200);
});

test('a browser without _is_native is told that native apps alone are served', async () => {
  const clerk = await testClerk();
  const request = new Request('https://clerk.burrow.internal/v1/client/sign_ins', { method: 'POST' });
  expect(await (await clerk.handle(request)).json()).toMatchObject({ errors: [{ code: 'native_api_required' }] });
});

test('clients that never signed in are forgotten after a day, signed-in ones are not', async () => {
  const clerk = await testClerk();
  const idle = nativeClient(clerk);
  await idle.post('/client/sign_ins');
  const busy = nativeClient(clerk);
  await signUp(busy);
  clerk.close();
  const later = await testClerk({ folder: clerk.folder, clock: () => Date.now() + 2 * day });
  expect((await nativeClient(later, idle.token).get('/client')).body.response).toBeNull();
  expect((await nativeClient(later, busy.token).get('/me')).status).toBe(200);
});

test('one account at a time: a second sign-in is told to sign out first', async () => {
  const client = nativeClient(await testClerk());
  await signUp(client);
  const again = await client.post('/client/sign_ins', { identifier: 'ada@example.com', password: PASSWORD });
  expect([again.status, again.errors[0]?.code]).toEqual([400, 'session_exists']);
  expect((await client.post('/client/sign_ups', { email_address: 'b@example.com' })).errors[0]?.code).toBe(
    'session_exists',
  );
});

test('with several accounts allowed, one is signed out and the other becomes current', async () => {
  const client = nativeClient(await testClerk({ multiSession: true }));
  const ada = await signUp(client);
  const bob = await signUp(client, 'bob@example.com');
  const { response } = await client.get('/client');
  expect(response).toMatchObject({
    last_active_session_id: bob.sessionId,
    sessions: [{ id: ada.sessionId }, { id: bob.sessionId }],
  });
  const reply = await client.post(`/client/sessions/${bob.sessionId}/remove`);
  expect(reply.response).toMatchObject({ id: bob.sessionId, status: 'removed' });
  expect(reply.client).toMatchObject({ last_active_session_id: ada.sessionId, sessions: [{ id: ada.sessionId }] });
  expect((await client.get(`/me?_clerk_session_id=${ada.sessionId}`)).response).toMatchObject({ id: ada.userId });
});
