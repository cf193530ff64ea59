import { ApiError, apiError } from './errors.ts';

/** What a route answers with: `body` as JSON, with no envelope added to it here. */
export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export const answer = (body: unknown, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  body,
  headers,
});

/** @clerk/backend only parses a body whose content type is exactly this. */
const JSON_TYPE = 'application/json';

export function toResponse({ status, body, headers }: Answer): Response {
  const all = { 'content-type': JSON_TYPE, 'cache-control': 'no-store', ...headers };
  if (status === 204 || status === 304) {
    const { 'content-type': _, ...rest } = all;
    return new Response(null, { status, headers: rest });
  }
  return new Response(JSON.stringify(body), { status, headers: all });
}

/**
 * The answer to a refusal. Anything that is not an `ApiError` is a fault of ours: it is told without its text,
 * which could hold a secret. `meta` rides along as Clerk's does (the client, so that clerk-js stays in step).
 */
export function toErrorAnswer(error: unknown, traceId: string, meta?: unknown): Answer {
  const known =
    error instanceof ApiError
      ? error
      : apiError(500, 'internal_error', 'Something went wrong in the embedded Clerk. Try again.');
  const body = { errors: known.details, ...(meta === undefined ? {} : { meta }), clerk_trace_id: traceId };
  return { status: known.status, body, headers: known.headers };
}
