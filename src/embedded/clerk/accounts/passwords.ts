import type { ScryptOptions } from 'node:crypto';
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { formError } from '../http/errors.ts';

/** The rules that the environment tells clerk-js, so that both sides refuse the same passwords. */
export const passwordRules = { minLength: 8, maxLength: 72 } as const;

/** OWASP's scrypt setting for 32 MB of memory: about a fifth of a second on a desktop. */
const COST = { logN: 15, r: 8, p: 3 } as const;
const KEY_LENGTH = 32;

/** Refuses a password that breaks the rules, naming the form field it came in. */
export function checkPassword(password: string, param: string): void {
  const length = [...password].length;
  if (length < passwordRules.minLength) {
    throw formError(
      'form_password_length_too_short',
      param,
      `Use ${passwordRules.minLength} characters or more for the password.`,
    );
  }
  if (length > passwordRules.maxLength) {
    throw formError(
      'form_password_length_too_long',
      param,
      `Use at most ${passwordRules.maxLength} characters for the password.`,
    );
  }
}

/** `scrypt$logN$r$p$salt$key`: the setting is kept with the digest, so that it can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.logN, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

export async function verifyPassword(password: string, passwordDigest: string): Promise<boolean> {
  const [scheme, logN, r, p, salt, key] = passwordDigest.split('$');
  if (scheme !== 'scrypt' || !salt || !key) return false;
  const expected = Buffer.from(key, 'base64url');
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  const actual = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

interface Cost {
  logN: number;
  r: number;
  p: number;
}

function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const N = 2 ** cost.logN;
  const options: ScryptOptions = { N, r: cost.r, p: cost.p, maxmem: 256 * N * cost.r };
  // The same letters typed on two keyboards can arrive composed or decomposed (NIST SP 800-63B, 5.1.1.2).
  const normal = password.normalize('NFKC');
  return new Promise((resolve, reject) => {
    scrypt(normal, salt, KEY_LENGTH, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
