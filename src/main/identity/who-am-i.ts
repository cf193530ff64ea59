import faunadb from 'faunadb';
import { type Failure, failure, type Outcome, succeed } from '../../shared/failure.ts';
import type { IdentityLink, IdentityReport } from '../../shared/identity/who-am-i.ts';
import type { Fetch } from '../connection/fetch.ts';
import { createFaunaClient } from '../fauna/client.ts';
import { explainFaunaError } from '../fauna/failures.ts';
import { names } from '../fauna/schema/definition.ts';
import type { SessionTokenVerifier } from './session-token.ts';
import type { TokenBroker } from './token-broker.ts';

const q = faunadb.query;

/** The id, and proof that it is of use: a token whose role is gone still has an identity, but may read nothing. */
const identityThatMayRead = q.Let(
  { me: q.CurrentIdentity() },
  q.Do(q.Paginate(q.Match(q.Index(names.changesIndex), q.Var('me')), { size: 1 }), q.Var('me')),
);

const notSignedIn = failure('not-signed-in', 'Nobody is signed in to Clerk in this window.', 'Sign in first.');

/**
 * Asks every link of the chain who the user is: Clerk in the window, main by Clerk's published keys, Fauna by
 * `CurrentIdentity()`. A link that fails says why; the others still answer.
 */
export const createWhoAmI = (options: {
  verifier: SessionTokenVerifier;
  broker: TokenBroker;
  faunaEndpoint: string;
  fetch: Fetch;
  now: () => number;
}) => {
  const link = async (name: IdentityLink['name'], ask: () => Promise<Outcome<string>>): Promise<IdentityLink> => {
    const start = options.now();
    const answer = await ask();
    const ms = options.now() - start;
    return answer.ok
      ? { name, userId: answer.value, ms, failure: null }
      : { name, userId: null, ms, failure: withMend(answer.failure) };
  };

  const askFauna = async (): Promise<Outcome<string>> => {
    const token = await options.broker.get();
    if (!token.ok) return token;
    const client = createFaunaClient({
      endpoint: options.faunaEndpoint,
      secret: token.value.secret,
      fetch: options.fetch,
    });
    try {
      return succeed(await client.query<string>(identityThatMayRead));
    } catch (error) {
      const why = explainFaunaError(error);
      if (why.code === 'fauna-refused-token') options.broker.forget();
      return { ok: false, failure: why };
    }
  };

  return async (window: { clerkUserId: string | null; sessionToken: string | null }): Promise<IdentityReport> => {
    const start = options.now();
    const links = [
      await link('clerk', async () =>
        window.clerkUserId ? succeed(window.clerkUserId) : { ok: false, failure: notSignedIn },
      ),
      await link('main', async () => {
        if (!window.sessionToken) return { ok: false, failure: notSignedIn };
        const verified = await options.verifier.verify(window.sessionToken);
        return verified.ok ? succeed(verified.value.userId) : verified;
      }),
      await link('fauna', askFauna),
    ];
    const token = await options.broker.get();
    return {
      links,
      agree: links.every((one) => one.userId !== null && one.userId === links[0]?.userId),
      claims: token.ok ? token.value.claims : null,
      ms: options.now() - start,
    };
  };
};

const withMend = ({ code, message, mend }: Failure) =>
  mend === undefined ? { code, message } : { code, message, mend };
export type WhoAmI = ReturnType<typeof createWhoAmI>;
