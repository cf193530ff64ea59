import { verifyPassword } from '../accounts/passwords.ts';
import { requireUser } from '../accounts/users.ts';
import { formError } from '../http/errors.ts';
import type { Instance } from '../instance.ts';
import { countAttempt, forgetAttempts } from '../limits/attempts.ts';

const ATTEMPTS = { attempts: 10, windowMs: 5 * 60 * 1000 };

/**
 * Checks a user's password; wrong ones count. Errors: `form_password_incorrect`, `strategy_for_user_invalid` (no
 * password), `too_many_requests`. An unknown user is never told from a known one by time here: the API says outright
 * that an account is unknown, as Clerk's does by default.
 */
export async function requirePassword(
  instance: Instance,
  userId: string,
  password: string,
  param = 'password',
): Promise<void> {
  const { passwordDigest } = requireUser(instance, userId);
  if (passwordDigest === null) {
    throw formError('strategy_for_user_invalid', 'strategy', 'This account has no password.');
  }
  const subject = `password:${userId}`;
  countAttempt(instance, subject, ATTEMPTS);
  if (!(await verifyPassword(password, passwordDigest))) {
    throw formError('form_password_incorrect', param, 'This is not the right password. Try again.');
  }
  forgetAttempts(instance, subject);
}
