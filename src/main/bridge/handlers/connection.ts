import { type Failure, succeed } from '../../../shared/failure.ts';
import type { Decision } from '../../connection/configuration.ts';
import type { SecretFile } from '../../identity/secret-file.ts';
import type { Handlers } from '../answer.ts';

export const connectionHandlers = (options: {
  decision: Decision;
  clientToken: SecretFile;
  /** Why nothing can be reached for now (the embedded services keep ending), or null. */
  outage: () => Failure | null;
}): Handlers<'connection.describe'> => ({
  'connection.describe': async () => {
    const { connection } = options.decision;
    const problem = options.decision.problem ?? options.outage();
    const { kind, publishableKey, frontendApi, issuer, faunaEndpoint, template } = connection;
    return succeed({
      kind,
      publishableKey,
      frontendApi,
      issuer,
      faunaEndpoint,
      template,
      tokenStorage: await options.clientToken.storage(),
      problem: problem && {
        code: problem.code,
        message: problem.message,
        ...(problem.mend ? { mend: problem.mend } : {}),
      },
    });
  },
});
