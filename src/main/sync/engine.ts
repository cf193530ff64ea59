import type { SyncStatus } from '../../shared/sync/status.ts';
import { Emitter } from '../notes/emitter.ts';
import type { NotesStore } from '../notes/notes-store.ts';
import { createAudit } from './audit.ts';
import { createBackOff } from './back-off.ts';
import { firstSync } from './first-sync.ts';
import type { FaunaGateway, RemoteVersion } from './gateway.ts';
import { createLive } from './live.ts';
import { problemOf } from './problems.ts';
import { pullAll, readCursor } from './pull.ts';
import { pushAll } from './push.ts';
import { describeStatus, type EngineState, offStatus } from './report.ts';
import { recallRestored, rememberRestored } from './restored.ts';
import { createSession } from './session.ts';
import { type Clock, fraction, type Random, type Timers, type TokenSource } from './surroundings.ts';
import { createWaker } from './waker.ts';

/** A push begins this long after the last edit of a burst, and at the latest this long after its first. */
const QUIET_MS = 200;
const BURST_MS = 1_000;
/** How often to pull when nothing says so: without the stream, and beside it. */
const POLL_MS = 30_000;
const POLL_BESIDE_LIVE_MS = 300_000;
/** With nobody signed in, asking for a token again is no use until somebody is. */
const SIGNED_OUT_MS = 300_000;
const AUDIT_MS = 3_600_000;
/** A restart may say "synced at" this much too early; each time it is kept costs a write to the disk. */
const REMEMBER_MS = 60_000;

export interface SyncEngineOptions {
  notes: NotesStore;
  gateway: FaunaGateway;
  token: TokenSource;
  clock: Clock;
  timers: Timers;
  random: Random;
}

export type SyncEvents = { status: [SyncStatus] };

export interface SyncEngine {
  start(): void;
  /** Nothing of the engine touches the notes any more once this returns; requests under way are left to end by themselves. */
  stop(): void;
  /** A person asks: tries at once. */
  syncNow(): void;
  /** The network came back, the computer woke up, or somebody signed in: tries at once. */
  reconnected(): void;
  status(): SyncStatus;
  on(event: 'status', listener: (status: SyncStatus) => void): () => void;
  /** Earlier texts of a note that Fauna keeps, the newest first. Rejects with a FailureError. */
  versions(id: string): Promise<RemoteVersion[]>;
}

/** One loop: pull what changed, push what waits, wait for a reason to go on. Everything else only gives it reasons. */
export const createSyncEngine = (options: SyncEngineOptions): SyncEngine => {
  const { notes, gateway, token: tokens, clock, timers, random } = options;
  const events = new Emitter<SyncEvents>();
  const backOff = createBackOff(random);
  const waker = createWaker({ timers, quiet: QUIET_MS, longest: BURST_MS });
  let stopped = false;
  let auditAt = Number.NEGATIVE_INFINITY;
  let unlisten = (): void => {};
  let told = '';
  let wasLive = false;
  let rememberedAt = 0;
  let triedAgain = false;
  const state: EngineState = {
    ...{ running: false, settled: false, problem: null, progress: null, syncedAt: null, restored: null },
  };

  const describe = (): SyncStatus | null => {
    try {
      return describeStatus(notes, state);
    } catch {
      // The file cannot even be read: the loop goes on trying, and what was told last stays.
      return null;
    }
  };

  const tell = (): void => {
    const status = stopped ? null : describe();
    if (!status) return;
    const text = JSON.stringify(status);
    if (text === told) return;
    told = text;
    events.emit('status', status);
  };

  const session = createSession({
    notes,
    gateway,
    tokens,
    timers,
    stopped: () => stopped,
    progress: (progress) => {
      state.progress = progress;
      tell();
    },
    lost: (count) => {
      state.restored = rememberRestored(notes, clock.now(), count);
      // Whatever it lost of one note it may have lost of others.
      auditAt = Number.NEGATIVE_INFINITY;
      waker.want('pull');
    },
  });
  const audit = createAudit(session);

  const live = createLive({
    gateway,
    tokens,
    timers,
    clock,
    random,
    hint: (ts) => {
      // The stream also tells of this device's own pushes.
      if (ts === null || !session.own.has(ts)) waker.want('pull');
    },
    changed: (connected, code) => {
      if (connected !== wasLive) log(connected ? 'live' : 'polling', code);
      wasLive = connected;
    },
  });

  const log = (event: string, code: string | null): void => {
    try {
      notes.sync.log({ event, ...(code ? { level: 'warning', detail: { code } } : {}) });
    } catch {
      // A full disk; the round that it stops says so.
    }
  };

  const pull = async (): Promise<void> => {
    const cursor = readCursor(notes.sync.cursor);
    if (cursor) return void (await pullAll(session, cursor));
    const begun = clock.now();
    const empty = notes.sync.known().length === 0;
    await firstSync(session);
    // All that is here has just been read from there.
    if (empty) auditAt = begun;
  };

  const auditWhenDue = async (): Promise<void> => {
    const removed = live.takeRemoved();
    const elapsed = clock.now() - auditAt;
    const cursor = readCursor(notes.sync.cursor);
    if (cursor === null || (!removed && elapsed >= 0 && elapsed < AUDIT_MS)) return;
    const { deleted, lost, missed } = await audit();
    auditAt = clock.now();
    if (deleted > 0) notes.sync.log({ event: 'deleted-elsewhere', detail: { notes: deleted } });
    if (missed > 0) notes.sync.log({ event: 'missed', level: 'warning', detail: { notes: missed } });
    if (lost > 0) state.restored = rememberRestored(notes, auditAt, lost);
    tell();
  };

  /** What was set aside may have been mended since the last start: the role, the note on another device, Burrow itself. */
  const tryAgain = (): void => {
    if (triedAgain) return;
    if (notes.sync.setAsideNotes().length > 0) notes.sync.retry();
    triedAgain = true;
  };

  /** Answers whether it pulled. */
  const round = async (): Promise<boolean> => {
    tryAgain();
    const pulling = waker.take().pull || readCursor(notes.sync.cursor) === null;
    if (pulling) await pull();
    await pushAll(session);
    live.ensure();
    return pulling;
  };

  const succeeded = (): void => {
    if (state.problem) log('online', null);
    backOff.reset();
    state.problem = null;
    state.settled = true;
    state.syncedAt = clock.now();
    if (Math.abs(state.syncedAt - rememberedAt) > REMEMBER_MS) {
      rememberedAt = state.syncedAt;
      notes.sync.remember('syncedAt', String(rememberedAt));
    }
    tell();
  };

  /** How long to wait before the next try. */
  const failed = (error: unknown): number => {
    const problem = problemOf(error);
    if (state.problem?.failure.code !== problem.failure.code) log(problem.state, problem.failure.code);
    state.problem = problem;
    state.progress = null;
    state.settled = false;
    waker.want('pull');
    tell();
    const delay = backOff.next();
    return problem.state === 'needs-sign-in' ? SIGNED_OUT_MS : delay;
  };

  const run = async (): Promise<void> => {
    while (!stopped) {
      try {
        const pulled = await round();
        succeeded();
        // Nobody waits for what is looked at once in an hour.
        if (pulled) await auditWhenDue();
        const pause = live.connected ? POLL_BESIDE_LIVE_MS : POLL_MS;
        await waker.wait(pause * (0.75 + fraction(random) / 2), 'any');
      } catch (error) {
        if (stopped) return;
        await waker.wait(failed(error), 'urgent');
      }
    }
  };

  const hurry = (): void => {
    if (!state.running || stopped) return;
    backOff.reset();
    live.reconnect();
    waker.hurry();
  };

  return {
    start: () => {
      if (state.running) return;
      state.running = true;
      rememberedAt = Number(notes.sync.recall('syncedAt') ?? 0);
      state.syncedAt = rememberedAt || null;
      state.restored = recallRestored(notes, clock.now());
      unlisten = notes.on('queued', () => {
        waker.burst();
        tell();
      });
      waker.want('pull');
      void run();
    },
    stop: () => {
      stopped = true;
      state.running = false;
      unlisten();
      waker.stop();
      live.stop();
    },
    syncNow: hurry,
    reconnected: hurry,
    status: () => (stopped ? null : describe()) ?? offStatus,
    on: (event, listener) => events.on(event, listener),
    versions: (id) => session.request((secret) => gateway.versions(secret, id)),
  };
};
