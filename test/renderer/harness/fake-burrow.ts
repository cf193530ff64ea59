import type { BurrowApi } from '../../../src/shared/bridge/api.ts';
import type { BridgeEvents } from '../../../src/shared/bridge/events.ts';
import { type Outcome, succeed } from '../../../src/shared/failure.ts';
import type { Account, ClerkResources } from '../../../src/shared/identity/account.ts';
import type { SyncLogEntry } from '../../../src/shared/sync/log.ts';
import type { SyncStatus } from '../../../src/shared/sync/status.ts';
import { createFakeNotes } from './fake-notes.ts';
import { sampleChecks } from './sample-checks.ts';

const userId = 'user_2xKq9WfTzR4mNc7Lb1VdYpEh';
const signedInAccount: Account = { userId, label: 'Mira Holm', email: 'mira@holm.example', local: false };

const description = {
  kind: 'embedded',
  publishableKey: `pk_test_${btoa('clerk.notes.local$').replace(/=+$/, '')}`,
  frontendApi: 'https://clerk.notes.local',
  issuer: 'https://clerk.notes.local',
  faunaEndpoint: 'embedded:fauna',
  template: 'fauna',
  tokenStorage: 'system',
  problem: null,
} as const;

const claims = {
  iss: 'https://clerk.notes.local',
  sub: userId,
  aud: 'https://db.fauna.com/db/burrow',
  exp: 1_795_437_600,
  iat: 1_795_437_540,
  nbf: 1_795_437_530,
  jti: '5f0c1a9e7b2d',
};

const syncStates: Record<string, Partial<SyncStatus>> = {
  off: { state: 'off' },
  synced: { state: 'synced', syncedAt: Date.now() - 120_000 },
  syncing: { state: 'syncing', waiting: 12, progress: { done: 40, total: 240 } },
  offline: { state: 'offline', waiting: 3 },
  'needs-sign-in': { state: 'needs-sign-in', waiting: 2 },
  failed: {
    state: 'failed',
    waiting: 2,
    failure: {
      code: 'permission-denied',
      message: 'Fauna refused the request.',
      mend: 'Look at the chain in Connection.',
    },
  },
  'set-aside': {
    state: 'synced',
    syncedAt: Date.now() - 60_000,
    waiting: 1,
    setAside: [
      {
        id: '1005',
        title: 'Scan of the deed',
        failure: {
          code: 'too-large',
          message: 'The note is larger than Fauna takes.',
          mend: 'Split it into two notes.',
        },
      },
    ],
  },
};

const logEvents = [
  { event: 'pulled', level: 'info', note: null, title: null, detail: { notes: 14 } },
  { event: 'set-aside', level: 'warning', note: '1005', title: 'Scan of the deed', detail: { code: 'too-large' } },
  { event: 'pulled', level: 'info', note: '1004', title: 'Minutes, water board', detail: { outcome: 'conflict' } },
  { event: 'offline', level: 'warning', note: null, title: null, detail: { code: 'unreachable' } },
  { event: 'online', level: 'info', note: null, title: null, detail: {} },
  { event: 'pushed', level: 'info', note: null, title: null, detail: { notes: 1 } },
  { event: 'unreadable', level: 'error', note: '1006', title: 'A dream about the ferry', detail: { ts: 1795437600 } },
] as const;
const logEntries: SyncLogEntry[] = Array.from({ length: 450 }, (_, index) => {
  const sample = logEvents[index % logEvents.length] ?? logEvents[0];
  return { entry: 450 - index, at: Date.now() - index * 1_700_000, ...sample };
});

/** What main would answer, from memory. The query of the page says in which state. */
export function createFakeBurrow(query: URLSearchParams) {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const emit = <E extends keyof BridgeEvents>(event: E, payload: BridgeEvents[E]) => {
    for (const listener of listeners.get(event) ?? []) listener(payload as never);
  };
  let account: Account | null = query.has('signed-in') ? signedInAccount : null;
  let resources: ClerkResources | null = null;
  const answer = async <T>(value: T): Promise<Outcome<T>> => succeed(value);
  const nothing = () => answer(undefined);
  const failing = query.get('chain') === 'broken';
  const notes = createFakeNotes(query);

  // Loosely typed, so that a new operation does not break the harness.
  const api = {
    app: {
      info: () => answer({ version: '0.1.0', platform: 'linux', host: 'simulated' as const }),
      getTheme: () => answer((query.get('theme') ?? 'system') as 'system' | 'light' | 'dark'),
      setTheme: nothing,
    },
    connection: {
      describe: () =>
        answer({
          ...description,
          kind: query.has('own-servers') ? ('own-servers' as const) : description.kind,
          problem: query.has('problem')
            ? {
                code: 'publishable-key-malformed',
                message: 'The Clerk publishable key in burrow.json is not one.',
                mend: 'Copy the key from Clerk’s dashboard: it starts with pk_test_ or pk_live_.',
              }
            : null,
        }),
      diagnose: async () => {
        for (const result of sampleChecks(failing)) emit('connection.checked', { result, of: 4 });
        return answer({ ok: !failing, ms: 212, checks: sampleChecks(failing) });
      },
      choose: () => answer({ saved: !failing, checks: sampleChecks(failing) }),
      useEmbedded: nothing,
    },
    identity: {
      current: () => answer(account),
      continueOnThisComputer: async () => answer({ ticket: await (await fetch('/__harness/ticket')).text() }),
      signedIn: () => {
        account = signedInAccount;
        return answer(account);
      },
      signOut: async ({ leaveUnsynced }: { leaveUnsynced: boolean }) => {
        const unsynced = query.has('unsynced') && !leaveUnsynced ? notes.all().slice(0, 3) : [];
        if (unsynced.length === 0) account = null;
        return succeed({ signedOut: unsynced.length === 0, unsynced });
      },
      provideFaunaToken: nothing,
      cannotProvideFaunaToken: nothing,
      whoAmI: () =>
        answer({
          links: [
            { name: 'clerk' as const, userId, ms: 0.4, failure: null },
            { name: 'main' as const, userId, ms: 3.1, failure: null },
            failing
              ? {
                  name: 'fauna' as const,
                  userId: null,
                  ms: 41,
                  failure: {
                    code: 'audience-wrong',
                    message: 'Fauna does not accept the token: its audience is not this database.',
                    mend: 'Run the set-up again; it copies the audience into Clerk’s template “fauna”.',
                  },
                }
              : { name: 'fauna' as const, userId, ms: 11.8, failure: null },
          ],
          agree: !failing,
          claims,
          ms: 16.2,
        }),
      cachedResources: () => answer(resources),
      cacheResources: (next: ClerkResources) => {
        resources = next;
        return nothing();
      },
    },
    notes: notes.api,
    sync: {
      status: () =>
        answer({
          state: 'off',
          waiting: 0,
          progress: null,
          syncedAt: null,
          setAside: [],
          restored: null,
          failure: null,
          ...syncStates[query.get('sync') ?? 'off'],
        } satisfies SyncStatus),
      now: nothing,
      retry: nothing,
      log: ({ limit, before }: { limit: number; before: number | null }) =>
        answer(logEntries.filter(({ entry }) => before === null || entry < before).slice(0, limit)),
      exportLog: () => answer({ file: '/home/mira/Documents/burrow-sync-log.txt' }),
    },
    on(event: string, listener: (payload: never) => void) {
      const known = listeners.get(event) ?? new Set();
      listeners.set(event, known.add(listener));
      return () => known.delete(listener);
    },
  };
  return { api: api as unknown as BurrowApi, emit };
}
