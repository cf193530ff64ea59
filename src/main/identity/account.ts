import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Outcome } from '../../shared/failure.ts';
import { FailureError, fail, failure, succeed } from '../../shared/failure.ts';
import { type Account, account } from '../../shared/identity/account.ts';
import { log } from '../logging/log.ts';
import type { EndedTokens } from './ended-tokens.ts';
import type { FrontendApi } from './frontend-api.ts';
import type { SecretFile } from './secret-file.ts';
import type { SessionTokenVerifier } from './session-token.ts';

/** Who is signed in on this computer, as main has verified it. Survives a restart, online or not. */
export interface AccountKeeper {
  current(): Account | null;
  /** The window has a Clerk session: verified here, then remembered. Rejects with FailureError where it cannot be. */
  signIn(sessionToken: string): Promise<Outcome<Account>>;
  /** Forgets the account and its client token at once; the session itself is ended as soon as Clerk can be reached. */
  signOut(): Promise<void>;
  /** Ends the sessions that were signed out of while offline. */
  finishSignOut(): Promise<void>;
}

const accountNotKept = failure(
  'account-not-kept',
  'Burrow could not write down on this computer who is signed in.',
  "Make room on the disk, check that you may write to Burrow's data folder, and sign in again.",
);

const readAccount = (path: string): Account | null => {
  try {
    return account.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Missing or unreadable: the person signs in again; the notes lie elsewhere and are untouched.
    return null;
  }
};

export const createAccountKeeper = (options: {
  /** Holds who is signed in, nothing secret: notes stay readable when the system's key store is lost. */
  file: string;
  verifier: SessionTokenVerifier;
  frontendApi: FrontendApi;
  clientToken: SecretFile;
  /** The client tokens of sessions that still have to be ended at Clerk. */
  endedTokens: EndedTokens;
  changed: (account: Account | null) => void | Promise<void>;
}): AccountKeeper => {
  let current = readAccount(options.file);
  // Raised by every sign-out: a sign-in that began before one must not undo it.
  let signOuts = 0;

  const keep = async (next: Account): Promise<void> => {
    try {
      mkdirSync(dirname(options.file), { recursive: true });
      await writeFileAtomic(options.file, JSON.stringify(next, null, 2), { mode: 0o600 });
    } catch (error) {
      // Signed in without being remembered, the notes of a later start would seem to be gone.
      throw new FailureError(accountNotKept, { cause: error });
    }
  };

  const remember = async (next: Account): Promise<void> => {
    await keep(next);
    const same = JSON.stringify(current) === JSON.stringify(next);
    current = next;
    if (!same) await options.changed(next);
  };

  const finishSignOut = async (): Promise<void> => {
    for (const token of await options.endedTokens.list()) {
      if (await options.frontendApi.endSessions(token)) await options.endedTokens.remove(token);
    }
  };

  return {
    current: () => current,
    signIn: async (sessionToken) => {
      const began = signOuts;
      const verified = await options.verifier.verify(sessionToken);
      if (!verified.ok) return verified;
      const { userId, sessionId } = verified.value;
      const described = await options.frontendApi.accountOf(sessionId);
      const known = current?.userId === userId ? current : null;
      const next =
        described?.userId === userId ? described : (known ?? { userId, label: 'Signed in', email: null, local: false });
      if (signOuts !== began) return fail('signed-out', 'You signed out meanwhile.', 'Sign in again.');
      await remember(next);
      return succeed(next);
    },
    signOut: async () => {
      signOuts += 1;
      const token = await options.clientToken.read();
      // A disk that is full must not keep anybody signed in: at worst the session lives on at Clerk until it ends there.
      if (token)
        await options.endedTokens
          .add(token)
          .catch((error) => log.warn('sign-out: the token to end was not kept', error));
      await options.clientToken.clear();
      rmSync(options.file, { force: true });
      current = null;
      await options.changed(null);
      // Nobody waits for Clerk to be signed out here; what fails is tried again when the network is back.
      void finishSignOut().catch((error) => log.warn('sign-out: the session was not ended', error));
    },
    finishSignOut,
  };
};
