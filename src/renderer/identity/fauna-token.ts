import type { BurrowApi } from '../../shared/bridge/api.ts';
import type { ConnectionDescription } from '../../shared/connection/description.ts';
import { FailureError, type Outcome } from '../../shared/failure.ts';
import { clerkFailure } from './clerk-failure.ts';
import { withinTime } from './time-limit.ts';

export const TOKEN_LIMIT_MS = 10_000;

interface TokenSource {
  session?:
    | { getToken(options?: { template?: string }): Promise<string | null>; clearCache(): void }
    | null
    | undefined;
}

interface Needs {
  loadClerk: () => Promise<TokenSource>;
  describe: () => Promise<Outcome<ConnectionDescription>>;
  identity: Pick<BurrowApi['identity'], 'provideFaunaToken' | 'cannotProvideFaunaToken'>;
  limitMs?: number;
}

/** Main asked for a Fauna JWT: get one from Clerk, hand it over and drop it, or say why there is none. */
export async function answerFaunaTokenWanted(request: string, needs: Needs): Promise<void> {
  try {
    const token = await withinTime(
      needs.limitMs ?? TOKEN_LIMIT_MS,
      getFaunaToken(needs),
      'Getting a Fauna token from Clerk',
    );
    await needs.identity.provideFaunaToken({ request, token });
  } catch (error) {
    const { code: why, message } = clerkFailure(error);
    // Main tells "try again later" from "something is set up wrongly" by Clerk's own code.
    const code = why === 'clerk-timeout' || why === 'clerk-unreachable' ? 'network_error' : why;
    await needs.identity.cannotProvideFaunaToken({
      request,
      code: code.slice(0, 128),
      message: message.slice(0, 1024),
    });
  }
}

async function getFaunaToken({ loadClerk, describe }: Needs): Promise<string> {
  const [described, clerk] = await Promise.all([describe(), loadClerk()]);
  if (!described.ok) throw new FailureError(described.failure);
  const { session } = clerk;
  if (!session)
    throw new FailureError({ code: 'signed_out', message: 'Nobody is signed in at Clerk.', mend: 'Sign in again.' });
  try {
    const token = await session.getToken({ template: described.value.template });
    if (!token)
      throw new FailureError({
        code: 'no-token',
        message: 'Clerk gave no token for this session.',
        mend: 'Sign in again.',
      });
    return token;
  } finally {
    // clerk-js would keep the JWT in the page until it ends; main is the one that keeps it.
    session.clearCache();
  }
}
