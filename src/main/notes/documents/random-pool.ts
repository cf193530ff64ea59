import { webcrypto } from 'node:crypto';

/** Takes the place of `lib0/webcrypto` in main's bundle (vite.main.config.ts), so of what Yjs draws its numbers from. */
export const { subtle } = webcrypto;

const pool = new Uint32Array(1_024);
let next = pool.length;

/**
 * As `crypto.getRandomValues`: each number once. Every Y.Doc draws a client id, also one that is only read, and asking
 * the system for 4 bytes at a time is a twentieth of what the thread does in a first sync.
 */
export function getRandomValues(array: Uint32Array<ArrayBuffer>): Uint32Array {
  if (array.length > pool.length) return webcrypto.getRandomValues(array);
  if (next + array.length > pool.length) {
    webcrypto.getRandomValues(pool);
    next = 0;
  }
  array.set(pool.subarray(next, next + array.length));
  next += array.length;
  return array;
}
