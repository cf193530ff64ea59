/** A JWT's acceptance, which is FaunaDB's and not a library's (JWTToken.scala): see docs of the rules in each line. */
import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import { type FaunaObject, isArray, isObject, type Value } from '../values/value.ts';
import { JsonError, parseJson } from '../wire/json.ts';
import { AUDIENCE_PREFIX, decodeGlobalId } from './global-id.ts';

export interface ParsedJwt {
  readonly header: FaunaObject;
  /** As JSON text, which is what the token carries on as. */
  readonly payload: string;
  readonly claims: FaunaObject;
  readonly signed: Buffer;
  readonly signature: Buffer;
  readonly globalId: bigint;
  readonly issuer: string;
}

/** Base64 of "{" is "ey". */
export const looksLikeJwt = (token: string): boolean => token.startsWith('ey') && token.includes('.');

const ALGORITHMS: Readonly<Record<string, string>> = { RS256: 'RSA-SHA256', RS384: 'RSA-SHA384', RS512: 'RSA-SHA512' };

function decode(part: string): string {
  return Buffer.from(part, 'base64url').toString('utf8');
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

/** All that can be told without keys; undefined refuses. `now` in ms. */
export function parseJwt(token: string, now: number): ParsedJwt | undefined {
  const parts = token.split('.');
  const [head = '', body = '', tail = ''] = parts;
  if (parts.length !== 3) return undefined;
  const payload = decode(body);
  const header = parseObject(decode(head));
  const claims = parseObject(payload);
  if (!header || !claims || !timely(claims, now)) return undefined;
  const globalId = audienceId(claims.get('aud') ?? null);
  const issuer = claims.get('iss');
  if (globalId === undefined || globalId === 0n || typeof issuer !== 'string') return undefined;
  return {
    header,
    payload,
    claims,
    signed: Buffer.from(`${head}.${body}`),
    signature: Buffer.from(tail, 'base64url'),
    globalId,
    issuer,
  };
}

/** `exp` and `nbf` are optional, without leeway: invalid from now >= exp, and while now <= nbf. */
function timely(claims: FaunaObject, now: number): boolean {
  const seconds = (name: string): number | undefined => {
    const value = claims.get(name) ?? null;
    return typeof value === 'bigint' || typeof value === 'number' ? Number(value) * 1000 : undefined;
  };
  const [exp, nbf] = [seconds('exp'), seconds('nbf')];
  return (exp === undefined || now < exp) && (nbf === undefined || now > nbf);
}

/** A string or an array with exactly one entry of Fauna's prefix. */
function audienceId(audience: Value): bigint | undefined {
  const all = isArray(audience) ? audience : [audience];
  const ours = all.filter((entry) => typeof entry === 'string' && entry.startsWith(AUDIENCE_PREFIX)) as string[];
  return ours.length === 1 && ours[0] !== undefined ? decodeGlobalId(ours[0].slice(AUDIENCE_PREFIX.length)) : undefined;
}

export interface Jwk extends JsonWebKey {
  readonly kid?: string;
}

/** The key the token names, or the only one there is if it names none. */
export function chooseKey(keys: readonly Jwk[], kid: Value | undefined): Jwk | undefined {
  if (kid === undefined || kid === null) return keys.length === 1 ? keys[0] : undefined;
  return keys.find((key) => key.kid === kid);
}

export function verifyJwt(jwt: ParsedJwt, jwk: Jwk): boolean {
  const algorithm = ALGORITHMS[String(jwt.header.get('alg'))];
  if (!algorithm || jwk.kty !== 'RSA') return false;
  let key: KeyObject;
  try {
    key = createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return false;
  }
  return verify(algorithm, jwt.signed, key, jwt.signature);
}
