/** Base64 of the URL alphabet, as strict as Java's decoder, which is FaunaDB's: Node's skips what it does not know. */
const SHAPE = /^[A-Za-z0-9_-]*={0,2}$/;

/** Undefined where Java's decoder throws: a foreign character, a lone last character, padding that does not fit. */
export function decodeBase64Url(text: string): Buffer | undefined {
  if (!SHAPE.test(text)) return undefined;
  const bare = text.replace(/=+$/, '');
  if (bare.length % 4 === 1 || (bare.length !== text.length && text.length % 4 !== 0)) return undefined;
  return Buffer.from(bare, 'base64url');
}
