import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose';
import { fail, type Outcome, succeed } from '../../shared/failure.ts';
import type { Fetch } from '../connection/fetch.ts';

export interface SessionTokenVerifier {
  /** The user id that a Clerk session token proves, by its signature and not by the window's word. */
  verify(token: string): Promise<Outcome<{ userId: string; sessionId: string }>>;
}

const explain = (error: unknown): Outcome<never> => {
  if (error instanceof errors.JWTExpired)
    return fail(
      'session-token-expired',
      "Clerk's session token has already expired.",
      "Check this computer's clock, then try again.",
    );
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf')
    return fail(
      'session-token-early',
      "Clerk's session token is not valid yet: this computer's clock seems to be behind.",
      "Set this computer's clock to the right time, then try again.",
    );
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'iss')
    return fail(
      'session-token-issuer',
      "Clerk's session token names another issuer than this connection.",
      'Check that the publishable key belongs to the Clerk instance you signed in to.',
    );
  return fail(
    'session-token-invalid',
    "Clerk's session token could not be verified with Clerk's published keys.",
    'Sign out and sign in again. If it happens again, check the publishable key.',
  );
};

export const createSessionTokenVerifier = (options: {
  issuer: string;
  jwksUri: string;
  fetch: Fetch;
  now: () => number;
}): SessionTokenVerifier => {
  let keys: JSONWebKeySet | null = null;

  const fetchKeys = async (): Promise<JSONWebKeySet> => {
    const response = await options.fetch(options.jwksUri, { redirect: 'error' });
    if (!response.ok) throw new Error(`JWKS answered ${response.status}`);
    const set = (await response.json()) as JSONWebKeySet;
    // Throws on anything but a key set: what is kept from here on is believed until a key is missing.
    createLocalJWKSet(set);
    return set;
  };

  const check = async (token: string, set: JSONWebKeySet) => {
    const { payload } = await jwtVerify(token, createLocalJWKSet(set), {
      issuer: options.issuer,
      algorithms: ['RS256'],
      requiredClaims: ['sub', 'sid', 'exp'],
      clockTolerance: 5, // Clerk's own allowance
      currentDate: new Date(options.now()),
    });
    return succeed({ userId: String(payload.sub), sessionId: String(payload.sid) });
  };

  const verify = async (token: string) => {
    const unreachable = fail(
      'jwks-unreachable',
      "Clerk's published keys could not be fetched.",
      'Check the network connection and the Frontend API address, then try again.',
    );
    try {
      if (keys) return await check(token, keys);
    } catch (error) {
      // An unknown key id may only mean that Clerk has rotated its keys since.
      if (!(error instanceof errors.JWKSNoMatchingKey)) return explain(error);
    }
    try {
      keys = await fetchKeys();
    } catch {
      return unreachable;
    }
    try {
      return await check(token, keys);
    } catch (error) {
      return explain(error);
    }
  };

  return { verify };
};
