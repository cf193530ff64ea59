import { addEmailAddress } from '../accounts/email-addresses.ts';
import { createUser, updateUser } from '../accounts/users.ts';
import type { FrontendCall } from '../frontend-api/call.ts';
import { startSession } from '../frontend-api/start-session.ts';
import { transact } from '../store/query.ts';
import { verified } from '../verification/verification.ts';
import { missingFields, type SignUp, saveSignUp, unverifiedFields } from './sign-ups.ts';

/**
 * Saves the sign-up, and where nothing is missing turns it into a user who is signed in. On an instance without a
 * mailbox the address counts as verified by the instance (strategy `admin`), as Clerk has it for addresses that the
 * Backend API adds: a badge "unverified" would ask for something that cannot be done.
 */
export function completeWhenReady(call: FrontendCall, signUp: SignUp): SignUp {
  const { instance } = call;
  return transact(instance.database, () => {
    const { emailAddress } = signUp;
    const ready = missingFields(signUp).length === 0 && unverifiedFields(instance, signUp).length === 0;
    if (!ready || emailAddress === null) return saveSignUp(instance, signUp);
    const user = createUser(instance, {
      firstName: signUp.firstName,
      lastName: signUp.lastName,
      passwordDigest: signUp.passwordDigest,
      passwordUpdatedAt: instance.clock(),
      unsafeMetadata: signUp.unsafeMetadata,
    });
    const verification = signUp.verification ?? verified(instance, 'admin');
    const { id } = addEmailAddress(instance, user.id, emailAddress, verification);
    updateUser(instance, user.id, { primaryEmailAddressId: id });
    const session = startSession(call, user.id, 'password');
    return saveSignUp(instance, {
      ...signUp,
      status: 'complete',
      // It is the user's now; nothing is gained by keeping it twice.
      passwordDigest: null,
      createdUserId: user.id,
      createdSessionId: session.id,
    });
  });
}
