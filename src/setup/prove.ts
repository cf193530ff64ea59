import faunadb from 'faunadb';
import type { Fetch } from '../main/connection/fetch.ts';
import { createFaunaClient } from '../main/fauna/client.ts';
import { explainFaunaError } from '../main/fauna/failures.ts';
import { BackendApiError } from '../main/identity/backend-api.ts';
import { type Failure, FailureError, failure } from '../shared/failure.ts';
import type { TestSession } from './test-session.ts';

export interface Proof {
  ok: boolean;
  by: TestSession['by'];
  /** According to Clerk, and to Fauna. */
  clerk: string;
  fauna: string | null;
  ms: number;
  failure: Failure | null;
}

const reason = (error: unknown, template: string): Failure => {
  if (error instanceof BackendApiError && error.status === 404)
    return failure('template-missing', `Clerk has no JWT template named "${template}".`, 'Run set-up again.');
  return error instanceof FailureError ? error.failure : explainFaunaError(error);
};

/** A real token of the template, and Fauna's own word on whom it stands for. Never rejects. */
export const prove = async (options: {
  session: TestSession;
  template: string;
  endpoint: string;
  fetch: Fetch;
}): Promise<Proof> => {
  const start = performance.now();
  const { session } = options;
  const result = (fauna: string | null, why: Failure | null): Proof => ({
    ok: why === null,
    by: session.by,
    clerk: session.userId,
    fauna,
    ms: Math.round(performance.now() - start),
    failure: why,
  });
  try {
    const secret = await session.templateToken(options.template);
    const client = createFaunaClient({ endpoint: options.endpoint, secret, fetch: options.fetch });
    const fauna = await client.query<string>(faunadb.query.CurrentIdentity());
    if (fauna === session.userId) return result(fauna, null);
    return result(
      fauna,
      failure('other-user', `Clerk says ${session.userId}, Fauna says ${fauna}.`, 'Run npm run doctor.'),
    );
  } catch (error) {
    return result(null, reason(error, options.template));
  }
};
