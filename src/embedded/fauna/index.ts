/** The embedded Fauna: a file on disk behind a handler from Request to Response that the `faunadb` driver accepts. */
import { randomBytes as secureRandom } from 'node:crypto';
import { createEngine } from './engine/engine.ts';
import { createLocalDoor } from './engine/local-door.ts';
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
}

export interface Fauna {
  handle(request: Request): Promise<Response>;
  close(): Promise<void>;
}

const systemClock: Clock = {
  now: () => BigInt(Math.trunc((performance.timeOrigin + performance.now()) * 1000)),
};

/** Throws StoreError when the file cannot be opened. */
export function openFauna(options: FaunaOptions): Fauna {
  const { clock = systemClock, randomBytes = secureRandom } = options;
  const { resolveJwks = createFetchJwks(options.safeAccessProviders) } = options;
  const store = new Store(options.file, clock);
  const engine = createEngine({ store, clock, rootKey: options.rootKey, randomBytes });
  const door = createLocalDoor(engine, () => store.close());
  const now = (): number => Number(clock.now() / 1000n);
  return {
    handle: createHandler({ door, jwks: createJwksCache(resolveJwks, now), now }),
    close: () => door.close(),
  };
}
