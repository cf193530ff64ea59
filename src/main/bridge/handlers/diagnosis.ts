import type { ConnectionFile } from '../../../shared/connection/configuration.ts';
import { FailureError, fail, type Outcome, succeed } from '../../../shared/failure.ts';
import { chooseConnection, forgetChoice } from '../../connection/chosen-file.ts';
import { type Decision, readConnection } from '../../connection/configuration.ts';
import type { Fetch } from '../../connection/fetch.ts';
import type { Subject } from '../../diagnosis/check.ts';
import { checks, diagnose } from '../../diagnosis/diagnose.ts';
import type { Handlers } from '../answer.ts';
import type { Tell } from '../tell.ts';

const notSignedIn = fail('not-signed-in', 'Nobody is signed in to Clerk in this window.', 'Sign in first.');

/** What can be asked of servers before anybody has signed in to them. */
const BEFORE_SIGN_IN = new Set([
  'publishable-key',
  'frontend-api',
  'environment',
  'native-api',
  'jwks',
  'fauna',
  'fauna-version',
]);

/** The checks of docs/doctor.md in the app, which holds no secret key: by the person's own session and token. */
export const diagnosisHandlers = (options: {
  decision: Decision;
  fetch: Fetch;
  ready: () => Promise<void>;
  faunaToken: () => Promise<Outcome<string>>;
  chosenFile: string;
  tell: Tell;
}): Handlers<'connection.diagnose' | 'connection.choose' | 'connection.useEmbedded'> => {
  const without: Omit<Subject, 'connection' | 'problem' | 'fetch'> = {
    now: Date.now,
    session: async () => notSignedIn,
    faunaToken: async () => notSignedIn,
    freshToken: false,
    backendApi: null,
    faunaKey: null,
  };
  return {
    'connection.diagnose': async ({ clerkUserId, sessionToken }) =>
      succeed(
        await diagnose(
          {
            ...without,
            connection: options.decision.connection,
            problem: options.decision.problem,
            fetch: options.fetch,
            session: async () =>
              clerkUserId && sessionToken ? succeed({ userId: clerkUserId, token: sessionToken }) : notSignedIn,
            faunaToken: async () => {
              await options.ready().catch(() => {});
              return options.faunaToken();
            },
          },
          { ended: (result, of) => options.tell('connection.checked', { result, of }) },
        ),
      ),
    'connection.choose': async ({ file, unchecked }) => {
      const { connection, problem } = readConnection('it', file);
      if (problem) throw new FailureError(problem);
      const reachable = await diagnose(
        { ...without, connection, problem: null, fetch: (url, init) => fetch(url, init) },
        { only: checks.filter(({ id }) => BEFORE_SIGN_IN.has(id)) },
      );
      const saved = reachable.ok || unchecked;
      if (saved) chooseConnection(options.chosenFile, file satisfies ConnectionFile);
      return succeed({ saved, checks: reachable.checks });
    },
    'connection.useEmbedded': () => {
      forgetChoice(options.chosenFile);
      return succeed(undefined);
    },
  };
};
