/**
 * The secrets of keys and tokens: base64url of a version byte, a type byte, ids and 20 random bytes (AuthLike.scala).
 * They are random enough that a plain hash protects them.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

const VERSION = 0x7e;
const KEY = 0x70;
const TOKEN = 0x71;

export const hashSecret = (random: Uint8Array): string => createHash('sha256').update(random).digest('hex');

export function secretMatches(random: Uint8Array, hash: string): boolean {
  const expected = Buffer.from(hash, 'utf8');
  const actual = Buffer.from(hashSecret(random), 'utf8');
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function id(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

export const keySecret = (keyId: bigint, random: Uint8Array): string =>
  Buffer.concat([Buffer.of(VERSION, KEY), id(keyId), random]).toString('base64url');

export const tokenSecret = (tokenId: bigint, globalId: bigint, random: Uint8Array): string =>
  Buffer.concat([Buffer.of(VERSION, TOKEN), id(tokenId), id(globalId), random]).toString('base64url');

export type ParsedSecret =
  | { readonly type: 'key'; readonly id: bigint; readonly random: Uint8Array }
  | { readonly type: 'token'; readonly id: bigint; readonly globalId: bigint; readonly random: Uint8Array };

export function parseSecret(secret: string): ParsedSecret | undefined {
  const bytes = Buffer.from(secret, 'base64url');
  if (bytes[0] !== VERSION) return undefined;
  if (bytes[1] === KEY && bytes.length === 30) {
    return { type: 'key', id: bytes.readBigInt64BE(2), random: bytes.subarray(10) };
  }
  if (bytes[1] === TOKEN && bytes.length === 38) {
    return {
      type: 'token',
      id: bytes.readBigInt64BE(2),
      globalId: bytes.readBigInt64BE(10),
      random: bytes.subarray(18),
    };
  }
  return undefined;
}
