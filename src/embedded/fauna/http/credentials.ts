/** The Authorization header as a credential for the engine (HttpClient.scala's AuthType, JWTToken.scala). */
import type { Soon } from '../../soon.ts';
import type { Credential, EngineDoor } from '../engine/protocol.ts';
import type { VerifiedJwt } from '../security/auth.ts';
import { decodeBase64 } from '../security/base64.ts';
import type { JwksCache } from '../security/jwks.ts';
import { looksLikeJwt, parseJwt, verifyJwt } from '../security/jwt.ts';

type JwtCredential = Extract<Credential, { type: 'jwt' }>;

/** All that authentication may take. */
const TIMEOUT_MS = 5000;

export interface CredentialParts {
  readonly door: EngineDoor;
  readonly jwks: JwksCache;
  /** ms */
  readonly now: () => number;
}

type Read = Credential | 'time out' | undefined;

/** At once where no key has to be fetched. Undefined is 401, 'time out' is 503. */
export function readCredential(header: string | null, parts: CredentialParts): Soon<Read> {
  const [, scheme, value = ''] = /^(\S+)\s+(.+)$/s.exec(header?.trim() ?? '') ?? [];
  if (scheme === 'Basic') return basic(value);
  if (scheme !== 'Bearer') return undefined;
  return looksLikeJwt(value) ? within(TIMEOUT_MS, verifiedJwt(value, parts)) : { type: 'secret', secret: value };
}

/** A colon is dropped once outside of the base64 and once inside of it; some drivers write one there. */
function basic(value: string): Credential | undefined {
  const decoded = decodeBase64(withoutColon(value));
  return decoded && { type: 'secret', secret: withoutColon(decoded.toString('utf8').trim()) };
}

const withoutColon = (text: string): string => (text.endsWith(':') ? text.slice(0, -1) : text);

/** The token as a credential, once its signature was checked with its provider's key. */
export async function verifiedJwt(
  token: string,
  { door, jwks, now }: CredentialParts,
): Promise<JwtCredential | undefined> {
  const jwt = parseJwt(token, now());
  const provider = jwt && (await door.findProvider(jwt.globalId, jwt.issuer));
  if (!jwt || !provider) return undefined;
  const key = await jwks.key(provider.jwksUri, jwt.kid);
  if (!key || !verifyJwt(jwt, key)) return undefined;
  return { type: 'jwt', globalId: jwt.globalId, issuer: jwt.issuer, payload: jwt.payload };
}

/** As many as are looked at; a query with more of them is not an honest one. */
const MAX_JWTS = 16;

/** The good ones among the JWTs that the query has as they are, for KeyFromSecret. */
export function verifiedJwts(query: string | undefined, parts: CredentialParts): Soon<readonly VerifiedJwt[]> {
  return query?.includes('"key_from_secret"') ? verifyAll(query, parts) : NO_JWTS;
}

const NO_JWTS: readonly VerifiedJwt[] = [];

async function verifyAll(query: string, parts: CredentialParts): Promise<readonly VerifiedJwt[]> {
  const found = [...new Set([...query.matchAll(/"(ey[\w-]*\.[\w.=-]*)"/g)].map(([, token = '']) => token))];
  const verified = await within(
    TIMEOUT_MS,
    Promise.all(found.slice(0, MAX_JWTS).map(async (token) => ({ token, jwt: await verifiedJwt(token, parts) }))),
  );
  if (verified === 'time out') return [];
  return verified.flatMap(({ token, jwt }) => (jwt ? [{ ...jwt, token }] : []));
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | 'time out'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'time out'>((resolve) => {
    timer = setTimeout(() => resolve('time out'), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
