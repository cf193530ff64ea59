/** Base64 as strict as Java's decoder, which is FaunaDB's: Node's skips what it does not know. */
const SHAPES = { base64: /^[A-Za-z0-9+/]*={0,2}$/, base64url: /^[A-Za-z0-9_-]*={0,2}$/ } as const;

/** Undefined where Java's decoder throws: a foreign character, a lone last character, padding that does not fit. */
function decode(text: string, alphabet: keyof typeof SHAPES): Buffer | undefined {
  if (!SHAPES[alphabet].test(text)) return undefined;
  const bare = text.replace(/=+$/, '');
  if (bare.length % 4 === 1 || (bare.length !== text.length && text.length % 4 !== 0)) return undefined;
  return Buffer.from(bare, alphabet);
}

export const decodeBase64Url = (text: string): Buffer | undefined => decode(text, 'base64url');
export const decodeBase64 = (text: string): Buffer | undefined => decode(text, 'base64');
