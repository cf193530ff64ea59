import { expect, test } from 'vitest';
import { createSessionTokenVerifier } from '../../../src/main/identity/session-token.ts';
import { createSigner, NOW, seconds } from './tokens.ts';

const issuer = 'https://clerk.example.com';
const claims = {
  iss: issuer,
  sub: 'user_1',
  sid: 'sess_1',
  iat: seconds(NOW),
  nbf: seconds(NOW) - 10,
  exp: seconds(NOW) + 60,
};

const verifierOf = (jwks: () => Promise<Response>) =>
  createSessionTokenVerifier({ issuer, jwksUri: `${issuer}/.well-known/jwks.json`, fetch: jwks, now: () => NOW });

const codeOf = (outcome: { ok: true } | { ok: false; failure: { code: string } }) =>
  outcome.ok ? 'ok' : outcome.failure.code;

test('a token of this issuer proves its user and session', async () => {
  const { jwks, sign } = await createSigner();
  const outcome = await verifierOf(async () => Response.json(jwks)).verify(await sign(claims));
  expect(outcome).toEqual({ ok: true, value: { userId: 'user_1', sessionId: 'sess_1' } });
});

test.each([
  ['another issuer', { iss: 'https://other.example.com' }, 'session-token-issuer'],
  ['an issuer with a slash at the end', { iss: `${issuer}/` }, 'session-token-issuer'],
  ['one that ended an hour ago (a clock off by an hour)', { exp: seconds(NOW) - 3600 }, 'session-token-expired'],
  [
    'one that begins in an hour (a clock off by an hour)',
    { nbf: seconds(NOW) + 3600, exp: seconds(NOW) + 3660 },
    'session-token-early',
  ],
  ['one without a session', { sid: undefined }, 'session-token-invalid'],
])('refuses %s', async (_what, change, code) => {
  const { jwks, sign } = await createSigner();
  const outcome = await verifierOf(async () => Response.json(jwks)).verify(await sign({ ...claims, ...change }));
  expect(codeOf(outcome)).toBe(code);
});

test('refuses a token that somebody else signed under the same key id', async () => {
  const { jwks } = await createSigner();
  const forger = await createSigner();
  const outcome = await verifierOf(async () => Response.json(jwks)).verify(await forger.sign(claims));
  expect(codeOf(outcome)).toBe('session-token-invalid');
});

test('fetches the keys again when Clerk has rotated them', async () => {
  const old = await createSigner('ins_old');
  const fresh = await createSigner('ins_new');
  const answers = [old.jwks, fresh.jwks];
  const verifier = verifierOf(async () => Response.json(answers.shift()));
  expect(codeOf(await verifier.verify(await old.sign(claims)))).toBe('ok');
  expect(codeOf(await verifier.verify(await fresh.sign(claims)))).toBe('ok');
});

test('says that the keys could not be fetched, and works again when they can', async () => {
  const { jwks, sign } = await createSigner();
  let reachable = false;
  const verifier = verifierOf(async () => {
    if (!reachable) throw new TypeError('fetch failed');
    return Response.json(jwks);
  });
  const token = await sign(claims);
  expect(codeOf(await verifier.verify(token))).toBe('jwks-unreachable');
  reachable = true;
  expect(codeOf(await verifier.verify(token))).toBe('ok');
});

test('an answer that is no key set is not kept: the keys are fetched again', async () => {
  const { jwks, sign } = await createSigner();
  const answers = [{ error: 'busy' }, jwks];
  const verifier = verifierOf(async () => Response.json(answers.shift()));
  const token = await sign(claims);
  expect(codeOf(await verifier.verify(token))).toBe('jwks-unreachable');
  expect(codeOf(await verifier.verify(token))).toBe('ok');
});
