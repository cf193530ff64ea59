import { createPrivateKey, createSecretKey } from 'node:crypto';
import { type CryptoKey, type JWTPayload, type KeyObject, SignJWT } from 'jose';
import { requireUser } from '../accounts/users.ts';
import type { Instance } from '../instance.ts';
import { randomText } from '../instance.ts';
import type { Session } from '../sessions/sessions.ts';
import type { JwtTemplate } from './jwt-templates.ts';
import { fillShortcodes } from './shortcodes.ts';
import { userScope } from './user-scope.ts';

const SESSION_TOKEN_SECONDS = 60;
/** How far `nbf` of a session token lies before `iat`, for servers whose clock is behind. */
const SESSION_TOKEN_SKEW = 10;
/** The category by which @clerk/backend tells a session token from others (its `cat` header). */
const SESSION_CATEGORY = 'cl_B7d4PD111AAA';

interface Minting {
  /** The page's origin where there is one: it becomes `azp`. */
  origin: string | null;
  /** Seconds; instead of the token's own lifetime. */
  lifetime?: number | undefined;
}

/** The token that says who is signed in, in which session; version 2 of Clerk's claims. */
export function mintSessionToken(instance: Instance, session: Session, { origin, lifetime }: Minting): Promise<string> {
  const now = Math.floor(instance.clock() / 1000);
  const minutes = Math.max(0, Math.floor((instance.clock() - session.createdAt) / 60_000));
  const claims = {
    ...(origin === null ? {} : { azp: origin }),
    exp: now + (lifetime ?? SESSION_TOKEN_SECONDS),
    fva: [minutes, -1],
    iat: now,
    iss: instance.issuer,
    jti: randomText(instance.random, 20),
    nbf: now - SESSION_TOKEN_SKEW,
    sid: session.id,
    sts: 'active',
    sub: session.userId,
    v: 2,
  };
  return sign(
    claims,
    { alg: 'RS256', kid: instance.signingKey.kid, cat: SESSION_CATEGORY },
    instance.signingKey.privateKey,
  );
}

/** A token of a JWT template. The default claims come last, so that nothing in a template replaces them. */
export function mintTemplateToken(
  instance: Instance,
  session: Session,
  template: JwtTemplate,
  { origin, lifetime }: Minting,
): Promise<string> {
  const now = Math.floor(instance.clock() / 1000);
  const user = requireUser(instance, session.userId);
  const claims = {
    ...(fillShortcodes(template.claims, userScope(user)) as JWTPayload),
    ...(origin === null ? {} : { azp: origin }),
    exp: now + (lifetime ?? template.lifetime),
    iat: now,
    iss: instance.issuer,
    jti: randomText(instance.random, 20),
    nbf: now - template.allowedClockSkew,
    sub: user.id,
  };
  if (template.signingKey === null) {
    return sign(claims, { alg: 'RS256', kid: instance.signingKey.kid }, instance.signingKey.privateKey);
  }
  // A key of the template's own is in no JWKS, so there is no kid to name it by.
  const alg = template.signingAlgorithm;
  return sign(claims, { alg }, readTemplateKey(alg, template.signingKey));
}

/** Algorithms a template with a key of its own may name. */
export const TEMPLATE_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'HS256', 'HS384', 'HS512'];

/** Throws where the text is no key for the algorithm's family. */
export function readTemplateKey(algorithm: string, key: string): KeyObject {
  return algorithm.startsWith('HS') ? createSecretKey(Buffer.from(key)) : createPrivateKey(key);
}

const sign = (
  claims: JWTPayload,
  header: { alg: string; kid?: string; cat?: string },
  key: KeyObject | CryptoKey,
): Promise<string> => new SignJWT(claims).setProtectedHeader({ typ: 'JWT', ...header }).sign(key);
