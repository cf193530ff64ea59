/** A request's body as text, counted while it comes. */
import { isAscii } from 'node:buffer';
import type { PlainRequest } from '../../http/plain.ts';
import type { Soon } from '../../soon.ts';

const MAX_BYTES = 8 * 1024 * 1024;
/** How much of a body that is too large is still taken in, so that the client comes to read the answer. */
const MAX_DISCARDED = 64 * 1024 * 1024;
/** FaunaDB's read timeout: how long a client may say nothing in the middle of a body. */
const IDLE_MS = 60_000;
/** What no JSON reader accepts, so that bytes which are no text answer as bad JSON does. */
const NOT_TEXT = '\uffff';

export type Body =
  | { readonly type: 'text'; readonly text: string | undefined; readonly bytes: number }
  | { readonly type: 'too large' }
  | { readonly type: 'timed out' }
  | { readonly type: 'aborted' };

/** At once when it has all come. `text` is undefined when there is no body. */
export function readBody(request: PlainRequest): Soon<Body> {
  const { whole, body } = request;
  if (whole) return { type: 'text', text: whole.length === 0 ? undefined : decode(whole), bytes: whole.length };
  return body ? readStream(request, body) : { type: 'text', text: undefined, bytes: 0 };
}

async function readStream(request: PlainRequest, body: ReadableStream<Uint8Array>): Promise<Body> {
  const reader = body.getReader();
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BYTES) {
    void discard(reader);
    return { type: 'too large' };
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const read = await withinIdle(reader.read());
      if (read === 'timed out') {
        void reader.cancel().catch(() => undefined);
        return { type: 'timed out' };
      }
      if (read.done) break;
      bytes += read.value.byteLength;
      if (bytes > MAX_BYTES) {
        void discard(reader);
        return { type: 'too large' };
      }
      chunks.push(read.value);
    }
  } catch {
    return { type: 'aborted' };
  }
  return { type: 'text', text: bytes === 0 ? undefined : decode(Buffer.concat(chunks)), bytes };
}

async function discard(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  try {
    for (let bytes = 0; bytes < MAX_DISCARDED; ) {
      const read = await withinIdle(reader.read());
      if (read === 'timed out') break;
      if (read.done) return;
      bytes += read.value.byteLength;
    }
    await reader.cancel();
  } catch {
    // The client is gone.
  }
}

async function withinIdle<T>(read: Promise<T>): Promise<T | 'timed out'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'timed out'>((resolve) => {
    timer = setTimeout(() => resolve('timed out'), IDLE_MS);
  });
  try {
    return await Promise.race([read, late]);
  } finally {
    clearTimeout(timer);
  }
}

const strict = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Buffer): string {
  // Most are, and a decoder takes several times as long.
  if (isAscii(bytes)) return bytes.toString('latin1');
  try {
    return strict.decode(bytes);
  } catch {
    return decodeSurrogates(bytes);
  }
}

/** Java reads three-byte halves of surrogate pairs and later writes each as a question mark. */
function decodeSurrogates(bytes: Buffer): string {
  const text = bytes.toString('latin1').replace(/\xed[\xa0-\xbf][\x80-\xbf]/g, '?');
  try {
    return strict.decode(Buffer.from(text, 'latin1'));
  } catch {
    return NOT_TEXT;
  }
}
