/**
 * The secrets of keys and tokens: base64url of a version byte, a type byte, ids and 20 random bytes (AuthLike.scala).
 */
import { decodeBase64Url } from './base64url.ts';
import { hashMatches, hashText } from './hashes.ts';

const VERSION = 0x7e;
const KEY = 0x70;
const TOKEN = 0x71;
export const RANDOM_BYTES = 20;

/** What is hashed is the text of the random part. */
export const hashSecret = (random: Uint8Array, salt: Uint8Array): string =>
  hashText(Buffer.from(random).toString('base64url'), salt);

/** An older hash may be of the whole secret. */
export const secretMatches = ({ random, text }: ParsedSecret, hash: string): boolean =>
  hashMatches(Buffer.from(random).toString('base64url'), hash) || hashMatches(text, hash);

function id(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

export const keySecret = (keyId: bigint, random: Uint8Array): string =>
  Buffer.concat([Buffer.of(VERSION, KEY), id(keyId), random]).toString('base64url');

export const tokenSecret = (tokenId: bigint, globalId: bigint, random: Uint8Array): string =>
  Buffer.concat([Buffer.of(VERSION, TOKEN), id(tokenId), id(globalId), random]).toString('base64url');

interface SecretParts {
  readonly id: bigint;
  readonly random: Uint8Array;
  /** The whole secret without padding. */
  readonly text: string;
}
export type ParsedSecret =
  | (SecretParts & { readonly type: 'key' })
  | (SecretParts & { readonly type: 'token'; readonly globalId: bigint });

export function parseSecret(secret: string): ParsedSecret | undefined {
  const bytes = decodeBase64Url(secret);
  if (bytes?.[0] !== VERSION) return undefined;
  const text = bytes.toString('base64url');
  if (bytes[1] === KEY && bytes.length === 30) {
    return { type: 'key', id: bytes.readBigInt64BE(2), random: bytes.subarray(10), text };
  }
  if (bytes[1] === TOKEN && bytes.length === 38) {
    const [id, globalId] = [bytes.readBigInt64BE(2), bytes.readBigInt64BE(10)];
    return { type: 'token', id, globalId, random: bytes.subarray(18), text };
  }
  return undefined;
}
