import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nativeClient, PASSWORD } from '../support/native-client.ts';
import { testClerk } from '../support/test-clerk.ts';

test('an address and a password are an account at once where there is no mailbox', async () => {
  const client = nativeClient(await testClerk());
  const reply = await client.post('/client/sign_ups', {
    email_address: 'Ada@Example.com',
    password: PASSWORD,
    first_name: 'Ada',
    unsafe_metadata: '{"theme":"dark"}',
    locale: 'en-GB',
  });
  expect(reply.response).toMatchObject({
    object: 'sign_up',
    status: 'complete',
    email_address: 'ada@example.com',
    missing_fields: [],
    unverified_fields: [],
    created_user_id: expect.stringMatching(/^user_[A-Za-z0-9]{27}$/),
    created_session_id: expect.stringMatching(/^sess_/),
  });
  expect(reply.client).toMatchObject({ sign_up: null, sessions: [{ status: 'active' }] });
  const { response: user } = await client.get('/me');
  expect(user).toMatchObject({
    first_name: 'Ada',
    password_enabled: true,
    unsafe_metadata: { theme: 'dark' },
    email_addresses: [{ email_address: 'ada@example.com', verification: { status: 'verified', strategy: 'admin' } }],
  });
  expect(user).not.toHaveProperty('private_metadata');
});

test('what is missing can be given later', async () => {
  const client = nativeClient(await testClerk());
  const { response } = await client.post('/client/sign_ups', { email_address: 'ada@example.com' });
  expect(response).toMatchObject({ status: 'missing_requirements', missing_fields: ['password'] });
  const done = await client.patch(`/client/sign_ups/${response.id}`, { password: PASSWORD });
  expect(done.response).toMatchObject({ status: 'complete' });
  const again = await client.patch(`/client/sign_ups/${response.id}`, { first_name: 'X' });
  expect(again.errors[0]?.code).toBe('sign_up_cannot_be_updated');
});

test.each([
  [{ email_address: 'nobody', password: PASSWORD }, 'form_param_format_invalid', 'email_address'],
  [{ email_address: '', password: PASSWORD }, 'form_param_format_invalid', 'email_address'],
  [{ email_address: 'a@b.example', password: 'short' }, 'form_password_length_too_short', 'password'],
  [{ email_address: 'a@b.example', password: 'x'.repeat(73) }, 'form_password_length_too_long', 'password'],
  [
    { email_address: 'a@b.example', password: PASSWORD, first_name: 'x'.repeat(300) },
    'form_param_max_length_exceeded',
    'first_name',
  ],
  [
    { email_address: 'a@b.example', password: PASSWORD, unsafe_metadata: '[]' },
    'form_param_type_invalid',
    'unsafe_metadata',
  ],
  [{ strategy: 'oauth_google' }, 'form_param_value_invalid', 'strategy'],
])('%j is refused: %s', async (form, code, param) => {
  const { status, errors } = await nativeClient(await testClerk()).post('/client/sign_ups', form);
  expect([status, errors[0]?.code, errors[0]?.meta.param_name]).toEqual([422, code, param]);
});

test('an address belongs to one account, however it is written and however fast two people are', async () => {
  const clerk = await testClerk();
  const form = { email_address: 'ada@example.com', password: PASSWORD };
  const both = await Promise.all([1, 2].map(() => nativeClient(clerk).post('/client/sign_ups', form)));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
  const third = await nativeClient(clerk).post('/client/sign_ups', { ...form, email_address: 'ADA@example.com' });
  expect([third.errors[0]?.code, third.errors[0]?.meta.param_name]).toEqual([
    'form_identifier_exists',
    'email_address',
  ]);
});

test('with a mailbox the address is verified first', async () => {
  const clerk = await testClerk({ mailbox: true });
  const client = nativeClient(clerk);
  const { response } = await client.post('/client/sign_ups', { email_address: 'ada@example.com', password: PASSWORD });
  const path = `/client/sign_ups/${response.id}`;
  expect(response).toMatchObject({
    status: 'missing_requirements',
    unverified_fields: ['email_address'],
    verifications: { email_address: { next_action: 'needs_prepare', strategy: null } },
  });
  expect((await client.post(`${path}/attempt_verification`, { code: '123456' })).errors[0]?.code).toBe(
    'verification_missing',
  );
  const prepared = await client.post(`${path}/prepare_verification`, { strategy: 'email_code' });
  expect(prepared.response.verifications).toMatchObject({
    email_address: { next_action: 'needs_attempt', strategy: 'email_code' },
  });
  const code = clerk.codes[0]?.code ?? '';
  const done = await client.post(`${path}/attempt_verification`, { strategy: 'email_code', code });
  expect(done.response).toMatchObject({ status: 'complete', created_session_id: expect.stringMatching(/^sess_/) });
});

test('another address needs another code', async () => {
  const clerk = await testClerk({ mailbox: true });
  const client = nativeClient(clerk);
  const { response } = await client.post('/client/sign_ups', { email_address: 'ada@example.com', password: PASSWORD });
  const path = `/client/sign_ups/${response.id}`;
  await client.post(`${path}/prepare_verification`, { strategy: 'email_code' });
  await client.patch(path, { email_address: 'victim@example.com' });
  const stolen = await client.post(`${path}/attempt_verification`, { code: clerk.codes[0]?.code ?? '' });
  expect(stolen.errors[0]?.code).toBe('verification_missing');
});

test('neither the password nor a token is anywhere in the files', async () => {
  const clerk = await testClerk();
  const client = nativeClient(clerk);
  await client.post('/client/sign_ups', { email_address: 'ada@example.com', password: PASSWORD });
  const secret = JSON.parse(
    atob(client.token?.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''),
  ).rotating_token;
  const files = ['clerk.db', 'clerk.db-wal'].map((name) => readFileSync(join(clerk.folder, name), 'latin1')).join();
  expect(files).toContain('ada@example.com');
  expect(files).not.toContain(PASSWORD);
  expect(files).not.toContain(secret);
});
