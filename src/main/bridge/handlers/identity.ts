import { fail, succeed } from '../../../shared/failure.ts';
import type { AccountKeeper } from '../../identity/account.ts';
import { readCachedResources, writeCachedResources } from '../../identity/cached-resources.ts';
import type { LocalAccount } from '../../identity/local-account.ts';
import type { SecretFile } from '../../identity/secret-file.ts';
import type { WhoAmI } from '../../identity/who-am-i.ts';
import type { WindowTokenSource } from '../../identity/window-token-source.ts';
import type { Workspace } from '../../workspace.ts';
import type { Handlers } from '../answer.ts';

export const identityHandlers = (options: {
  accounts: AccountKeeper;
  localAccount: LocalAccount | null;
  windowTokens: WindowTokenSource;
  whoAmI: WhoAmI;
  resources: SecretFile;
  workspace: Workspace;
}): Handlers<Extract<keyof Handlers, `identity.${string}`>> => ({
  'identity.current': () => {
    // The first question of every page, once it hears what main asks.
    options.windowTokens.listening();
    return succeed(options.accounts.current());
  },
  'identity.continueOnThisComputer': async () =>
    options.localAccount
      ? options.localAccount.ticket()
      : fail(
          'not-embedded',
          'Burrow is connected to your own servers, so there is no account on this computer.',
          'Sign in with your account.',
        ),
  'identity.signedIn': async ({ sessionToken }) => {
    const signedIn = await options.accounts.signIn(sessionToken);
    // The same person again, after the session had ended: a sync that waits for a token need not wait longer.
    if (signedIn.ok) options.workspace.reconnected();
    return signedIn;
  },
  'identity.signOut': async ({ leaveUnsynced }) => {
    const unsynced = await options.workspace.unsynced();
    if (unsynced.length > 0 && !leaveUnsynced) return succeed({ signedOut: false, unsynced });
    await options.accounts.signOut();
    await options.resources.clear();
    return succeed({ signedOut: true, unsynced });
  },
  'identity.provideFaunaToken': ({ request, token }) =>
    options.windowTokens.provide(request, token) ? succeed(undefined) : nobodyAsked,
  'identity.cannotProvideFaunaToken': ({ request, code, message }) =>
    options.windowTokens.cannotProvide(request, code, message) ? succeed(undefined) : nobodyAsked,
  'identity.whoAmI': async (window) => succeed(await options.whoAmI(window)),
  'identity.cachedResources': async () => succeed(await readCachedResources(options.resources)),
  'identity.cacheResources': async (resources) => {
    // A snapshot that arrives after the sign-out must not sign the next start in again.
    if (options.accounts.current()) await writeCachedResources(options.resources, resources);
    return succeed(undefined);
  },
});

const nobodyAsked = fail('nobody-asked', 'Burrow did not ask for this token, so it was dropped.');
