/** The x-fauna-tags header: `key=value` pairs that FaunaDB logs and sends back. */
const MAX_LENGTH = 3000;
const MAX_TAGS = 25;
const MAX_KEY = 40;
const MAX_VALUE = 80;
const TAGS = /^[A-Za-z0-9_]+=[A-Za-z0-9_]+(?:,[A-Za-z0-9_]+=[A-Za-z0-9_]+)*$/;

export type Tags = { readonly echo: string | undefined } | { readonly problem: string };

/** FaunaDB gathers from the last pair to the first: so they come back, and so the first problem is found. */
export function readTags(header: string | null): Tags {
  if (header === null || header === '') return { echo: undefined };
  if (header.length > MAX_LENGTH) return { problem: 'header is too long' };
  if (!TAGS.test(header)) return { problem: 'invalid tags' };
  const pairs = header.split(',').reverse();
  if (pairs.length > MAX_TAGS) return { problem: 'too many tags' };
  const keys = new Set<string>();
  for (const pair of pairs) {
    const [key = '', value = ''] = pair.split('=');
    if (key.length > MAX_KEY) return { problem: 'invalid key' };
    if (value.length > MAX_VALUE) return { problem: 'invalid value' };
    if (keys.has(key)) return { problem: 'duplicate key' };
    keys.add(key);
  }
  return { echo: pairs.join(',') };
}
