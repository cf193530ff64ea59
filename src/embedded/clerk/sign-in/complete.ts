import type { FrontendCall } from '../frontend-api/call.ts';
import { startSession } from '../frontend-api/start-session.ts';
import { transact } from '../store/query.ts';
import { verified } from '../verification/verification.ts';
import { type SignIn, saveSignIn } from './sign-ins.ts';

/** The user has proved who they are: the sign-in ends in a session. */
export function completeSignIn(call: FrontendCall, signIn: SignIn, userId: string, strategy: string): SignIn {
  const { instance } = call;
  return transact(instance.database, () => {
    const session = startSession(call, userId, strategy);
    return saveSignIn(instance, {
      ...signIn,
      userId,
      status: 'complete',
      firstFactor: verified(instance, strategy),
      createdSessionId: session.id,
    });
  });
}
