import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { backend } from '../support/backend-client.ts';
import { nativeClient, signUp } from '../support/native-client.ts';
import { testClerk } from '../support/test-clerk.ts';

async function signedIn(template?: Record<string, unknown>) {
  const clerk = await testClerk();
  if (template)
    expect((await backend(clerk, 'POST', '/jwt_templates', { name: 'fauna', ...template })).errors).toEqual([]);
  const client = nativeClient(clerk);
  const ids = await signUp(client);
  const mint = async (name = '') => {
    const reply = await client.post(`/client/sessions/${ids.sessionId}/tokens${name && `/${name}`}`);
    return { reply, jwt: String(reply.body.jwt) };
  };
  return { clerk, client, mint, ...ids };
}

test('a session token lives a minute, names the session and comes without an envelope', async () => {
  const { clerk, mint, userId, sessionId } = await signedIn();
  const { reply, jwt } = await mint();
  expect(Object.keys(reply.body).sort()).toEqual(['jwt', 'object']);
  const { payload, protectedHeader } = await jwtVerify(jwt, createLocalJWKSet(clerk.jwks()));
  expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT', kid: clerk.jwks().keys[0]?.kid });
  expect(payload).toMatchObject({ iss: clerk.issuer, sub: userId, sid: sessionId, sts: 'active', fva: [0, -1], v: 2 });
  expect(Number(payload.exp) - Number(payload.iat)).toBe(60);
  expect(Number(payload.nbf)).toBeLessThanOrEqual(Number(payload.iat));
  expect(payload).not.toHaveProperty('azp');
});

test('a template token has the claims of its template, filled, and its lifetime and clock skew', async () => {
  const { clerk, mint, userId } = await signedIn({
    claims: {
      aud: 'https://db.fauna.com/db/x',
      email: '{{user.primary_email_address}}',
      verified: '{{user.email_verified}}',
    },
    lifetime: 600,
    allowed_clock_skew: 30,
  });
  const { payload } = await jwtVerify((await mint('fauna')).jwt, createLocalJWKSet(clerk.jwks()));
  expect(payload).toMatchObject({ aud: 'https://db.fauna.com/db/x', email: 'ada@example.com', verified: true });
  expect(payload).toMatchObject({ iss: clerk.issuer, sub: userId, jti: expect.any(String) });
  expect(Number(payload.exp) - Number(payload.iat)).toBe(600);
  expect(Number(payload.iat) - Number(payload.nbf)).toBe(30);
  expect(payload).not.toHaveProperty('sid');
});

test('without numbers of its own a template token lives 60 seconds with a skew of 5', async () => {
  const { mint } = await signedIn({ claims: {} });
  const payload = decodeJwt((await mint('fauna')).jwt);
  expect(Number(payload.exp) - Number(payload.iat)).toBe(60);
  expect(Number(payload.iat) - Number(payload.nbf)).toBe(5);
});

test.each(['azp', 'exp', 'iat', 'iss', 'jti', 'nbf', 'sub'])('a template cannot set %s', async (claim) => {
  const clerk = await testClerk();
  const { status, errors } = await backend(clerk, 'POST', '/jwt_templates', { name: 'x', claims: { [claim]: 'mine' } });
  expect([status, errors[0]?.code, errors[0]?.meta.param_name]).toEqual([422, 'jwt_template_reserved_claim', 'claims']);
});

test('a template with a key of its own is signed by that key, and by no key of the JWKS', async () => {
  const secret = 'a secret of at least thirty-two bytes';
  const { clerk, mint } = await signedIn({
    claims: { aud: 'x' },
    custom_signing_key: true,
    signing_algorithm: 'HS256',
    signing_key: secret,
  });
  const { jwt } = await mint('fauna');
  expect(decodeProtectedHeader(jwt)).toEqual({ alg: 'HS256', typ: 'JWT' });
  await expect(jwtVerify(jwt, Buffer.from(secret))).resolves.toBeDefined();
  await expect(jwtVerify(jwt, createLocalJWKSet(clerk.jwks()))).rejects.toThrow();
  const listed = await backend(clerk, 'GET', '/jwt_templates');
  expect(JSON.stringify(listed.body)).not.toContain(secret);
});

test('an unknown template is 404, so that the window stays signed in', async () => {
  const { mint } = await signedIn();
  const { reply } = await mint('nope');
  expect([reply.status, reply.errors[0]?.code]).toEqual([404, 'resource_not_found']);
});

test('a session that was ended gives no token: 401', async () => {
  const { client, mint, sessionId } = await signedIn();
  await client.post(`/client/sessions/${sessionId}/remove`);
  expect((await mint()).reply.status).toBe(401);
});

test("nobody gets a token of somebody else's session", async () => {
  const { clerk, sessionId } = await signedIn();
  const stranger = nativeClient(clerk);
  await signUp(stranger, 'eve@example.com');
  expect((await stranger.post(`/client/sessions/${sessionId}/tokens`)).status).toBe(401);
  expect((await nativeClient(clerk).post(`/client/sessions/${sessionId}/tokens`)).status).toBe(401);
});
