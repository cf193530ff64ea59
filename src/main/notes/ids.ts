import type { Random } from './surroundings.ts';

const LARGEST = 2n ** 63n - 1n;

/** A random positive 63-bit number as a decimal string: what Fauna takes as a document id made by a client. */
export function newNoteId(random: Random): string {
  const value = bigEndian(random.bytes(8)) & LARGEST;
  return String(value === 0n ? 1n : value);
}

/** Who inserted what inside a Yjs document: 32 bits, as Yjs itself draws them. Never 0. */
export function newClientId(random: Random): number {
  return Number(bigEndian(random.bytes(4))) || 1;
}

function bigEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}
