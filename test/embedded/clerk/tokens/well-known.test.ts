import { expect, test } from 'vitest';
import { testClerk } from '../support/test-clerk.ts';

const get = (path: string, headers: Record<string, string> = {}) =>
  new Request(`https://clerk.burrow.internal${path}`, { headers });

test('the JWKS holds the public key alone, and answers a known ETag with 304', async () => {
  const clerk = await testClerk();
  const first = await clerk.handle(get('/.well-known/jwks.json'));
  expect(await first.json()).toEqual(clerk.jwks());
  expect(JSON.stringify(clerk.jwks())).not.toMatch(/"(d|p|q|dp|dq|qi)"/);
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^".+"$/);
  const again = await clerk.handle(get('/.well-known/jwks.json', { 'if-none-match': `W/${etag}` }));
  expect(again.status).toBe(304);
  expect(await again.text()).toBe('');
  expect((await clerk.handle(get('/.well-known/jwks.json', { 'if-none-match': '"other"' }))).status).toBe(200);
});

test('the OpenID configuration names the issuer and where the keys are', async () => {
  const clerk = await testClerk({ issuer: 'https://clerk.example.org' });
  expect(await (await clerk.handle(get('/.well-known/openid-configuration'))).json()).toMatchObject({
    issuer: 'https://clerk.example.org',
    jwks_uri: 'https://clerk.example.org/.well-known/jwks.json',
  });
});

test('another issuer is another publishable key; a slash at its end is refused', async () => {
  const clerk = await testClerk({ issuer: 'https://clerk.example.org' });
  expect(clerk.publishableKey).toBe(`pk_test_${btoa('clerk.example.org$')}`);
  await expect(testClerk({ issuer: 'https://clerk.example.org/' })).rejects.toThrow('without a slash');
  await expect(testClerk({ issuer: 'http://clerk.example.org' })).rejects.toThrow('https');
});
