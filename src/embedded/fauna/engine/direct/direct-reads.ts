/**
 * Reads that are done on the serving thread, since handing them to another would take longer than they do. What turns
 * out to be more than that is given up at once and goes to a reader; docs/embedded-fauna.md says why nothing a client
 * sends holds the serving thread up.
 */
import { type Clock, Store } from '../../store/store.ts';
import { createEngine } from '../engine.ts';
import type { ProviderInfo, QueryRequest, QueryResponse } from '../protocol.ts';
import { looksDirect, READ_BOUNDS, SESSION_BOUNDS } from './bounds.ts';

export interface DirectReads {
  /** Undefined: it is for another thread. */
  query(request: QueryRequest): QueryResponse | undefined;
  findProvider(globalId: bigint, issuer: string): { readonly found: ProviderInfo | undefined } | undefined;
  close(): void;
}

export interface DirectReadsOptions {
  readonly file: string;
  readonly rootKey: string;
  readonly clock: Clock;
  /** Counts the commits; see store/store.ts. */
  readonly commits: SharedArrayBuffer;
}

/** How long a snapshot may serve while nothing is committed, ms: an old one keeps the log from being emptied. */
const HOLD_FOR = 50;

/** Where the file cannot be opened nothing is read directly; the threads say what is wrong with it. */
export function openDirectReads({ file, rootKey, clock, commits }: DirectReadsOptions): DirectReads {
  const store = attempt(() => new Store(file, clock, { readOnly: true, patience: 0, bounds: READ_BOUNDS }));
  if (!store) return { query: () => undefined, findProvider: () => undefined, close: () => undefined };
  const randomBytes = (): never => {
    throw new Error('a direct read has no use for randomness');
  };
  const engine = createEngine({ store, clock, rootKey, randomBytes, bounds: SESSION_BOUNDS });
  const holder = createHolder(store, new Int32Array(commits));
  const read = <T>(run: () => T): T | undefined =>
    attempt(() => {
      holder.renew();
      return run();
    }, holder.release);
  return {
    query: (request) =>
      request.query !== undefined && looksDirect(request.query) ? read(() => engine.read(request)) : undefined,
    findProvider: (globalId, issuer) => read(() => ({ found: engine.findProvider(globalId, issuer) })),
    close: () => {
      holder.end();
      store.close();
    },
  };
}

/**
 * Beginning and ending a snapshot takes longer than a read does, so one is kept until the writer has counted a commit,
 * which it does before it answers: a read that comes after an answer sees what was written.
 */
function createHolder(store: Store, commits: Int32Array) {
  let seen: number | undefined;
  const release = (): void => {
    seen = undefined;
    store.release();
  };
  const timer = setTimeout(release, HOLD_FOR);
  timer.unref();
  return {
    release,
    renew: () => {
      const newest = Atomics.load(commits, 0);
      if (seen === newest) return;
      if (seen !== undefined) release();
      store.hold();
      seen = newest;
      timer.refresh();
    },
    end: () => {
      clearTimeout(timer);
      release();
    },
  };
}

/** A file that is locked for the moment, damaged, gone: whatever it is, the other threads find it, too, and answer it. */
function attempt<T>(run: () => T, failed?: () => void): T | undefined {
  try {
    return run();
  } catch {
    failed?.();
    return undefined;
  }
}
