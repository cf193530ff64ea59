/** The embedded Fauna: a file on disk behind a handler from Request to Response that the `faunadb` driver accepts. */
import { randomBytes as secureRandom } from 'node:crypto';
import type { Handler } from '../http/plain.ts';
import { createClock, sharedTime } from './engine/clock.ts';
import { createEngine } from './engine/engine.ts';
import { createLocalDoor } from './engine/local-door.ts';
import type { EngineDoor } from './engine/protocol.ts';
import { createWorkerDoor } from './engine/workers/door.ts';
import { createHandler } from './http/handler.ts';
import { createFetchJwks } from './security/fetch-jwks.ts';
import { createJwksCache, type ResolveJwks } from './security/jwks.ts';
import { type Clock, Store } from './store/store.ts';

export interface FaunaOptions {
  /** The SQLite file; made if it is not there. */
  readonly file: string;
  /** The secret of the root, an admin. */
  readonly rootKey: string;
  /** µs; the machine's if absent. */
  readonly clock?: Clock;
  readonly randomBytes?: (length: number) => Uint8Array;
  /** How an access provider's keys are fetched; by https without redirects if absent. */
  readonly resolveJwks?: ResolveJwks;
  /** FaunaDB's `fauna.safe.access.providers`: hosts asked for their keys by plain HTTP (security/fetch-jwks.ts). */
  readonly safeAccessProviders?: string;
  /**
   * engine/workers/worker.ts, or the file it was bundled into: queries then run on threads of their own, by the
   * machine's clock and randomness. Absent: on the calling thread.
   */
  readonly worker?: string | URL;
}

export interface Fauna {
  readonly handle: Handler;
  close(): Promise<void>;
}

/** Throws StoreError when the file cannot be opened. */
export function openFauna(options: FaunaOptions): Fauna {
  const { file, rootKey, worker, randomBytes = secureRandom } = options;
  const { resolveJwks = createFetchJwks(options.safeAccessProviders) } = options;
  const time = sharedTime();
  const { clock = createClock(time) } = options;
  const store = new Store(file, clock);
  const open = (): EngineDoor => {
    if (worker === undefined) {
      const engine = createEngine({ store, clock, rootKey, randomBytes });
      // Not beside a clock of the caller's, whose every look may count.
      return createLocalDoor(engine, () => store.close(), options.clock === undefined);
    }
    // The threads open it for themselves; that it can be opened, and in the newest format, is known by now.
    store.close();
    return createWorkerDoor({ file, rootKey, script: worker, clock, time });
  };
  const door = open();
  const now = (): number => Number(clock.now() / 1000n);
  const handler = createHandler({ door, jwks: createJwksCache(resolveJwks, now), now });
  return {
    handle: Object.assign(handler.handle, { plain: handler.plain }),
    close: () => {
      handler.close();
      return door.close();
    },
  };
}
