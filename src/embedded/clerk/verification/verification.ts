import { randomBytes } from 'node:crypto';
import { apiError, formError } from '../http/errors.ts';
import type { Instance } from '../instance.ts';
import { digest, newId } from '../instance.ts';
import { countAttempt } from '../limits/attempts.ts';

/** How far the proof of one thing has come: an e-mail address, or who is signing in. */
export interface Verification {
  id: string;
  strategy: string;
  status: 'unverified' | 'verified' | 'failed' | 'expired';
  attempts: number;
  expireAt: number | null;
  /** Of the code, salted; null where there is none to type. */
  codeDigest: string | null;
  salt: string;
}

const CODE_LIFETIME_MS = 10 * 60 * 1000;
const CODE_ATTEMPTS = 5;
const DELIVERIES = { attempts: 5, windowMs: 10 * 60 * 1000 };

export const verified = (instance: Instance, strategy: string): Verification => ({
  id: newId(instance, 'ver'),
  strategy,
  status: 'verified',
  attempts: 1,
  expireAt: null,
  codeDigest: null,
  salt: '',
});

/** Makes a six-digit code, hands it to the instance's delivery, and returns what is needed to check it. */
export async function sendCode(instance: Instance, to: string, strategy: string): Promise<Verification> {
  if (!instance.emailCodes) {
    throw formError('strategy_for_user_invalid', 'strategy', 'This Clerk has no way to send e-mail.');
  }
  countAttempt(instance, `deliver:${to}`, DELIVERIES);
  const code = sixDigits(instance);
  await instance.emailCodes.deliver(to, code);
  const salt = randomBytes(16).toString('base64url');
  return {
    id: newId(instance, 'ver'),
    strategy,
    status: 'unverified',
    attempts: 0,
    expireAt: instance.clock() + CODE_LIFETIME_MS,
    codeDigest: digest(salt + code),
    salt,
  };
}

/**
 * Checks a code. `save` is called with the new state before an error is thrown, so that a wrong attempt counts.
 * Errors: `form_code_incorrect` (422), `verification_failed`, `verification_expired`, `verification_missing` (400).
 */
export function attemptCode(
  instance: Instance,
  verification: Verification | null,
  code: string,
  save: (next: Verification) => void,
): void {
  if (!verification?.codeDigest) {
    throw apiError(400, 'verification_missing', 'No code was sent yet. Ask for a code first.');
  }
  if (verification.status === 'verified') {
    throw apiError(400, 'verification_already_verified', 'This was verified already.');
  }
  if (verification.attempts >= CODE_ATTEMPTS) throw failed();
  if (verification.expireAt !== null && verification.expireAt <= instance.clock()) {
    save({ ...verification, status: 'expired' });
    throw apiError(400, 'verification_expired', 'This code is no longer valid. Ask for a new one.');
  }
  const attempts = verification.attempts + 1;
  if (digest(verification.salt + code) === verification.codeDigest) {
    save({ ...verification, attempts, status: 'verified', codeDigest: null });
    return;
  }
  save({ ...verification, attempts, status: attempts >= CODE_ATTEMPTS ? 'failed' : 'unverified' });
  if (attempts >= CODE_ATTEMPTS) throw failed();
  throw formError('form_code_incorrect', 'code', 'This is not the code that was sent.');
}

const failed = () =>
  apiError(400, 'verification_failed', 'Too many wrong codes. Ask for a new code, or use another way.');

function sixDigits({ random }: Instance): string {
  for (;;) {
    const [a = 0, b = 0, c = 0] = random(3);
    const number = (a << 16) | (b << 8) | c;
    // 16 is how often a million fits in 24 bits; numbers above would make some codes likelier.
    if (number < 16_000_000) return String(number % 1_000_000).padStart(6, '0');
  }
}
