import { expect, test } from 'vitest';
import { nativeClient, PASSWORD, readReply, signUp } from '../support/native-client.ts';
import { type TestClerk, testClerk } from '../support/test-clerk.ts';

async function signedIn(options: Parameters<typeof testClerk>[0] = {}) {
  const clerk = await testClerk(options);
  const client = nativeClient(clerk);
  if (!options.mailbox) return { clerk, client, ...(await signUp(client)) };
  const { response } = await client.post('/client/sign_ups', { email_address: 'ada@example.com', password: PASSWORD });
  await client.post(`/client/sign_ups/${response.id}/prepare_verification`, { strategy: 'email_code' });
  const code = clerk.codes.at(-1)?.code ?? '';
  const done = await client.post(`/client/sign_ups/${response.id}/attempt_verification`, { code });
  return {
    clerk,
    client,
    userId: String(done.response.created_user_id),
    sessionId: String(done.response.created_session_id),
  };
}

const signIn = (clerk: TestClerk, password: string, identifier = 'ada@example.com') =>
  nativeClient(clerk).post('/client/sign_ins', { identifier, password });

test('nobody sees a profile without being signed in', async () => {
  const clerk = await testClerk();
  const client = nativeClient(clerk);
  await client.post('/client/sign_ins');
  for (const path of ['/me', '/me/sessions/active', '/me/email_addresses', '/me/organization_memberships']) {
    expect((await client.get(path)).status, path).toBe(401);
  }
  expect((await client.patch('/me', { first_name: 'Eve' })).status).toBe(401);
  expect((await client.delete('/me')).status).toBe(401);
});

test('the name changes; an empty field clears it; what is not sent stays', async () => {
  const { client } = await signedIn();
  expect((await client.patch('/me', { first_name: ' Ada ', last_name: 'Lovelace' })).response).toMatchObject({
    first_name: 'Ada',
    last_name: 'Lovelace',
  });
  const { response, client: rider } = await client.patch('/me', { last_name: '' });
  expect(response).toMatchObject({ first_name: 'Ada', last_name: null });
  expect(rider).toMatchObject({ sessions: [{ user: { first_name: 'Ada', last_name: null } }] });
});

test('what a person may not change about themselves stays as it is', async () => {
  const { client } = await signedIn();
  const { response } = await client.patch('/me', {
    id: 'user_x',
    public_metadata: '{"admin":true}',
    private_metadata: '{"admin":true}',
    password_digest: 'x',
  });
  expect(response).toMatchObject({ public_metadata: {}, password_enabled: true });
});

test('unsafe metadata merges', async () => {
  const { client } = await signedIn();
  await client.patch('/me/metadata', { unsafe_metadata: '{"a":{"b":1},"c":2}' });
  const { response } = await client.patch('/me/metadata', { unsafe_metadata: '{"a":{"d":3},"c":null}' });
  expect(response.unsafe_metadata).toEqual({ a: { b: 1, d: 3 } });
});

test('a new password needs the old one, and can sign the other devices out', async () => {
  const { clerk, client } = await signedIn();
  const elsewhere = nativeClient(clerk);
  await elsewhere.post('/client/sign_ins', { identifier: 'ada@example.com', password: PASSWORD });
  const change = (form: Record<string, string>) => client.post('/me/change_password', form);
  const wrong = await change({ current_password: 'wrong', new_password: 'another good one' });
  expect([wrong.status, wrong.errors[0]?.code, wrong.errors[0]?.meta.param_name]).toEqual([
    422,
    'form_password_incorrect',
    'current_password',
  ]);
  expect((await change({ new_password: 'another good one' })).errors[0]?.code).toBe('form_param_missing');
  const short = await change({ current_password: PASSWORD, new_password: 'short' });
  expect(short.errors[0]?.meta.param_name).toBe('new_password');
  expect(
    (await change({ current_password: PASSWORD, new_password: 'another good one', sign_out_of_other_sessions: 'true' }))
      .status,
  ).toBe(200);
  expect((await elsewhere.get('/me')).status).toBe(401);
  expect((await client.get('/me')).status).toBe(200);
  expect((await signIn(clerk, PASSWORD)).status).toBe(422);
  expect((await signIn(clerk, 'another good one')).status).toBe(200);
});

test('guessing the old password is bounded', async () => {
  const { client } = await signedIn();
  const guess = () =>
    client.post('/me/change_password', { current_password: 'wrong', new_password: 'another good one' });
  const statuses = (await Promise.all(Array.from({ length: 11 }, guess))).map(({ status }) => status);
  expect(statuses.sort()).toEqual([...Array(10).fill(422), 429]);
});

test('the only way to sign in cannot be removed', async () => {
  const { client } = await signedIn();
  expect((await client.post('/me/remove_password', { current_password: PASSWORD })).errors[0]?.code).toBe(
    'password_required',
  );
  const { body } = await client.get('/me/email_addresses');
  const [only] = body.response as { id: string }[];
  expect((await client.delete(`/me/email_addresses/${only?.id}`)).errors[0]?.code).toBe(
    'last_identification_deletion_failed',
  );
});

test('a deleted account is gone, with its sessions everywhere; its address is free again', async () => {
  const { clerk, client, userId } = await signedIn();
  const elsewhere = nativeClient(clerk);
  await elsewhere.post('/client/sign_ins', { identifier: 'ada@example.com', password: PASSWORD });
  const { response, client: rider } = await client.delete('/me');
  expect(response).toEqual({ object: 'user', id: userId, deleted: true });
  expect(rider).toMatchObject({ sessions: [], last_active_session_id: null });
  expect((await elsewhere.get('/me')).status).toBe(401);
  expect((await elsewhere.get('/client')).response).toMatchObject({ sessions: [] });
  expect((await signIn(clerk, PASSWORD)).errors[0]?.code).toBe('form_identifier_not_found');
  expect((await signUp(nativeClient(clerk))).userId).not.toBe(userId);
});

test('a second address is verified by a code, becomes primary, and the first one goes', async () => {
  const { clerk, client } = await signedIn({ mailbox: true });
  const added = await client.post('/me/email_addresses', { email_address: 'lovelace@example.com' });
  expect(added.response).toMatchObject({ email_address: 'lovelace@example.com', verification: null });
  const path = `/me/email_addresses/${added.response.id}`;
  const early = await client.patch('/me', { primary_email_address_id: String(added.response.id) });
  expect(early.status).toBe(422);
  await client.post(`${path}/prepare_verification`, { strategy: 'email_code' });
  expect(clerk.codes.at(-1)?.to).toBe('lovelace@example.com');
  const wrong = clerk.codes.at(-1)?.code === '000000' ? '111111' : '000000';
  expect((await client.post(`${path}/attempt_verification`, { code: wrong })).errors[0]?.code).toBe(
    'form_code_incorrect',
  );
  const done = await client.post(`${path}/attempt_verification`, { code: clerk.codes.at(-1)?.code ?? '' });
  expect(done.response).toMatchObject({ verification: { status: 'verified' } });
  const { response } = await client.patch('/me', { primary_email_address_id: String(added.response.id) });
  const first = (response.email_addresses as { id: string; email_address: string }[]).find(
    ({ email_address }) => email_address === 'ada@example.com',
  );
  expect((await client.delete(`/me/email_addresses/${first?.id}`)).status).toBe(200);
  expect((await client.get('/me')).response).toMatchObject({
    primary_email_address_id: added.response.id,
    email_addresses: [{ email_address: 'lovelace@example.com' }],
  });
});

test("nobody reaches another person's address", async () => {
  const { clerk, client } = await signedIn();
  const [address] = (await client.get('/me/email_addresses')).body.response as { id: string }[];
  const eve = nativeClient(clerk);
  await signUp(eve, 'eve@example.com');
  expect((await eve.get(`/me/email_addresses/${address?.id}`)).status).toBe(404);
  expect((await eve.delete(`/me/email_addresses/${address?.id}`)).status).toBe(404);
  expect((await eve.patch('/me', { primary_email_address_id: String(address?.id) })).status).toBe(404);
  expect((await eve.post('/me/email_addresses', { email_address: 'ADA@example.com' })).errors[0]?.code).toBe(
    'form_identifier_exists',
  );
});

test('a picture is kept as what it is, and only pictures are', async () => {
  const { clerk, client } = await signedIn();
  const upload = async (bytes: Uint8Array<ArrayBuffer>, type = 'image/png') => {
    const form = new FormData();
    form.append('file', new Blob([bytes], { type }), 'me.png');
    const url = 'https://clerk.burrow.internal/v1/me/profile_image?_is_native=1';
    const headers = { authorization: client.token ?? '' };
    return readReply(await clerk.handle(new Request(url, { method: 'POST', headers, body: form })));
  };
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0xff]);
  expect((await upload(png)).response).toMatchObject({
    object: 'image',
    public_url: 'data:image/png;base64,iVBORw0KGgoA/w==',
  });
  expect((await client.get('/me')).response).toMatchObject({
    has_image: true,
    image_url: 'data:image/png;base64,iVBORw0KGgoA/w==',
  });
  const script = new TextEncoder().encode('<svg onload="alert(1)">');
  expect((await upload(script)).errors[0]?.code).toBe('avatar_file_type_invalid');
  expect((await upload(new Uint8Array(600 * 1024))).errors[0]?.code).toBe('avatar_file_size_exceeded');
  await client.delete('/me/profile_image');
  expect((await client.get('/me')).response).toMatchObject({
    has_image: false,
    image_url: expect.stringContaining('avatar_placeholder'),
  });
});
