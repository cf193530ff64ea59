/**
 * The secrets of keys and tokens: base64url of a version byte, a type byte, ids and 20 random bytes (AuthLike.scala).
 */
import { decodeBase64Url } from './base64.ts';
import { hashMatches, hashText } from './hashes.ts';

const VERSION = 0x7e;
const KEY = 0x70;
const TOKEN = 0x71;
export const RANDOM_BYTES = 20;

/** What is hashed is the text of the random part. */
export const hashSecret = (random: Uint8Array, salt: Uint8Array): string =>
  hashText(Buffer.from(random).toString('base64url'), salt);

/** An older hash may be of the whole secret. */
export const secretMatches = ({ random, text }: ParsedSecret, hash: string, matches = hashMatches): boolean =>
  matches(Buffer.from(random).toString('base64url'), hash) || matches(text, hash);

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
  /** The whole secret as it is made today. */
  readonly text: string;
}
export type ParsedSecret =
  | (SecretParts & { readonly type: 'key' })
  | (SecretParts & { readonly type: 'token'; readonly globalId: bigint });

export function parseSecret(secret: string): ParsedSecret | undefined {
  const bytes = decodeBase64Url(secret);
  if (!bytes) return undefined;
  return bytes[0] === VERSION ? parseCurrent(bytes) : parseLegacy(bytes);
}

function parseCurrent(bytes: Buffer): ParsedSecret | undefined {
  if (bytes[1] === KEY && bytes.length === 30) return parsedKey(bytes.readBigInt64BE(2), bytes.subarray(10));
  if (bytes[1] === TOKEN && bytes.length === 38) {
    return parsedToken(bytes.readBigInt64BE(2), bytes.readBigInt64BE(10), bytes.subarray(18));
  }
  return undefined;
}

/** MessagePack's marks: an array of two or three, bytes of some length, an unsigned number of 64 bits. */
const LEGACY_KEY = Buffer.from('92a9cf', 'hex');
const LEGACY_TOKEN = Buffer.from('93aa', 'hex');
/** The number of the collection of tokens, and a boxed number. */
const LEGACY_SCOPE = Buffer.from('0003a9cf', 'hex');
const LEGACY_RANDOM = 0xb4;

/** Secrets of before FaunaDB's own format, which it still takes. */
function parseLegacy(bytes: Buffer): ParsedSecret | undefined {
  if (bytes.length === 32 && isAt(bytes, 0, LEGACY_KEY) && bytes[11] === LEGACY_RANDOM) {
    return parsedKey(bytes.readBigInt64BE(3), bytes.subarray(12));
  }
  if (bytes.length !== 43 || !isAt(bytes, 0, LEGACY_TOKEN) || !isAt(bytes, 10, LEGACY_SCOPE)) return undefined;
  if (bytes[22] !== LEGACY_RANDOM) return undefined;
  return parsedToken(bytes.readBigInt64BE(2), bytes.readBigInt64BE(14), bytes.subarray(23));
}

const isAt = (bytes: Buffer, offset: number, expected: Buffer): boolean =>
  bytes.subarray(offset, offset + expected.length).equals(expected);

const parsedKey = (keyId: bigint, random: Buffer): ParsedSecret => ({
  type: 'key',
  id: keyId,
  random,
  text: keySecret(keyId, random),
});
const parsedToken = (tokenId: bigint, globalId: bigint, random: Buffer): ParsedSecret => ({
  type: 'token',
  id: tokenId,
  globalId,
  random,
  text: tokenSecret(tokenId, globalId, random),
});
