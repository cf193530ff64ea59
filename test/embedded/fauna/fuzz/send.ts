/** One request to the handler in this process, and all of what it answers. */

import type { Fauna } from '../../../../src/embedded/fauna/index.ts';
import { plainHeaders } from '../../../../src/embedded/http/plain.ts';
import { bodyText } from '../body-text.ts';

export interface Case {
  readonly method?: string;
  /** With the query string. */
  readonly path?: string;
  readonly secret?: string;
  /** Over those a driver sends. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Base64, for what is no text. */
  readonly bytes?: string;
}

export interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

export const TIMEOUT_MS = 500;

export const headersOf = ({ secret, headers }: Case): Record<string, string> => ({
  'x-faunadb-api-version': '4',
  'x-query-timeout': String(TIMEOUT_MS),
  ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
  ...headers,
});

export const bodyOf = ({ body, bytes }: Case): Buffer =>
  bytes === undefined ? Buffer.from(body ?? '') : Buffer.from(bytes, 'base64');

/** `stir` is called when the answer is a stream that has begun: what it writes may be seen in it. */
export async function send({ handle }: Fauna, request: Case, stir?: (request: Case) => Promise<void>): Promise<Seen> {
  const { method = 'POST', path = '/' } = request;
  if (!handle.plain) throw new Error('the handler has no plain form');
  const gone = new AbortController();
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const response = await handle.plain({
    method,
    url: new URL(`http://127.0.0.1${path}`).href,
    headers: plainHeaders(headersOf(request)),
    signal: gone.signal,
    body: null,
    whole: hasBody ? bodyOf(request) : undefined,
  });
  const { status, headers, body } = response;
  if (!(body instanceof ReadableStream)) return { status, headers, text: body === null ? '' : bodyText({ body }) };
  const reader = body.getReader();
  let text = Buffer.from((await reader.read()).value ?? []).toString();
  if (stir && text.startsWith('{"type":"start"')) {
    await stir(request);
    text += await readFor(STIRRED_MS, reader);
  }
  gone.abort();
  await reader.cancel().catch(() => undefined);
  return { status, headers, text };
}

/** How long events are waited for (ms): there may be none. */
const STIRRED_MS = 10;

async function readFor(milliseconds: number, reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  const over = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), milliseconds));
  for (let text = ''; ; ) {
    const read = await Promise.race([reader.read(), over]);
    if (!read?.value) return text;
    text += Buffer.from(read.value).toString();
  }
}
