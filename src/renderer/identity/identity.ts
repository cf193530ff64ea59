import type { Failure, Outcome } from '../../shared/failure.ts';
import { FailureError } from '../../shared/failure.ts';
import type { Account } from '../../shared/identity/account.ts';
import { bridge } from '../bridge.ts';
import { createStore } from '../store.ts';
import { loadClerk, onClerkChange, recover } from './clerk.ts';
import { clerkFailure } from './clerk-failure.ts';
import type { Clerk } from './clerk-instance.ts';
import { answerFaunaTokenWanted, TOKEN_LIMIT_MS } from './fauna-token.ts';
import { forgetPendingSnapshot, keepResources } from './offline-cache.ts';
import { withinTime } from './time-limit.ts';

/** `undefined` until main has said who uses this window. Main decides; Clerk in the window only applies. */
export const account = createStore<Account | null | undefined>(undefined);
/** Why a Clerk session did not become an account of this window. */
export const handoverFailure = createStore<Failure | null>(null);

/** Counts the sessions that main has verified since the page was loaded. */
export const handovers = createStore(0);

let handedOver: string | undefined;
/** True until Clerk has said for the first time who is signed in: then main, which kept the account, knows already. */
let atStart = true;

/** Asks main who is signed in, and answers its wishes for tokens from now on. */
export async function startIdentity(): Promise<void> {
  bridge.on('identity.changed', (next) => {
    const before = account.get();
    // Another account must not meet anything that the page still holds of the last one.
    if (before && before.userId !== next?.userId) return startOver();
    account.set(next);
  });
  bridge.on('identity.faunaTokenWanted', ({ request }) => {
    void answerFaunaTokenWanted(request, {
      loadClerk: loadFreshClerk,
      describe: bridge.connection.describe,
      identity: bridge.identity,
    });
  });
  onClerkChange((clerk) => void handOver(clerk));
  // After the listeners: main takes this question as the sign that it is heard, and asks again what it asked before.
  const current = await bridge.identity.current();
  account.set(current.ok ? current.value : null);
}

/** Main wants a token, so it can reach Clerk again: leave what was kept from an earlier start. */
async function loadFreshClerk(): Promise<Clerk> {
  const clerk = await loadClerk();
  await recover(clerk);
  return clerk;
}

/** Clerk has a session: main verifies its token and opens that account's notes. */
export async function handOver(clerk: Clerk, again = false): Promise<void> {
  const { session, user } = clerk;
  const known = atStart && user?.id === account.get()?.userId;
  atStart = false;
  if (!session || !user) {
    handedOver = undefined;
    return;
  }
  const visit = `${session.id} ${user.updatedAt?.getTime() ?? 0}`;
  if (visit === handedOver && !again) return;
  handedOver = visit;
  if (known && !again) return;
  handoverFailure.set(null);
  try {
    const sessionToken = await withinTime(TOKEN_LIMIT_MS, session.getToken(), 'Getting a session token from Clerk');
    if (!sessionToken)
      throw new FailureError({
        code: 'no-token',
        message: 'Clerk gave no token for this session.',
        mend: 'Sign in again.',
      });
    const verified = await bridge.identity.signedIn({ sessionToken });
    if (!verified.ok) throw new FailureError(verified.failure);
    history.replaceState(null, '', '/');
    account.set(verified.value);
    handovers.set((count) => count + 1);
    // Main keeps Clerk's resources only for an account it knows.
    keepResources(clerk);
  } catch (error) {
    handoverFailure.set(clerkFailure(error));
  }
}

/** A local account, made and opened without asking anything (Clerk's ticket strategy). */
export async function continueOnThisComputer(): Promise<Failure | null> {
  try {
    const clerk = await loadClerk();
    const ticket = await bridge.identity.continueOnThisComputer();
    if (!ticket.ok) return ticket.failure;
    if (!clerk.client)
      throw new FailureError({ code: 'clerk-not-ready', message: 'Clerk is not ready yet.', mend: 'Try again.' });
    const signIn = await clerk.client.signIn.create({ strategy: 'ticket', ticket: ticket.value.ticket });
    await clerk.setActive({ session: signIn.createdSessionId });
    return null;
  } catch (error) {
    return clerkFailure(error);
  }
}

/** Asks main to sign out. When it refuses, the answer names the notes that are not synced. */
export async function signOut(leaveUnsynced: boolean) {
  const outcome = await bridge.identity.signOut({ leaveUnsynced });
  if (outcome.ok && outcome.value.signedOut) startOver();
  return outcome;
}

/** Who Clerk says is here, and the proof of it for main; null, with the reason, where Clerk cannot say. */
export async function clerkIdentity(): Promise<{
  clerkUserId: string | null;
  sessionToken: string | null;
  failure: Failure | null;
}> {
  try {
    const clerk = await withinTime(TOKEN_LIMIT_MS, loadClerk(), 'Starting Clerk');
    const sessionToken = clerk.session
      ? await withinTime(TOKEN_LIMIT_MS, clerk.session.getToken(), 'Getting a session token from Clerk')
      : null;
    return { clerkUserId: clerk.user?.id ?? null, sessionToken, failure: null };
  } catch (error) {
    return { clerkUserId: null, sessionToken: null, failure: clerkFailure(error) };
  }
}

/** Opens Clerk's own profile over the window. */
export async function openProfile(): Promise<Outcome<undefined>> {
  try {
    (await loadClerk()).openUserProfile();
    return { ok: true, value: undefined };
  } catch (error) {
    return { ok: false, failure: clerkFailure(error) };
  }
}

/** A fresh page holds nothing of the account that was here. Main has ended the session and dropped its tokens. */
function startOver(): void {
  forgetPendingSnapshot();
  history.replaceState(null, '', '/');
  location.reload();
}
