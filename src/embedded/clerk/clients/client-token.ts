import { jwtVerify, SignJWT } from 'jose';
import type { Instance } from '../instance.ts';
import type { Client, ClientWithSecret } from './clients.ts';
import { findClient } from './clients.ts';

/** Sessions end after a week, so a token that is older than this opens nothing. */
const LIFETIME_SECONDS = 400 * 24 * 60 * 60;

/** The long-lived token that a native client sends as Authorization. It has no `sub`: it is nobody's identity. */
export function signClientToken(instance: Instance, { client, secret }: ClientWithSecret): Promise<string> {
  const now = Math.floor(instance.clock() / 1000);
  return new SignJWT({ id: client.id, rotating_token: secret })
    .setProtectedHeader({ alg: 'RS256', kid: instance.signingKey.kid, typ: 'JWT' })
    .setIssuer(instance.issuer)
    .setIssuedAt(now)
    .setExpirationTime(now + LIFETIME_SECONDS)
    .sign(instance.signingKey.privateKey);
}

/** The client of an Authorization header, with or without `Bearer`; null for anything that is not its token now. */
export async function readClientToken(instance: Instance, header: string | null): Promise<Client | null> {
  const token = header?.replace(/^Bearer\s+/i, '').trim();
  if (!token) return null;
  try {
    const { payload } = await jwtVerify(token, instance.signingKey.publicKey, {
      algorithms: ['RS256'],
      issuer: instance.issuer,
      currentDate: new Date(instance.clock()),
    });
    const { id, rotating_token: secret } = payload;
    return typeof id === 'string' && typeof secret === 'string' ? findClient(instance, id, secret) : null;
  } catch {
    return null;
  }
}
