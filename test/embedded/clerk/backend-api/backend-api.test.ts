import { createClerkClient, verifyToken } from '@clerk/backend';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { serve } from '../../../support/serve.ts';
import { backend } from '../support/backend-client.ts';
import { nativeClient, PASSWORD, signUp } from '../support/native-client.ts';
import { SECRET_KEY, type TestClerk, testClerk } from '../support/test-clerk.ts';

// The real @clerk/backend against a listening server.

let clerk: TestClerk;
let api: ReturnType<typeof createClerkClient>;
let apiUrl: string;

beforeEach(async () => {
  clerk = await testClerk();
  const server = await serve(clerk.handle);
  onTestFinished(() => server.close());
  apiUrl = server.url;
  api = createClerkClient({ secretKey: SECRET_KEY, apiUrl });
});

test('a JWT template is made, found, changed and deleted', async () => {
  const claims = { aud: 'https://db.fauna.com/db/x', userEmail: '{{user.primary_email_address}}' };
  const made = await api.jwtTemplates.create({ name: 'fauna', claims, lifetime: 600, allowedClockSkew: 5 });
  expect(made).toMatchObject({
    name: 'fauna',
    claims,
    lifetime: 600,
    customSigningKey: false,
    signingAlgorithm: 'RS256',
  });
  const { data, totalCount } = await api.jwtTemplates.list();
  expect([totalCount, data.map(({ id }) => id)]).toEqual([1, [made.id]]);
  expect(await api.jwtTemplates.get(made.id)).toEqual(made);
  const changed = await api.jwtTemplates.update({ templateId: made.id, name: 'fauna', claims: { aud: 'y' } });
  expect(changed).toMatchObject({ claims: { aud: 'y' }, lifetime: 600 });
  expect(await api.jwtTemplates.delete(made.id)).toMatchObject({ id: made.id, deleted: true });
  await expect(api.jwtTemplates.get(made.id)).rejects.toMatchObject({
    status: 404,
    errors: [{ code: 'resource_not_found' }],
  });
});

test('a template that cannot work is refused with the field', async () => {
  const refusal = (params: object) =>
    api.jwtTemplates.create({ name: 'fauna', claims: {}, ...params }).then(
      () => null,
      (error) => [error.status, error.errors[0].code, error.errors[0].meta.paramName],
    );
  expect(await refusal({ lifetime: 5 })).toEqual([422, 'form_param_format_invalid', 'lifetime']);
  expect(await refusal({ name: 'two words' })).toEqual([422, 'form_param_format_invalid', 'name']);
  expect(await refusal({ claims: { sub: 'me' } })).toEqual([422, 'jwt_template_reserved_claim', 'claims']);
  expect(await refusal({ customSigningKey: true, signingAlgorithm: 'none', signingKey: 'x' })).toEqual([
    422,
    'form_param_value_invalid',
    'signing_algorithm',
  ]);
  expect(await refusal({ customSigningKey: true, signingAlgorithm: 'RS256', signingKey: 'x' })).toEqual([
    422,
    'form_param_format_invalid',
    'signing_key',
  ]);
  await api.jwtTemplates.create({ name: 'fauna', claims: {} });
  expect(await refusal({})).toEqual([422, 'form_identifier_exists', 'name']);
});

test('users are made, found, changed, counted and deleted', async () => {
  const ada = await api.users.createUser({
    emailAddress: ['Ada@Example.com', 'second@example.com'],
    password: PASSWORD,
    firstName: 'Ada',
    externalId: 'ext-1',
    publicMetadata: { plan: 'pro' },
    privateMetadata: { note: 'kept' },
  });
  expect(ada.primaryEmailAddress).toMatchObject({
    emailAddress: 'ada@example.com',
    verification: { status: 'verified' },
  });
  expect(ada).toMatchObject({
    firstName: 'Ada',
    passwordEnabled: true,
    publicMetadata: { plan: 'pro' },
    privateMetadata: { note: 'kept' },
  });
  const local = await api.users.createUser({
    firstName: 'This computer',
    skipPasswordRequirement: true,
    publicMetadata: { local: true },
  });
  expect(local).toMatchObject({ passwordEnabled: false, emailAddresses: [] });

  const ids = async (params: Parameters<typeof api.users.getUserList>[0]) =>
    (await api.users.getUserList(params)).data.map(({ id }) => id);
  expect(await ids({})).toEqual([local.id, ada.id]);
  expect(await ids({ orderBy: '+created_at' })).toEqual([ada.id, local.id]);
  expect(await ids({ emailAddress: ['second@example.com', 'x@example.com'] })).toEqual([ada.id]);
  expect(await ids({ externalId: ['ext-1'] })).toEqual([ada.id]);
  expect(await ids({ userId: [local.id] })).toEqual([local.id]);
  expect(await ids({ query: 'ADA' })).toEqual([ada.id]);
  expect(await ids({ limit: 1, offset: 1 })).toEqual([ada.id]);
  expect((await api.users.getUserList({ externalId: ['ext-1'] })).totalCount).toBe(1);
  expect(await api.users.getCount()).toBe(2);

  expect(await api.users.updateUser(ada.id, { lastName: 'Lovelace' })).toMatchObject({
    firstName: 'Ada',
    lastName: 'Lovelace',
  });
  expect(await api.users.updateUserMetadata(ada.id, { publicMetadata: { seats: 3 } })).toMatchObject({
    publicMetadata: { plan: 'pro', seats: 3 },
    privateMetadata: { note: 'kept' },
  });
  expect(await api.users.replaceUserMetadata(ada.id, { publicMetadata: { seats: 4 } })).toMatchObject({
    publicMetadata: { seats: 4 },
  });
  expect(await api.users.deleteUser(ada.id)).toMatchObject({ id: ada.id, deleted: true });
  await expect(api.users.getUser(ada.id)).rejects.toMatchObject({ status: 404 });
});

test('an address or external id that is taken is refused, and nothing half made is left', async () => {
  await api.users.createUser({ emailAddress: ['ada@example.com'], externalId: 'ext-1' });
  await expect(api.users.createUser({ emailAddress: ['new@example.com', 'ada@example.com'] })).rejects.toMatchObject({
    status: 422,
    errors: [{ code: 'form_identifier_exists' }],
  });
  await expect(api.users.createUser({ externalId: 'ext-1' })).rejects.toMatchObject({ status: 422 });
  expect(await api.users.getCount()).toBe(1);
});

test('a session made for a user gives tokens that @clerk/backend itself verifies', async () => {
  await api.jwtTemplates.create({ name: 'fauna', claims: { aud: 'x', who: '{{user.full_name}}' } });
  const user = await api.users.createUser({ firstName: 'Ada', lastName: 'Lovelace' });
  const session = await api.sessions.createSession({ userId: user.id });
  expect(session).toMatchObject({ userId: user.id, status: 'active' });
  const { jwt } = await api.sessions.getToken(session.id);
  // It fetches /v1/jwks with the secret key.
  expect(await verifyToken(jwt, { secretKey: SECRET_KEY, apiUrl })).toMatchObject({
    sub: user.id,
    sid: session.id,
    iss: clerk.issuer,
  });
  const fauna = await api.sessions.getToken(session.id, 'fauna', 120);
  const payload = JSON.parse(atob(fauna.jwt.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''));
  expect(payload).toMatchObject({ aud: 'x', who: 'Ada Lovelace', sub: user.id });
  expect(payload.exp - payload.iat).toBe(120);

  expect((await api.sessions.getSessionList({ userId: user.id })).data.map(({ id }) => id)).toEqual([session.id]);
  expect(await api.sessions.getSession(session.id)).toMatchObject({ id: session.id });
  expect(await api.sessions.revokeSession(session.id)).toMatchObject({ status: 'revoked' });
  await expect(api.sessions.getToken(session.id)).rejects.toMatchObject({ status: 400 });
  await expect(api.sessions.getSessionList()).rejects.toMatchObject({ status: 422 });
  await expect(api.sessions.createSession({ userId: 'user_nobody' })).rejects.toMatchObject({ status: 404 });
});

test('revoking a session signs the window out', async () => {
  const client = nativeClient(clerk);
  const { sessionId } = await signUp(client);
  await api.sessions.revokeSession(sessionId);
  expect((await client.get('/me')).status).toBe(401);
  expect((await client.get('/client')).response).toMatchObject({ sessions: [] });
});

test('a sign-in token can be withdrawn before it is used', async () => {
  const user = await api.users.createUser({ firstName: 'This computer' });
  const made = await api.signInTokens.createSignInToken({ userId: user.id, expiresInSeconds: 60 });
  expect(made).toMatchObject({ userId: user.id, status: 'pending', token: expect.any(String) });
  expect(await api.signInTokens.revokeSignInToken(made.id)).toMatchObject({ status: 'revoked' });
  const used = await nativeClient(clerk).post('/client/sign_ins', { strategy: 'ticket', ticket: made.token });
  expect(used.errors[0]?.code).toBe('sign_in_token_revoked_code');
  await expect(api.signInTokens.revokeSignInToken(made.id)).rejects.toMatchObject({ status: 400 });
});

test('redirect URLs and allowed origins are kept', async () => {
  const made = await api.redirectUrls.createRedirectUrl({ url: 'burrow://app/sso-callback' });
  expect((await api.redirectUrls.getRedirectUrlList()).data).toEqual([made]);
  expect(await api.redirectUrls.getRedirectUrl(made.id)).toEqual(made);
  await expect(api.redirectUrls.createRedirectUrl({ url: made.url })).rejects.toMatchObject({
    errors: [{ code: 'duplicate_record' }],
  });
  await expect(api.redirectUrls.createRedirectUrl({ url: 'not a url' })).rejects.toMatchObject({ status: 422 });
  expect(await api.redirectUrls.deleteRedirectUrl(made.id)).toMatchObject({ deleted: true });
  await api.instance.update({ allowedOrigins: ['burrow://app'] });
  expect(await api.instance.get()).toMatchObject({ environmentType: 'development', allowedOrigins: ['burrow://app'] });
  clerk.close();
  const restarted = await backend(await testClerk({ folder: clerk.folder }), 'GET', '/instance');
  expect(restarted.body.allowed_origins).toEqual(['burrow://app']);
});

test('only the secret key opens the Backend API', async () => {
  const client = nativeClient(clerk);
  const { sessionId } = await signUp(client);
  const sessionToken = String((await client.post(`/client/sessions/${sessionId}/tokens`)).body.jwt);
  const presented = [
    null,
    'sk_test_wrong_wrong_wrong',
    client.token ?? '',
    sessionToken,
    clerk.publishableKey,
    SECRET_KEY.slice(0, -1),
  ];
  for (const key of presented) {
    for (const path of [
      '/users',
      '/users/count',
      '/sessions',
      '/jwt_templates',
      '/instance',
      '/jwks',
      '/redirect_urls',
    ]) {
      expect((await backend(clerk, 'GET', path, undefined, key)).status, path).toBe(401);
    }
    expect((await backend(clerk, 'POST', '/sign_in_tokens', { user_id: 'x' }, key)).status).toBe(401);
    // _method is the Frontend API's way alone.
    expect((await backend(clerk, 'POST', '/users?_is_native=1&_method=GET', {}, key)).status).toBe(401);
  }
});

test('the secret key opens nothing of the Frontend API', async () => {
  const reply = await nativeClient(clerk, SECRET_KEY).get('/me');
  expect(reply.status).toBe(401);
});
