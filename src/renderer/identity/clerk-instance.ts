/** The one module that brings clerk-js and its interface along. Only `clerk.ts` imports it, lazily. */
import { Clerk } from '@clerk/clerk-js/no-rhc';
import { ui } from '@clerk/ui/no-rhc';
import type { ConnectionDescription } from '../../shared/connection/description.ts';
import type { ClerkResources } from '../../shared/identity/account.ts';
import { cspNonce } from '../csp-nonce.ts';
import { clerkAppearance } from './clerk-appearance.ts';

export type { Clerk };

type CachedResources = Awaited<ReturnType<NonNullable<Clerk['__internal_getCachedResources']>>>;

/** Clerk's components navigate by themselves inside their box; where to go after signing in is Burrow's decision. */
const stay = async () => {};

/** Pictures pass through the bridge's proxy, which takes less than Clerk says. */
const clerkWords = {
  userProfile: { profilePage: { fileDropAreaHint: 'Recommended size 1:1, up to 512 kB.' } },
};

export async function createClerk(description: ConnectionDescription, kept: ClerkResources | null): Promise<Clerk> {
  // Main answers /__clerk on the page's own origin and adds the client token there (docs/identity.md).
  const clerk = new Clerk(description.publishableKey, { proxyUrl: '/__clerk' });
  // Set only where there is something: given nothing, clerk-js would start with an empty environment.
  if (kept) clerk.__internal_getCachedResources = async () => kept as CachedResources;
  const options: Parameters<Clerk['load']>[0] & { nonce: string } = {
    // The typing asks for Clerk's brand on `ui`, which its own bundle without remote code also carries.
    ui: ui as never,
    appearance: clerkAppearance,
    standardBrowser: false,
    telemetry: false,
    localization: clerkWords,
    // A team's own Clerk names its own address.
    ...(description.kind === 'embedded' ? { supportEmail: 'help@burrow.example' } : {}),
    // Not in the typing of `load`, but what its interface styles itself with.
    nonce: cspNonce(),
    routerPush: stay,
    routerReplace: stay,
    allowedRedirectProtocols: ['burrow:'],
    unsafe_disableDevelopmentModeConsoleWarning: true,
    experimental: { rethrowOfflineNetworkErrors: true, runtimeEnvironment: 'headless' },
  };
  await clerk.load(options);
  return clerk;
}
