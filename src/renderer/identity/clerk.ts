import type { ConnectionDescription } from '../../shared/connection/description.ts';
import type { Failure } from '../../shared/failure.ts';
import { FailureError } from '../../shared/failure.ts';
import { bridge } from '../bridge.ts';
import { createStore } from '../store.ts';
import { clerkFailure } from './clerk-failure.ts';
import type { Clerk } from './clerk-instance.ts';
import { keepResources } from './offline-cache.ts';
import { reachClerk } from './reach-clerk.ts';
import { withinTime } from './time-limit.ts';

export type ClerkState =
  | { kind: 'idle' }
  | { kind: 'loading' }
  | { kind: 'failed'; failure: Failure }
  /** `userId` is null when nobody is signed in at Clerk; `degraded` when it runs on what was kept. */
  | { kind: 'ready'; userId: string | null; degraded: boolean };

export const clerkState = createStore<ClerkState>({ kind: 'idle' });

const LOAD_LIMIT_MS = 20_000;
let loading: Promise<Clerk> | undefined;
const listeners = new Set<(clerk: Clerk) => void>();

/** Calls `listener` whenever Clerk's resources change, once it is loaded. */
export function onClerkChange(listener: (clerk: Clerk) => void): void {
  listeners.add(listener);
}

/** The Clerk of this window, loaded at the first call. A failed load is forgotten, so that the next call tries again. */
export function loadClerk(): Promise<Clerk> {
  loading ??= start().catch((error: unknown) => {
    loading = undefined;
    const failure = clerkFailure(error);
    clerkState.set({ kind: 'failed', failure });
    throw new FailureError(failure, { cause: error });
  });
  return loading;
}

async function start(): Promise<Clerk> {
  clerkState.set({ kind: 'loading' });
  const described = await bridge.connection.describe();
  if (!described.ok) throw new FailureError(described.failure);
  if (described.value.problem) throw new FailureError(described.value.problem);
  reachableWithoutNetwork(described.value);
  const cached = await bridge.identity.cachedResources();
  const kept = cached.ok ? cached.value : null;
  const [{ createClerk }] = await Promise.all([import('./clerk-instance.ts'), kept ? undefined : reachClerk()]);
  const clerk = await withinTime(LOAD_LIMIT_MS, createClerk(described.value, kept), 'Starting Clerk');
  clerk.addListener(() => announce(clerk));
  announce(clerk);
  window.addEventListener('online', () => void recover(clerk));
  return clerk;
}

function announce(clerk: Clerk): void {
  clerkState.set({ kind: 'ready', userId: clerk.user?.id ?? null, degraded: clerk.status === 'degraded' });
  if (clerk.status !== 'degraded') keepResources(clerk);
  for (const listener of listeners) listener(clerk);
}

/** Leaves the kept resources for fresh ones once Clerk answers again. */
export async function recover(clerk: Clerk): Promise<void> {
  if (clerk.status !== 'degraded') return;
  await clerk.__internal_reloadInitialResources().catch(() => undefined);
  announce(clerk);
}

/**
 * The embedded stack is inside the app, so it can be reached on a computer without a network; clerk-js would ask
 * `navigator.onLine` and wait.
 */
function reachableWithoutNetwork(description: ConnectionDescription): void {
  if (description.kind === 'embedded')
    Object.defineProperty(navigator, 'onLine', { get: () => true, configurable: true });
}
