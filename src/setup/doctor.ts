import { existsSync, readFileSync } from 'node:fs';
import { type Decision, readConnection } from '../main/connection/configuration.ts';
import type { Fetch } from '../main/connection/fetch.ts';
import type { Subject } from '../main/diagnosis/check.ts';
import { diagnose } from '../main/diagnosis/diagnose.ts';
import { type BackendApi, BackendApiError, createBackendApi } from '../main/identity/backend-api.ts';
import type { CheckResult, Diagnosis } from '../shared/connection/diagnosis.ts';
import { FailureError, fail, failure, type Outcome, succeed } from '../shared/failure.ts';
import { type Settings, UsageError } from './settings.ts';
import { openTestUserSession, openTicketSession, type TestSession } from './test-session.ts';

/** The connection file where there is one, else what flags and environment say. Throws UsageError where there is neither. */
export const connectionOf = (settings: Settings): Decision => {
  if (existsSync(settings.connectionFile)) {
    const text = readFileSync(settings.connectionFile, 'utf8');
    try {
      return readConnection(settings.connectionFile, JSON.parse(text));
    } catch {
      return readConnection(settings.connectionFile, 'not JSON');
    }
  }
  const { publishableKey, faunaEndpoint, frontendApi, template } = settings;
  if (!publishableKey || !faunaEndpoint)
    throw new UsageError(
      `There is no ${settings.connectionFile}: run npm run setup, or give --publishable-key and --fauna-endpoint.`,
    );
  return readConnection('the settings', {
    clerk: { publishableKey, template, ...(frontendApi ? { frontendApi } : {}) },
    fauna: { endpoint: faunaEndpoint },
  });
};

const outcome = async <T>(ask: () => Promise<T>): Promise<Outcome<T>> => {
  try {
    return succeed(await ask());
  } catch (error) {
    if (error instanceof FailureError) return { ok: false, failure: error.failure };
    throw error;
  }
};

const openSession = async (
  settings: Settings,
  api: BackendApi | null,
  fetch: Fetch,
  frontendApi: string,
): Promise<TestSession> => {
  if (!api)
    throw new FailureError(
      failure('no-way-to-sign-in', "needs Clerk's secret key (CLERK_SECRET_KEY), or the Connection screen of the app"),
    );
  const session = settings.signInAs ? null : await openTestUserSession(api);
  if (session) return session;
  if (settings.signInAs) return openTicketSession({ api, fetch, frontendApi, eMail: settings.signInAs });
  throw new FailureError(
    failure(
      'no-way-to-sign-in',
      'Clerk opens no test session here: name a user with --sign-in-as, or use the Connection screen',
    ),
  );
};

/** Every check, from the command line. Rejects with UsageError where nothing says what to look at. */
export const doctor = async (options: {
  settings: Settings;
  fetch: Fetch;
  now?: () => number;
  ended?: (result: CheckResult) => void;
}): Promise<Diagnosis> => {
  const { settings, fetch } = options;
  const { connection, problem } = connectionOf(settings);
  const backendApi = settings.clerkSecretKey
    ? createBackendApi({ backendApi: settings.clerkApi, secretKey: settings.clerkSecretKey, fetch })
    : null;
  let session: TestSession | null = null;
  const subject: Subject = {
    connection,
    problem,
    fetch,
    now: options.now ?? Date.now,
    freshToken: true,
    backendApi,
    faunaKey: settings.faunaDoctorKey ?? settings.faunaKey,
    session: () =>
      outcome(async () => {
        session = await openSession(settings, backendApi, fetch, connection.frontendApi);
        return { userId: session.userId, token: await session.sessionToken() };
      }),
    faunaToken: async () => {
      const open = session;
      if (!open) return fail('not-signed-in', 'There is no session.');
      try {
        return succeed(await open.templateToken(connection.template));
      } catch (error) {
        if (!(error instanceof BackendApiError)) throw error;
        return error.status === 404
          ? fail('template-missing', `Clerk has no JWT template named "${connection.template}".`)
          : { ok: false, failure: error.failure };
      }
    },
  };
  try {
    return await diagnose(subject, { ended: (result) => options.ended?.(result) });
  } finally {
    await (session as TestSession | null)?.close().catch(() => {});
  }
};
