/**
 * Keys of access providers, cached by address as JWKProvider.scala does: after five minutes a list is still used while
 * it is refreshed, an hour after its last use it is forgotten, and a key it does not have is asked for at once.
 */
import { z } from 'zod';
import { chooseKey, type Jwk, readJwks } from './jwt.ts';

const REFRESH_MS = 5 * 60_000;
const EXPIRE_MS = 60 * 60_000;
/** No more often than this is a list fetched again for a key it does not have, or because it could not be fetched. */
const RETRY_MS = 500;
/** Addresses kept at most. */
const CAPACITY = 1000;

const jwksShape = z.object({ keys: z.array(z.record(z.string(), z.unknown())).catch([]) }).catch({ keys: [] });

/** Fetches one address. A redirect is answered, not followed. */
export type ResolveJwks = (url: string, headers: Record<string, string>) => Promise<Response>;

export interface JwksCache {
  /** The key a token is to be checked with; undefined if it cannot be had. */
  key(url: string, kid: string | undefined): Promise<Jwk | undefined>;
}

interface Fetched {
  readonly keys: readonly Jwk[];
  readonly etag: string | null;
}

interface Entry {
  list?: Fetched | undefined;
  /** When the list was fetched, and when that was last tried, in ms. */
  fetchedAt: number;
  triedAt: number;
  usedAt: number;
  loading?: Promise<void> | undefined;
}

/** `now` in ms. */
export function createJwksCache(resolve: ResolveJwks, now: () => number): JwksCache {
  const entries = new Map<string, Entry>();

  /** One request an address at a time; a failure leaves what was there. */
  const load = (url: string, entry: Entry, etag: string | null): Promise<void> => {
    entry.loading ??= fetchList(resolve, url, etag).then((answer) => {
      entry.loading = undefined;
      entry.triedAt = now();
      if (answer === undefined) return;
      entry.fetchedAt = now();
      if (answer !== 'not modified') entry.list = answer;
    });
    return entry.loading;
  };

  const entryOf = (url: string): Entry => {
    const known = entries.get(url);
    if (known && now() - known.usedAt < EXPIRE_MS) {
      known.usedAt = now();
      return known;
    }
    for (const oldest of entries.keys()) if (entries.size < CAPACITY || entries.delete(oldest)) break;
    const entry: Entry = { fetchedAt: 0, triedAt: Number.NEGATIVE_INFINITY, usedAt: now() };
    entries.set(url, entry);
    return entry;
  };

  return {
    key: async (url, kid) => {
      const entry = entryOf(url);
      if (!entry.list && (entry.loading || now() - entry.triedAt >= RETRY_MS)) await load(url, entry, null);
      if (!entry.list) return undefined;
      if (now() - entry.fetchedAt >= REFRESH_MS) void load(url, entry, entry.list.etag);
      const found = chooseKey(entry.list.keys, kid);
      if (found || now() - entry.triedAt < RETRY_MS) return found;
      // Without its ETag, so that no cache on the way answers.
      await load(url, entry, null);
      return chooseKey(entry.list.keys, kid);
    },
  };
}

/** FaunaDB asks for the path alone. Throws for what it takes for an address and we do not. */
function withoutQuery(address: string): string {
  const url = new URL(address);
  url.search = '';
  url.hash = '';
  url.username = '';
  url.password = '';
  return url.href;
}

async function fetchList(
  resolve: ResolveJwks,
  address: string,
  etag: string | null,
): Promise<Fetched | 'not modified' | undefined> {
  try {
    const response = await resolve(withoutQuery(address), {
      accept: 'application/json',
      ...(etag ? { 'if-none-match': etag } : {}),
    });
    if (response.status === 304) return 'not modified';
    if (response.status !== 200) return undefined;
    const { keys } = jwksShape.parse(await response.json());
    return { keys: readJwks(keys), etag: response.headers.get('etag') };
  } catch {
    return undefined;
  }
}
