/** The Authorization header as a credential for the engine. Undefined is 401. */
import type { Credential, EngineDoor } from '../engine/protocol.ts';
import type { JwksCache } from '../security/jwks.ts';
import { chooseKey, looksLikeJwt, parseJwt, verifyJwt } from '../security/jwt.ts';

export async function readCredential(
  header: string | null,
  door: EngineDoor,
  jwks: JwksCache,
  now: () => number,
): Promise<Credential | undefined> {
  const match = /^(bearer|basic)\s+(.+)$/i.exec(header?.trim() ?? '');
  const [, scheme = '', value = ''] = match ?? [];
  if (!match) return undefined;
  if (scheme.toLowerCase() === 'basic') {
    return { type: 'secret', secret: Buffer.from(value, 'base64').toString('utf8') };
  }
  return looksLikeJwt(value) ? verifiedJwt(value, door, jwks, now()) : { type: 'secret', secret: value };
}

async function verifiedJwt(
  token: string,
  door: EngineDoor,
  jwks: JwksCache,
  now: number,
): Promise<Credential | undefined> {
  const jwt = parseJwt(token, now);
  const provider = jwt && (await door.findProvider(jwt.globalId, jwt.issuer));
  if (!jwt || !provider) return undefined;
  const kid = jwt.header.get('kid');
  const keys = await jwks.keys(provider.jwksUri, (known) => chooseKey(known, kid) !== undefined);
  const key = keys && chooseKey(keys, kid);
  if (!key || !verifyJwt(jwt, key)) return undefined;
  return { type: 'jwt', globalId: jwt.globalId, issuer: jwt.issuer, payload: jwt.payload };
}
