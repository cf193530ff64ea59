import type { Instance } from '../instance.ts';
import { transact } from '../store/query.ts';
import { createSignInToken } from '../tokens/sign-in-tokens.ts';
import { createUser, findUserByExternalId } from './users.ts';

/** By this the account of "Continue on this computer" is found again. */
export const LOCAL_ACCOUNT_EXTERNAL_ID = 'this-computer';
const TICKET_SECONDS = 60;

/**
 * A ticket for the account that needs neither e-mail nor password: the one there is, else a new one. It is marked in
 * public metadata (`{ local: true }`), since the app has to tell it from the others.
 */
export function createLocalAccountTicket(instance: Instance): { ticket: string; userId: string } {
  return transact(instance.database, () => {
    const user =
      findUserByExternalId(instance, LOCAL_ACCOUNT_EXTERNAL_ID) ??
      createUser(instance, {
        externalId: LOCAL_ACCOUNT_EXTERNAL_ID,
        firstName: 'This',
        lastName: 'computer',
        publicMetadata: { local: true },
      });
    return { ticket: createSignInToken(instance, user.id, TICKET_SECONDS).token, userId: user.id };
  });
}
