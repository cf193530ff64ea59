import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { readFaunaToken } from '../../../src/main/identity/fauna-claims.ts';
import { createSigner, NOW, seconds } from './tokens.ts';

const expected = { issuer: 'https://clerk.example.com', userId: 'user_1', template: 'fauna', now: NOW };
const good = {
  iss: expected.issuer,
  sub: 'user_1',
  aud: 'https://db.fauna.com/db/yxxeeaaqqfrfb',
  exp: seconds(NOW) + 60,
};

test('a good token is taken with its claims and its end', async () => {
  const { sign } = await createSigner();
  const outcome = readFaunaToken(await sign(good), expected);
  expect(outcome).toMatchObject({ ok: true, value: { claims: good, expiresAt: NOW + 60_000 } });
});

test.each([
  ['no audience (the template has no aud)', { aud: undefined }, 'fauna-token-audience'],
  ['a foreign audience', { aud: 'https://example.com' }, 'fauna-token-audience'],
  ['another issuer', { iss: 'https://clerk.example.com/' }, 'fauna-token-issuer'],
  ['another user', { sub: 'user_2' }, 'fauna-token-other-user'],
  ['an end that is past', { exp: seconds(NOW) }, 'fauna-token-expired'],
  ['a beginning that is to come', { nbf: seconds(NOW) + 3600 }, 'fauna-token-early'],
])('refuses %s, in words and with a mend', async (_what, change, code) => {
  const { sign } = await createSigner();
  const secret = await sign({ ...good, ...change });
  const outcome = readFaunaToken(secret, expected);
  expect(outcome).toMatchObject({ ok: false, failure: { code } });
  expect(!outcome.ok && outcome.failure.mend).toBeTruthy();
  expect(JSON.stringify(outcome)).not.toContain(secret);
});

test('refuses a token that Fauna could not verify: HS256', async () => {
  const secret = await new SignJWT(good).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32));
  expect(readFaunaToken(secret, expected)).toMatchObject({ ok: false, failure: { code: 'fauna-token-algorithm' } });
});

test('refuses what is no JWT', () => {
  expect(readFaunaToken('eyJ.nonsense.x', expected)).toMatchObject({
    ok: false,
    failure: { code: 'fauna-token-malformed' },
  });
});
