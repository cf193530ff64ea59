/** Keys of access providers, cached by address (JWKProvider.scala): refreshed after five minutes, ETag respected. */
import { z } from 'zod';
import type { Jwk } from './jwt.ts';

const REFRESH_MS = 5 * 60_000;
/** An unknown key id asks again, but no more often than this. */
const RETRY_MS = 500;

const jwksShape = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

interface Cached {
  readonly keys: readonly Jwk[];
  readonly etag: string | null;
  readonly fetchedAt: number;
}

export type ResolveJwks = (url: string, headers?: Record<string, string>) => Promise<Response>;

export interface JwksCache {
  /** The keys at the address; undefined if they cannot be had. `knows` says whether a cached list will do. */
  keys(url: string, knows: (keys: readonly Jwk[]) => boolean): Promise<readonly Jwk[] | undefined>;
}

/** `now` in ms. */
export function createJwksCache(resolve: ResolveJwks, now: () => number): JwksCache {
  const cache = new Map<string, Cached>();
  return {
    keys: async (address, knows) => {
      const url = address.split('?')[0] ?? address;
      const cached = cache.get(url);
      const age = cached ? now() - cached.fetchedAt : Number.POSITIVE_INFINITY;
      if (cached && age < REFRESH_MS && (knows(cached.keys) || age < RETRY_MS)) return cached.keys;
      const fetched = await fetchKeys(resolve, url, cached, now());
      if (!fetched) return undefined;
      cache.set(url, fetched);
      return fetched.keys;
    },
  };
}

async function fetchKeys(
  resolve: ResolveJwks,
  url: string,
  cached: Cached | undefined,
  now: number,
): Promise<Cached | undefined> {
  try {
    const response = await resolve(url, cached?.etag ? { 'if-none-match': cached.etag } : {});
    if (response.status === 304 && cached) return { ...cached, fetchedAt: now };
    if (response.status !== 200) return undefined;
    const parsed = jwksShape.safeParse(await response.json());
    if (!parsed.success) return undefined;
    return { keys: parsed.data.keys as Jwk[], etag: response.headers.get('etag'), fetchedAt: now };
  } catch {
    return undefined;
  }
}
