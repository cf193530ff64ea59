/** A database's global id as Fauna writes it: z-base-32 of 64 bits, in audiences behind a fixed address. */
import type { Session } from '../language/context.ts';

const ALPHABET = 'ybndrfg8ejkmcpqxot1uwisza345h769';
export const AUDIENCE_PREFIX = 'https://db.fauna.com/db/';

export function encodeGlobalId(id: bigint): string {
  // 64 bits and one zero make 13 groups of five.
  const bits = BigInt.asUintN(64, id) << 1n;
  let text = '';
  for (let shift = 60n; shift >= 0n; shift -= 5n) text += ALPHABET[Number((bits >> shift) & 31n)];
  return text;
}

export function decodeGlobalId(text: string): bigint | undefined {
  if (text.length !== 13) return undefined;
  let bits = 0n;
  for (const character of text.toLowerCase()) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return undefined;
    bits = (bits << 5n) | BigInt(value);
  }
  return BigInt.asIntN(64, bits >> 1n);
}

export const audienceOf = (globalId: bigint): string => AUDIENCE_PREFIX + encodeGlobalId(globalId);

export const databaseGlobalId = (session: Session, scope: number): bigint =>
  session.catalog.database(scope)?.globalId ?? 0n;
