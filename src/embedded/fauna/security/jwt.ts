/** A JWT's acceptance, which is FaunaDB's and not a library's (JWTToken.scala, JWT.scala, JWK.scala). */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type FaunaObject, isArray, isObject, type Value } from '../values/value.ts';
import { JsonError, parseJson } from '../wire/json.ts';
import { decodeBase64Url } from './base64.ts';
import { AUDIENCE_PREFIX, audienceOf, decodeGlobalId } from './global-id.ts';

export interface ParsedJwt {
  /** Undefined where the header has none, or one that is no string. */
  readonly kid: string | undefined;
  /** Of node:crypto. */
  readonly algorithm: string;
  /** As JSON text, which is what the token carries on as. */
  readonly payload: string;
  readonly signed: Buffer;
  readonly signature: Buffer;
  readonly globalId: bigint;
  readonly issuer: string;
}

/** Base64 of "{" is "ey". */
export const looksLikeJwt = (token: string): boolean => token.startsWith('ey') && token.includes('.');

const ALGORITHMS: Readonly<Record<string, string>> = { RS256: 'RSA-SHA256', RS384: 'RSA-SHA384', RS512: 'RSA-SHA512' };

/** All that can be told without keys; undefined refuses. `now` in ms. */
export function parseJwt(token: string, now: number): ParsedJwt | undefined {
  const parts = splitToken(token);
  const [head, body, signature] = parts.map(decodeBase64Url);
  if (parts.length !== 3 || !head || !body || !signature) return undefined;
  const payload = body.toString('utf8');
  const header = parseObject(head.toString('utf8'));
  const claims = parseObject(payload);
  const algorithm = header && algorithmOf(header.get('alg'));
  if (!header || !claims || !algorithm || !timely(claims, now)) return undefined;
  const globalId = audienceId(claims.get('aud') ?? null);
  const issuer = claims.get('iss');
  const kid = header.get('kid');
  // The root database has no access providers, and FaunaDB is not one to itself.
  if (globalId === undefined || globalId === 0n || typeof issuer !== 'string') return undefined;
  if (issuer === audienceOf(globalId)) return undefined;
  return {
    kid: typeof kid === 'string' ? kid : undefined,
    algorithm,
    payload,
    signed: Buffer.from(`${parts[0]}.${parts[1]}`),
    signature,
    globalId,
    issuer,
  };
}

/** Java's split drops the empty parts at the end, so FaunaDB takes a token with dots behind it. */
function splitToken(token: string): string[] {
  const parts = token.split('.');
  while (parts.at(-1) === '') parts.pop();
  return parts;
}

function parseObject(text: string): FaunaObject | undefined {
  try {
    const value = parseJson(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

const algorithmOf = (alg: Value | undefined): string | undefined =>
  typeof alg === 'string' && Object.hasOwn(ALGORITHMS, alg) ? ALGORITHMS[alg] : undefined;

/** Where Java's Instant ends, and its Long; FaunaDB fails on what is beyond them. */
const LAST_SECOND = 31_556_889_864_403_199n;
const LAST_LONG = 2 ** 63;

/**
 * `exp` and `nbf` count where they are whole numbers and are as good as absent otherwise. No leeway: invalid from
 * now >= exp, and while now <= nbf.
 */
function timely(claims: FaunaObject, now: number): boolean {
  const [exp, nbf] = [claims.get('exp'), claims.get('nbf')];
  if ([exp, nbf].some((found) => typeof found === 'number' && Math.abs(found) >= LAST_LONG)) return false;
  if (typeof exp === 'bigint' && (exp > LAST_SECOND || now >= Number(exp) * 1000)) return false;
  return typeof nbf !== 'bigint' || (nbf >= -LAST_SECOND && now > Number(nbf) * 1000);
}

/** A string or an array of strings, with exactly one entry of Fauna's prefix. */
function audienceId(audience: Value): bigint | undefined {
  const all = isArray(audience) ? audience : [audience];
  if (!all.every((entry) => typeof entry === 'string')) return undefined;
  const ours = all.filter((entry) => entry.startsWith(AUDIENCE_PREFIX));
  return ours.length === 1 && ours[0] !== undefined ? decodeGlobalId(ours[0].slice(AUDIENCE_PREFIX.length)) : undefined;
}

export interface Jwk {
  readonly kid: string | undefined;
  /** Undefined if what the provider gave is no key. */
  readonly key: KeyObject | undefined;
}

/** The RSA keys of a JWKS; whatever else is in it does not count. */
export function readJwks(keys: readonly Readonly<Record<string, unknown>>[]): Jwk[] {
  return keys
    .filter(({ kty }) => kty === 'RSA')
    .map(({ kid, n, e }) => ({ kid: typeof kid === 'string' ? kid : undefined, key: rsaKey(n, e) }));
}

function rsaKey(n: unknown, e: unknown): KeyObject | undefined {
  if (typeof n !== 'string' || typeof e !== 'string') return undefined;
  try {
    return createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** The only key if the token names none, and else the one of that name: a key without name for a token without. */
export const chooseKey = (keys: readonly Jwk[], kid: string | undefined): Jwk | undefined =>
  keys.length === 1 && kid === undefined ? keys[0] : keys.find((key) => key.kid === kid);

export function verifyJwt({ algorithm, signed, signature }: ParsedJwt, { key }: Jwk): boolean {
  return key !== undefined && verify(algorithm, signed, key, signature);
}
