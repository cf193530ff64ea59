import { Readable } from 'node:stream';
import faunadb from 'faunadb';
import type { Fetch } from '../connection/fetch.ts';

/** An AbortSignal, or the polyfilled one of `node-abort-controller` that the driver passes. */
interface AnySignal {
  aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
}

interface DriverRequest {
  method: string;
  headers: Record<string, string>;
  body?: string;
  signal?: AnySignal;
}

/** The text of an answer that the driver is to read. */
export type TextOf = (response: Response) => Promise<string>;

/**
 * Our `fetch` in the shape that faunadb@4.8.2 needs in Node: it passes a polyfilled signal that Node's own fetch
 * refuses, and for streams it calls `response.body.on('data')`, so the body must be a Node Readable.
 */
export const toDriverFetch =
  (fetch: Fetch, textOf: TextOf = (response) => response.text()) =>
  async (url: string, { method, headers, body, signal }: DriverRequest) => {
    const abort = new AbortController();
    if (signal?.aborted) abort.abort();
    signal?.addEventListener('abort', () => abort.abort());
    const response = await fetch(url, {
      method,
      headers,
      signal: abort.signal,
      ...(body === undefined ? {} : { body }),
    });
    return {
      ok: response.ok,
      status: response.status,
      headers: response.headers,
      text: () => textOf(response),
      get body() {
        return response.body && Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
      },
    };
  };

/** A driver client for one secret. The driver keeps no state we need, so one a token is cheap. */
export const createFaunaClient = (options: {
  endpoint: string;
  secret: string;
  fetch: Fetch;
  queryTimeoutMs?: number;
  textOf?: TextOf;
}) =>
  new faunadb.Client({
    endpoint: options.endpoint,
    secret: options.secret,
    fetch: toDriverFetch(options.fetch, options.textOf) as unknown as typeof globalThis.fetch,
    timeout: 60,
    ...(options.queryTimeoutMs ? { queryTimeout: options.queryTimeoutMs } : {}),
  });
