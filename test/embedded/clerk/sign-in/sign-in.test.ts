import { expect, test } from 'vitest';
import { backend } from '../support/backend-client.ts';
import { nativeClient, PASSWORD, signUp } from '../support/native-client.ts';
import { type TestClerk, testClerk } from '../support/test-clerk.ts';

const first = (reply: { status: number; errors: { code: string; meta: Record<string, unknown> }[] }) => [
  reply.status,
  reply.errors[0]?.code,
  reply.errors[0]?.meta.param_name,
];

async function withAda(options: Parameters<typeof testClerk>[0] = {}): Promise<TestClerk> {
  const clerk = await testClerk(options);
  await backend(clerk, 'POST', '/users', { email_address: ['ada@example.com'], password: PASSWORD });
  return clerk;
}

const signInWith = (clerk: TestClerk, password: string) =>
  nativeClient(clerk).post('/client/sign_ins', { identifier: 'ada@example.com', password });

test('identifier first, password second', async () => {
  const clerk = await withAda();
  const client = nativeClient(clerk);
  const started = await client.post('/client/sign_ins', { identifier: ' Ada@Example.com ' });
  expect(started.response).toMatchObject({
    object: 'sign_in',
    status: 'needs_first_factor',
    identifier: 'ada@example.com',
    supported_first_factors: [{ strategy: 'password' }],
  });
  expect(started.client).toMatchObject({ sign_in: { id: started.response.id } });
  const done = await client.post(`/client/sign_ins/${started.response.id}/attempt_first_factor`, {
    strategy: 'password',
    password: PASSWORD,
  });
  expect(done.response).toMatchObject({ status: 'complete', created_session_id: expect.stringMatching(/^sess_/) });
  expect(done.client).toMatchObject({ sign_in: null, sessions: [{ id: done.response.created_session_id }] });
});

test('without a mailbox no way is offered that would need one', async () => {
  const clerk = await withAda();
  const client = nativeClient(clerk);
  const { response } = await client.post('/client/sign_ins', { identifier: 'ada@example.com' });
  const prepared = await client.post(`/client/sign_ins/${response.id}/prepare_first_factor`, {
    strategy: 'email_code',
  });
  expect(first(prepared)).toEqual([422, 'strategy_for_user_invalid', 'strategy']);
  const { body } = await client.get('/environment');
  expect(body.user_settings).toMatchObject({
    attributes: { email_address: { verify_at_sign_up: false, verifications: [], first_factors: [], immutable: true } },
  });
});

test('a wrong password, an unknown address and a malformed one are told at their field', async () => {
  const clerk = await withAda();
  const client = nativeClient(clerk);
  expect(first(await signInWith(clerk, 'wrong password'))).toEqual([422, 'form_password_incorrect', 'password']);
  expect(first(await client.post('/client/sign_ins', { identifier: 'bob@example.com' }))).toEqual([
    422,
    'form_identifier_not_found',
    'identifier',
  ]);
  expect(first(await client.post('/client/sign_ins', { identifier: 'ada' }))).toEqual([
    422,
    'form_param_format_invalid',
    'identifier',
  ]);
});

test('after ten wrong passwords the right one has to wait, also after a restart, and then works', async () => {
  const clerk = await withAda();
  const tried = await Promise.all(Array.from({ length: 12 }, () => signInWith(clerk, 'wrong password')));
  expect(tried.filter(({ status }) => status === 422)).toHaveLength(10);
  expect(tried.filter(({ status }) => status === 429)).toHaveLength(2);
  clerk.close();
  const restarted = await testClerk({ folder: clerk.folder });
  const refused = await signInWith(restarted, PASSWORD);
  expect(first(refused)).toEqual([429, 'too_many_requests', undefined]);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  restarted.advance(5 * 60_000);
  expect((await signInWith(restarted, PASSWORD)).response).toMatchObject({ status: 'complete' });
});

test('the right password makes up for earlier slips', async () => {
  const clerk = await withAda();
  for (let round = 0; round < 3; round += 1) {
    for (let slip = 0; slip < 4; slip += 1) await signInWith(clerk, 'wrong password');
    expect((await signInWith(clerk, PASSWORD)).status).toBe(200);
  }
});

test('a ticket works once, and not after its time', async () => {
  const clerk = await testClerk();
  const { body: user } = await backend(clerk, 'POST', '/users', { first_name: 'This computer' });
  const ticket = async () =>
    String((await backend(clerk, 'POST', '/sign_in_tokens', { user_id: user.id, expires_in_seconds: 60 })).body.token);
  const use = (text: string) => nativeClient(clerk).post('/client/sign_ins', { strategy: 'ticket', ticket: text });

  const once = await ticket();
  const both = await Promise.all([use(once), use(once)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
  expect(both.find(({ status }) => status === 200)?.response).toMatchObject({ status: 'complete' });
  expect(first(await use(once))).toEqual([400, 'sign_in_token_already_used_code', 'ticket']);

  const late = await ticket();
  clerk.advance(61_000);
  expect(first(await use(late))).toEqual([400, 'ticket_expired_code', 'ticket']);
  expect(first(await use('nonsense'))).toEqual([400, 'ticket_invalid_code', 'ticket']);
  expect(first(await use(''))).toEqual([400, 'ticket_invalid_code', 'ticket']);
});

test('a ticket that is refused because somebody is signed in is not used up', async () => {
  const clerk = await testClerk();
  const client = nativeClient(clerk);
  const { userId } = await signUp(client);
  const { body } = await backend(clerk, 'POST', '/sign_in_tokens', { user_id: userId });
  const form = { strategy: 'ticket', ticket: String(body.token) };
  expect(first(await client.post('/client/sign_ins', form))).toEqual([400, 'session_exists', undefined]);
  expect((await nativeClient(clerk).post('/client/sign_ins', form)).status).toBe(200);
});

test('a sign-in of another client, or one that is over, is not there to go on with', async () => {
  const clerk = await withAda();
  const client = nativeClient(clerk);
  const { response } = await client.post('/client/sign_ins', { identifier: 'ada@example.com' });
  const stranger = nativeClient(clerk);
  await stranger.post('/client/sign_ins');
  const attempt = { strategy: 'password', password: PASSWORD };
  expect((await stranger.post(`/client/sign_ins/${response.id}/attempt_first_factor`, attempt)).status).toBe(404);
  expect((await nativeClient(clerk).get(`/client/sign_ins/${response.id}`)).status).toBe(401);
  await client.post(`/client/sign_ins/${response.id}/attempt_first_factor`, attempt);
  await client.delete('/client/sessions');
  const again = await client.post(`/client/sign_ins/${response.id}/attempt_first_factor`, attempt);
  expect(first(again)).toEqual([400, 'sign_in_invalid_state', undefined]);
  clerk.advance(25 * 60 * 60_000);
  expect((await client.get(`/client/sign_ins/${response.id}`)).status).toBe(404);
});

test('social sign-in is refused plainly', async () => {
  const reply = await nativeClient(await testClerk()).post('/client/sign_ins', { strategy: 'oauth_google' });
  expect(first(reply)).toEqual([422, 'form_param_value_invalid', 'strategy']);
});

test('with a mailbox, a code signs in; five wrong ones spoil it, ten minutes end it', async () => {
  const clerk = await withAda({ mailbox: true });
  const client = nativeClient(clerk);
  const begin = async () => {
    const { response } = await client.post('/client/sign_ins', { identifier: 'ada@example.com' });
    const path = `/client/sign_ins/${response.id}`;
    const prepared = await client.post(`${path}/prepare_first_factor`, { strategy: 'email_code' });
    expect(prepared.response.first_factor_verification).toMatchObject({ status: 'unverified', strategy: 'email_code' });
    return (code: string) => client.post(`${path}/attempt_first_factor`, { strategy: 'email_code', code });
  };
  const rightCode = () => clerk.codes.at(-1)?.code ?? '';
  const wrongCode = () => (rightCode() === '000000' ? '111111' : '000000');

  let attempt = await begin();
  for (let count = 0; count < 4; count += 1) {
    expect(first(await attempt(wrongCode()))).toEqual([422, 'form_code_incorrect', 'code']);
  }
  expect(first(await attempt(wrongCode()))).toEqual([400, 'verification_failed', undefined]);
  expect(first(await attempt(rightCode()))).toEqual([400, 'verification_failed', undefined]);

  attempt = await begin();
  clerk.advance(10 * 60_000 + 1);
  expect(first(await attempt(rightCode()))).toEqual([400, 'verification_expired', undefined]);

  attempt = await begin();
  expect(clerk.codes.at(-1)).toEqual({ to: 'ada@example.com', code: expect.stringMatching(/^\d{6}$/) });
  expect((await attempt(rightCode())).response).toMatchObject({ status: 'complete' });
});

test('codes are not sent without end', async () => {
  const clerk = await withAda({ mailbox: true });
  const client = nativeClient(clerk);
  const { response } = await client.post('/client/sign_ins', { identifier: 'ada@example.com' });
  const prepare = () => client.post(`/client/sign_ins/${response.id}/prepare_first_factor`, { strategy: 'email_code' });
  for (let count = 0; count < 5; count += 1) expect((await prepare()).status).toBe(200);
  expect((await prepare()).status).toBe(429);
  expect(clerk.codes).toHaveLength(5);
});

test('with a mailbox, a code for a new password sets one, once, and can sign the other devices out', async () => {
  const clerk = await withAda({ mailbox: true });
  const elsewhere = nativeClient(clerk);
  await elsewhere.post('/client/sign_ins', { identifier: 'ada@example.com', password: PASSWORD });
  const client = nativeClient(clerk);
  const { response } = await client.post('/client/sign_ins', { identifier: 'ada@example.com' });
  const path = `/client/sign_ins/${response.id}`;
  const reset = { password: 'a whole new password', sign_out_of_other_sessions: 'true' };
  expect(first(await client.post(`${path}/reset_password`, reset))).toEqual([400, 'sign_in_invalid_state', undefined]);
  const strategy = 'reset_password_email_code';
  await client.post(`${path}/prepare_first_factor`, { strategy });
  const code = clerk.codes.at(-1)?.code ?? '';
  // A code for one purpose is no good for another.
  expect(first(await client.post(`${path}/attempt_first_factor`, { strategy: 'email_code', code }))).toEqual([
    400,
    'verification_missing',
    undefined,
  ]);
  expect((await client.post(`${path}/attempt_first_factor`, { strategy, code })).response).toMatchObject({
    status: 'needs_new_password',
    created_session_id: null,
  });
  expect(first(await client.post(`${path}/reset_password`, { password: 'short' }))[1]).toBe(
    'form_password_length_too_short',
  );
  expect((await client.post(`${path}/reset_password`, reset)).response).toMatchObject({ status: 'complete' });
  expect((await elsewhere.get('/me')).status).toBe(401);
  expect((await signInWith(clerk, 'a whole new password')).status).toBe(200);
  expect((await signInWith(clerk, PASSWORD)).status).toBe(422);
});
