// The page of clerk-js.test.ts: the real clerk-js and Clerk's prebuilt UI, wired as the app's window wires them.
import { Clerk } from '@clerk/clerk-js/no-rhc';
import { ui } from '@clerk/ui/no-rhc';

const root = document.getElementById('app');

async function start(publishableKey, nonce) {
  const clerk = new Clerk(publishableKey, { proxyUrl: '/__clerk' });
  window.clerk = clerk;
  window.visited = [];
  const navigate = (to) => window.visited.push(to);
  await clerk.load({
    standardBrowser: false,
    telemetry: false,
    nonce,
    ui: { ClerkUI: ui.ClerkUI },
    routerPush: navigate,
    routerReplace: navigate,
    experimental: { rethrowOfflineNetworkErrors: true, runtimeEnvironment: 'headless' },
  });
  return clerk.user?.id ?? null;
}

/** clerk-js throws errors that lose their class on the way to the test. */
async function outcome(work) {
  try {
    return { value: (await work()) ?? null };
  } catch (error) {
    return {
      status: error.status,
      errors: (error.errors ?? []).map(({ code, meta }) => [code, meta?.paramName ?? null]),
      text: String(error),
    };
  }
}

window.harness = {
  start,
  outcome,
  signInForm: () =>
    window.clerk.mountSignIn(root, {
      routing: 'hash',
      withSignUp: true,
      fallbackRedirectUrl: '/home',
      signUpFallbackRedirectUrl: '/home',
    }),
  profile: () => window.clerk.openUserProfile(),
  clear: () => {
    window.clerk.unmountSignIn(root);
    window.clerk.closeUserProfile();
    window.location.hash = '';
  },
};
