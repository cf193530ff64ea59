import { RequestError } from '../fauna/request-failure.ts';
import type { EngineState } from './report.ts';
import { failureOf, TokenError } from './session.ts';

/** Codes of the token's way from Clerk that a network coming back mends. */
const PASSING = new Set(['clerk-unreachable', 'token-timeout', 'embedded-stack-failed']);

/** What a failed round means to the person: nothing to do, sign in, or look at the reason. */
export const problemOf = (error: unknown): NonNullable<EngineState['problem']> => {
  const failure = failureOf(error);
  if (error instanceof TokenError) {
    if (failure.code === 'not-signed-in') return { state: 'needs-sign-in', failure };
    return { state: PASSING.has(failure.code) ? 'offline' : 'failed', failure };
  }
  const offline = error instanceof RequestError && (error.problem === 'unreachable' || error.problem === 'busy');
  return { state: offline ? 'offline' : 'failed', failure };
};
