import type { Body } from '../http/body.ts';
import type { Instance } from '../instance.ts';

/** One request to the Backend API; whoever makes it holds the secret key. */
export interface BackendCall {
  instance: Instance;
  params: Record<string, string>;
  query: URLSearchParams;
  body: Body;
}

/** What a route returns is the JSON body; undefined is 204. */
export type BackendHandler = (call: BackendCall) => unknown;

/** A list as @clerk/backend asks for it (`paginated=true`), else the plain array of earlier versions. */
export const page = (call: BackendCall, items: unknown[], total = items.length): unknown =>
  call.query.get('paginated') === 'true' ? { data: items, total_count: total } : items;

/** `limit` and `offset` of the query, as far as they make sense. */
export function pageBounds(call: BackendCall): { limit: number; offset: number } {
  const read = (name: string, fallback: number, largest: number): number => {
    const value = Number(call.query.get(name) ?? fallback);
    return Number.isInteger(value) && value >= 0 ? Math.min(value, largest) : fallback;
  };
  return { limit: read('limit', 10, 500), offset: read('offset', 0, Number.MAX_SAFE_INTEGER) };
}

export const deleted = (object: string, id: string) => ({ object, id, deleted: true });
