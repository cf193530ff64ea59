/**
 * Hashes of passwords and of the secrets of keys and tokens: bcrypt, as FaunaDB writes them into `hashed_password` and
 * `hashed_secret` (BCrypt.scala: `$2a$`, 5 rounds). Checks are remembered, since every query checks one, and those that
 * came out true are told to the serving thread, which computes none itself.
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
/** Of the checks that came out true since another thread was last told. */
let proven: string[] = [];

const digestOf = (text: string, hash: string): string =>
  createHash('sha256').update(`${hash}\n${text}`).digest('base64');

/** What a check said before; undefined if it would have to be computed, which takes milliseconds. */
export const rememberedMatch = (text: string, hash: string): boolean | undefined =>
  BCRYPT.test(hash) ? remembered.get(digestOf(text, hash)) : false;

/** Whether the text is what was hashed. Anything else than a bcrypt hash matches nothing. */
export function hashMatches(text: string, hash: string): boolean {
  const known = rememberedMatch(text, hash);
  if (known !== undefined) return known;
  const expected = Buffer.from(hash);
  const actual = Buffer.from(hashSync(text, hash.slice(0, 29)));
  const result = expected.length === actual.length && timingSafeEqual(expected, actual);
  const digest = digestOf(text, hash);
  remember(digest, result);
  if (result && proven.length < REMEMBERED) proven.push(digest);
  return result;
}

function remember(digest: string, result: boolean): void {
  if (remembered.size >= REMEMBERED) for (const oldest of remembered.keys()) if (remembered.delete(oldest)) break;
  remembered.set(digest, result);
}

/** What this thread has found true, for another to remember. */
export function takeProven(): readonly string[] {
  const taken = proven;
  if (taken.length > 0) proven = [];
  return taken;
}

export function rememberProven(digests: readonly string[]): void {
  for (const digest of digests) remember(digest, true);
}
