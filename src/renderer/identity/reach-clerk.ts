import { withinTime } from './time-limit.ts';

const REACH_LIMIT_MS = 20_000;

/**
 * Resolves when Clerk answers, else rejects with what it said. Without anything kept from an earlier start clerk-js
 * would wait for the better part of a minute and then show an empty form; this is known at once.
 */
export async function reachClerk(fetchPage: typeof fetch = fetch): Promise<void> {
  const answer = await withinTime(REACH_LIMIT_MS, fetchPage('/__clerk/v1/environment'), 'Reaching Clerk');
  if (answer.ok) return;
  const body = (await answer.json().catch(() => ({}))) as { errors?: { code: string; message: string }[] };
  throw Object.assign(new Error('Clerk refused'), { status: answer.status, errors: body.errors ?? [] });
}
