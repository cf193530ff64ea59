import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { SigningKey } from './tokens/signing-key.ts';

/** Milliseconds since 1970. */
export type Clock = () => number;
/** `size` unpredictable bytes. */
export type Random = (size: number) => Uint8Array;

/** Where verification codes go. With none, the instance verifies no e-mail: see docs and resources/environment.ts. */
export interface EmailCodes {
  deliver(to: string, code: string): void | Promise<void>;
}

/** What Clerk calls an instance: one set of users, keys and settings. Every room gets it as its first argument. */
export interface Instance {
  database: DatabaseSync;
  clock: Clock;
  random: Random;
  /** https origin, no slash at the end; the `iss` of every token. */
  issuer: string;
  signingKey: SigningKey;
  secretKey: string;
  emailCodes: EmailCodes | null;
  /** One signed-in account per client at a time, which is Clerk's default. */
  singleSession: boolean;
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `length` characters, each of 62 equally likely ones. */
export function randomText(random: Random, length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of random(length)) {
      // 248 is the largest multiple of 62 that fits a byte; using the rest would favour the first characters.
      if (byte < 248 && text.length < length) text += ALPHABET[byte % 62];
    }
  }
  return text;
}

/** An id in Clerk's form, for example `user_` and 27 characters. */
export const newId = (instance: Pick<Instance, 'random'>, prefix: string): string =>
  `${prefix}_${randomText(instance.random, 27)}`;

/** How a secret is kept: only who holds it can present it, and a stolen file does not give it away. */
export const digest = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
