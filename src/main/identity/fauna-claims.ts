import { decodeJwt, decodeProtectedHeader } from 'jose';
import { fail, type Outcome, succeed } from '../../shared/failure.ts';

export interface FaunaToken {
  secret: string;
  claims: Record<string, unknown>;
  /** ms since the epoch */
  expiresAt: number;
}

/** What Fauna refuses anyway (docs/identity.md), said before it is asked and in words. */
export const readFaunaToken = (
  secret: string,
  expected: { issuer: string; userId: string; template: string; now: number },
): Outcome<FaunaToken> => {
  let claims: Record<string, unknown>;
  let alg: unknown;
  try {
    claims = decodeJwt(secret);
    alg = decodeProtectedHeader(secret).alg;
  } catch {
    return fail('fauna-token-malformed', 'What Clerk gave is not a JWT.', 'Sign out and sign in again.');
  }
  const template = `the JWT template "${expected.template}"`;
  if (typeof alg !== 'string' || !/^RS(256|384|512)$/.test(alg))
    return fail(
      'fauna-token-algorithm',
      `Fauna takes tokens signed with RS256 only; ${template} uses ${String(alg)}.`,
      `Set the signing algorithm of ${template} in Clerk to RS256.`,
    );
  if (claims.iss !== expected.issuer)
    return fail(
      'fauna-token-issuer',
      `The token names the issuer ${String(claims.iss)}, this connection expects ${expected.issuer}.`,
      'Check that the publishable key belongs to the Clerk instance you signed in to.',
    );
  if (claims.sub !== expected.userId)
    return fail(
      'fauna-token-other-user',
      'The token is for another user than the one signed in here.',
      'Sign out and sign in again.',
    );
  if (typeof claims.aud !== 'string' || !claims.aud.startsWith('https://db.fauna.com/db/'))
    return fail(
      'fauna-token-audience',
      `The token has no Fauna audience, so no database will take it.`,
      `Set {"aud": "…"} in ${template} to the audience of the access provider; npm run setup does it.`,
    );
  const expiresAt = typeof claims.exp === 'number' ? claims.exp * 1000 : Number.POSITIVE_INFINITY;
  if (expiresAt <= expected.now)
    return fail(
      'fauna-token-expired',
      'The token for Fauna has already expired when it arrives.',
      "Check this computer's clock, then try again.",
    );
  if (typeof claims.nbf === 'number' && claims.nbf * 1000 > expected.now)
    return fail(
      'fauna-token-early',
      "The token for Fauna is not valid yet: this computer's clock seems to be behind.",
      "Set this computer's clock to the right time, then try again.",
    );
  return succeed({ secret, claims, expiresAt });
};
