import type { ClerkResources } from '../../shared/identity/account.ts';
import { bridge } from '../bridge.ts';

interface Snapshots {
  client?: { __internal_toSnapshot(): unknown } | undefined;
  __internal_environment?: { __internal_toSnapshot(): unknown } | null | undefined;
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** Clerk's state as plain data, or null while there is none worth keeping. */
export function takeSnapshot(clerk: Snapshots): ClerkResources | null {
  if (!clerk.client || !clerk.__internal_environment) return null;
  // A detour through JSON: only plain data crosses the bridge.
  return JSON.parse(
    JSON.stringify({
      client: clerk.client.__internal_toSnapshot(),
      environment: clerk.__internal_environment.__internal_toSnapshot(),
    }),
  ) as ClerkResources;
}

/** Gives main what the next start needs without a network. Clerk changes in bursts; the last state of one is kept. */
export function keepResources(clerk: Snapshots): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const snapshot = takeSnapshot(clerk);
    if (snapshot) void bridge.identity.cacheResources(snapshot);
  }, 300);
}

/** After signing out nothing may be kept by a timer still running. */
export function forgetPendingSnapshot(): void {
  clearTimeout(timer);
}
