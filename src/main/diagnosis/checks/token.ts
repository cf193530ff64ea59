import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { z } from 'zod';
import { type Check, faultsOf, passed } from '../check.ts';
import { reach } from '../reach.ts';

const PREFIX = 'https://db.fauna.com/db/';
/** Seconds between two clocks that nobody has to mind. */
const TOLERANCE = 30;
/** Seconds: with less, a token is renewed more often than it is used. */
const SHORTEST = 45;

const algorithm: Check = {
  id: 'token-algorithm',
  title: 'The token is signed with RSA',
  after: ['template'],
  run: async ({ connection }, seen) => {
    const bad = faultsOf('token-algorithm');
    const where = `the JWT template "${connection.template}"`;
    try {
      seen.header = { ...decodeProtectedHeader(seen.jwt ?? '') };
      seen.claims = decodeJwt(seen.jwt ?? '');
    } catch {
      return bad(
        'token-malformed',
        'What Clerk gave is not a JWT.',
        'Something stands between Burrow and Clerk.',
        'Sign out and sign in again; then look for a proxy.',
      );
    }
    const { alg } = seen.header;
    if (typeof alg === 'string' && /^RS(256|384|512)$/.test(alg)) return passed(alg);
    return bad(
      'token-algorithm',
      `The token is signed with ${String(alg)}; Fauna takes RS256, RS384 and RS512 only.`,
      `A signing key of its own is set in ${where}.`,
      `Turn "Custom signing key" off in ${where}.`,
    );
  },
};

const issuer: Check = {
  id: 'token-issuer',
  title: 'The token names the expected issuer',
  after: ['token-algorithm'],
  run: async ({ connection }, seen) => {
    const iss = String(seen.claims?.iss);
    if (iss === connection.issuer) return passed(iss);
    return faultsOf('token-issuer')(
      'token-issuer',
      `The token names the issuer ${iss}; the publishable key stands for ${connection.issuer}.`,
      iss.replace(/\/+$/, '') === connection.issuer
        ? 'A slash too many at the end of the issuer.'
        : 'The publishable key is of another Clerk instance (development and production are two), or the instance got a new domain.',
      'Copy the publishable key again from the instance that people sign in to, and run npm run setup.',
    );
  },
};

const audienceFault = (aud: unknown): string | null => {
  if (aud === undefined || aud === null || aud === '') return 'has no audience';
  const all = Array.isArray(aud) ? aud : [aud];
  const forFauna = all.filter((one) => typeof one === 'string' && one.startsWith(PREFIX));
  if (forFauna.length > 1) return 'names several Fauna databases as its audience; Fauna takes exactly one';
  if (forFauna.length === 0) return `has the audience ${JSON.stringify(aud)}, which is no database of Fauna`;
  return null;
};

const audience: Check = {
  id: 'token-audience',
  title: 'The token is meant for a Fauna database',
  after: ['token-algorithm'],
  run: async ({ connection }, seen) => {
    const why = audienceFault(seen.claims?.aud);
    if (!why) return passed(String(seen.claims?.aud));
    return faultsOf('token-audience')(
      'token-audience',
      `The token ${why}.`,
      `The claim aud of the JWT template "${connection.template}" is missing or was typed by hand.`,
      `Run npm run setup, or set {"aud": "<audience of the access provider>"} in the template.`,
    );
  },
};

const minutes = (seconds: number): string =>
  Math.abs(seconds) < 120
    ? `${Math.round(Math.abs(seconds))} seconds`
    : `${Math.round(Math.abs(seconds) / 60)} minutes`;

const times: Check = {
  id: 'token-times',
  title: "The token is valid now, by this computer's clock",
  after: ['token-algorithm'],
  run: async ({ now, freshToken, connection }, seen) => {
    const bad = faultsOf('token-times');
    const { exp, nbf, iat } = seen.claims as { exp?: number; nbf?: number; iat?: number };
    const here = now() / 1000;
    const setClock = "Set this computer's clock by the network, then try again.";
    if (iat !== undefined && iat - here > TOLERANCE)
      return bad(
        'clock-behind',
        `This computer's clock is ${minutes(iat - here)} behind Clerk's.`,
        'The clock or the time zone of this computer is wrong.',
        setClock,
      );
    if (freshToken && iat !== undefined && here - iat > TOLERANCE)
      return bad(
        'clock-ahead',
        `This computer's clock is ${minutes(here - iat)} ahead of Clerk's.`,
        'The clock or the time zone of this computer is wrong.',
        setClock,
      );
    if (exp !== undefined && exp <= here)
      return bad(
        'token-expired',
        'The token has expired.',
        "This computer's clock is ahead, or the token was kept too long.",
        setClock,
      );
    if (nbf !== undefined && nbf >= here + TOLERANCE)
      return bad('token-early', 'The token is not valid yet.', "This computer's clock is behind.", setClock);
    if (exp !== undefined && iat !== undefined && exp - iat < SHORTEST)
      return bad(
        'token-short',
        `The token lives for ${exp - iat} seconds only.`,
        `The lifetime of the JWT template "${connection.template}" is too short.`,
        'Set it to 600 seconds: npm run setup -- --lifetime 600.',
      );
    return passed(exp === undefined ? 'it never expires' : `for ${minutes(exp - here)}`);
  },
};

const jwksShape = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })) });

const jwks: Check = {
  id: 'jwks',
  title: "Clerk's published keys can be fetched",
  after: ['publishable-key'],
  unless: ['frontend-api', 'environment'],
  run: async ({ connection, fetch }, seen) => {
    const bad = faultsOf('jwks');
    const found = await reach(fetch, connection.jwksUri);
    if (!found.ok)
      return bad(
        'jwks-unreachable',
        `The keys at ${connection.jwksUri} cannot be fetched: ${found.why}.`,
        'The Frontend API is out of reach, from here or altogether.',
        'Open the address in a browser and check the network.',
      );
    if (found.response.status !== 200)
      return bad(
        'jwks-status',
        `The keys at ${connection.jwksUri} cannot be fetched: the answer is ${found.response.status}.`,
        'Fauna follows no redirect and takes nothing but 200 and 304.',
        'See that this very address answers with the keys, without a redirect.',
      );
    const keys = jwksShape.safeParse(found.json);
    if (!keys.success || keys.data.keys.length === 0)
      return bad(
        'jwks-empty',
        `What is at ${connection.jwksUri} is no list of keys.`,
        'A proxy or another service answers at this address.',
        'Compare it with the JWKS URL of the Clerk dashboard, under API keys.',
      );
    seen.jwks = keys.data as unknown as JSONWebKeySet;
    return passed(`${keys.data.keys.length} ${keys.data.keys.length === 1 ? 'key' : 'keys'}`);
  },
};

const signature: Check = {
  id: 'signature',
  title: 'One of them verifies the token',
  after: ['jwks', 'token-algorithm'],
  run: async ({ connection }, seen) => {
    const bad = faultsOf('signature');
    const kid = seen.header?.kid;
    const keys = seen.jwks?.keys ?? [];
    const own = `Turn "Custom signing key" off in the JWT template "${connection.template}", or publish its key and run npm run setup -- --jwks URL.`;
    if (kid === undefined && (keys.length !== 1 || !(await verifies(seen.jwt, seen.jwks))))
      return bad(
        'signature-own-key',
        'The token names no key, and none of the published keys has signed it.',
        'The JWT template signs with a key of its own, which is in no JWKS of Clerk.',
        own,
      );
    if (kid !== undefined && !keys.some((one) => one.kid === kid))
      return bad(
        'signature-unknown-key',
        `The token was signed with the key ${String(kid)}, which is not among the published ones.`,
        'Clerk has rotated its keys and an old list is still served, or the address is of another instance.',
        'Wait five minutes, which is how long Fauna keeps the list; then compare the JWKS address.',
      );
    if (!(await verifies(seen.jwt, seen.jwks)))
      return bad(
        'signature-wrong',
        'The signature of the token does not fit the published key of the same name.',
        'The list of keys is of another instance, or somebody changed the token.',
        'Compare the JWKS address with the one of the Clerk dashboard.',
      );
    return passed(kid === undefined ? 'the only key' : String(kid));
  },
};

const verifies = async (jwt: string | undefined, jwks: JSONWebKeySet | undefined): Promise<boolean> => {
  if (!jwt || !jwks) return false;
  try {
    // The times are another check's business.
    await jwtVerify(jwt, createLocalJWKSet(jwks), { clockTolerance: Number.MAX_SAFE_INTEGER });
    return true;
  } catch {
    return false;
  }
};

export const tokenChecks = [algorithm, issuer, audience, times, jwks, signature];
