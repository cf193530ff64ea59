/** Passwords of credentials, by scrypt: `scrypt$<salt>$<hash>`. */
import { scryptSync, timingSafeEqual } from 'node:crypto';

const LENGTH = 32;
const COST = { N: 4096, r: 8, p: 1 };

export function hashPassword(password: string, salt: Uint8Array): string {
  const hash = scryptSync(password, salt, LENGTH, COST);
  return `scrypt$${Buffer.from(salt).toString('base64url')}$${hash.toString('base64url')}`;
}

export function passwordMatches(password: string, stored: string): boolean {
  const [scheme, salt, hash] = stored.split('$');
  if (scheme !== 'scrypt' || !salt || !hash) return false;
  const expected = Buffer.from(hash, 'base64url');
  const actual = scryptSync(password, Buffer.from(salt, 'base64url'), LENGTH, COST);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
