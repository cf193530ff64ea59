import { tooManyRequests } from '../http/errors.ts';
import type { Instance } from '../instance.ts';
import { one, run, transact } from '../store/query.ts';

export interface Limit {
  /** How many attempts a window allows. */
  attempts: number;
  windowMs: number;
}

/**
 * Counts an attempt before it is made, so that attempts made at the same time cannot slip past the limit together.
 * Kept in the database, so that a restart does not give a guesser new attempts. Throws 429 with Retry-After.
 */
export function countAttempt({ database, clock }: Instance, subject: string, limit: Limit): void {
  transact(database, () => {
    const now = clock();
    const row = one<{ count: number; window_ends_at: number }>(
      database,
      'SELECT count, window_ends_at FROM attempts WHERE subject = ?',
      subject,
    );
    const open = row !== undefined && row.window_ends_at > now;
    if (open && row.count >= limit.attempts) {
      throw tooManyRequests(Math.max(1, Math.ceil((row.window_ends_at - now) / 1000)));
    }
    run(
      database,
      `INSERT INTO attempts (subject, count, window_ends_at) VALUES (?, ?, ?)
       ON CONFLICT (subject) DO UPDATE SET count = excluded.count, window_ends_at = excluded.window_ends_at`,
      subject,
      open ? row.count + 1 : 1,
      open ? row.window_ends_at : now + limit.windowMs,
    );
  });
}

/** After a success: what came before was a person remembering, not a guesser. */
export function forgetAttempts({ database }: Instance, subject: string): void {
  run(database, 'DELETE FROM attempts WHERE subject = ?', subject);
}
