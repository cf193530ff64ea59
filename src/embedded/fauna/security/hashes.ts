/**
 * Hashes of passwords and of the secrets of keys and tokens: bcrypt, as FaunaDB writes them into `hashed_password` and
 * `hashed_secret` (BCrypt.scala: `$2a$`, 5 rounds). Checks are remembered, since every query checks one.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { encodeBase64, hashSync } from 'bcryptjs';

const PREFIX = '$2a$05$';
export const SALT_BYTES = 16;
const BCRYPT = /^\$2[aby]?\$\d\d\$[./A-Za-z0-9]{53}$/;
const REMEMBERED = 10_000;

/** `salt` is 16 random bytes. */
export const hashText = (text: string, salt: Uint8Array): string =>
  hashSync(text, PREFIX + encodeBase64(Array.from(salt) as never, SALT_BYTES));

const remembered = new Map<string, boolean>();

/** Whether the text is what was hashed. Anything else than a bcrypt hash matches nothing. */
export function hashMatches(text: string, hash: string): boolean {
  if (!BCRYPT.test(hash)) return false;
  const key = createHash('sha256').update(`${hash}\n${text}`).digest('base64');
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const expected = Buffer.from(hash);
  const actual = Buffer.from(hashSync(text, hash.slice(0, 29)));
  const result = expected.length === actual.length && timingSafeEqual(expected, actual);
  if (remembered.size >= REMEMBERED) for (const oldest of remembered.keys()) if (remembered.delete(oldest)) break;
  remembered.set(key, result);
  return result;
}
