import { expect, test } from 'vitest';
import { nativeClient, PASSWORD, signUp } from '../support/native-client.ts';
import { testClerk } from '../support/test-clerk.ts';

const day = 24 * 60 * 60_000;

test('a session lasts seven days, and a restart does not end it', async () => {
  const clerk = await testClerk();
  const client = nativeClient(clerk);
  const { sessionId, userId } = await signUp(client);
  clerk.close();
  const restarted = await testClerk({ folder: clerk.folder });
  const again = nativeClient(restarted, client.token);
  expect((await again.get('/client')).response).toMatchObject({ sessions: [{ id: sessionId, user: { id: userId } }] });
  restarted.advance(7 * day - 60_000);
  expect((await again.get('/me')).status).toBe(200);
  restarted.advance(120_000);
  expect((await again.get('/me')).status).toBe(401);
  expect((await again.post(`/client/sessions/${sessionId}/tokens`)).status).toBe(401);
  expect((await again.get('/client')).response).toMatchObject({ sessions: [], last_active_session_id: null });
});

test('touch makes a session the current one, with the client riding along', async () => {
  const clerk = await testClerk();
  const client = nativeClient(clerk);
  const { sessionId } = await signUp(client);
  clerk.advance(5000);
  const { response, client: rider } = await client.post(`/client/sessions/${sessionId}/touch`, {
    intent: 'select_session',
  });
  expect(response).toMatchObject({
    id: sessionId,
    last_active_token: { object: 'token', jwt: expect.stringMatching(/^ey/) },
  });
  expect(Number(response.last_active_at)).toBeGreaterThan(Number(response.created_at));
  expect(rider).toMatchObject({ last_active_session_id: sessionId });
});

test('signing out twice, or with nobody signed in, is no error', async () => {
  const client = nativeClient(await testClerk());
  expect((await client.delete('/client/sessions')).status).toBe(200);
  await signUp(client);
  expect((await client.delete('/client/sessions')).status).toBe(200);
  expect((await client.delete('/client/sessions')).status).toBe(200);
});

test('the list of devices shows every session of the user, and another one can be signed out from it', async () => {
  const clerk = await testClerk();
  const here = nativeClient(clerk);
  await signUp(here);
  const there = nativeClient(clerk);
  const signIn = await there.post('/client/sign_ins', { identifier: 'ada@example.com', password: PASSWORD });
  const other = String(signIn.response.created_session_id);
  const listed = (await here.get('/me/sessions/active')).body as unknown as Record<string, unknown>[];
  expect(listed).toHaveLength(2);
  expect(listed[0]).toMatchObject({ user: null, latest_activity: { object: 'session_activity', is_mobile: false } });
  expect((await here.post(`/me/sessions/${other}/revoke`)).response).toMatchObject({ status: 'revoked' });
  expect((await there.get('/me')).status).toBe(401);
  expect((await here.get('/me')).status).toBe(200);
});

test("another user's session cannot be signed out", async () => {
  const clerk = await testClerk();
  const ada = nativeClient(clerk);
  const { sessionId } = await signUp(ada);
  const eve = nativeClient(clerk);
  await signUp(eve, 'eve@example.com');
  expect((await eve.post(`/me/sessions/${sessionId}/revoke`)).status).toBe(404);
  expect((await eve.post(`/client/sessions/${sessionId}/remove`)).status).toBe(401);
  expect((await eve.get(`/me?_clerk_session_id=${sessionId}`)).status).toBe(401);
  expect((await ada.get('/me')).status).toBe(200);
});
