import { createCodec } from './codec.ts';

/** The main process's end of the IPC codec. */
export const codec = createCodec({
  encode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  // A copy of its own: small Buffers share a pool, and a view's `buffer` must hold nothing else.
  decode: (text) => new Uint8Array(Buffer.from(text, 'base64')),
});
