/** A URL's parameters as FaunaDB reads them (URIQueryString.scala): one that cannot be decoded undoes all. */
export function readParameters(search: string): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const pair of search.replace(/^\?/, '').split('&')) {
    if (pair === '') continue;
    const end = pair.indexOf('=');
    const key = decode(end < 0 ? pair : pair.slice(0, end));
    const value = decode(end < 0 ? '' : pair.slice(end + 1));
    if (key === undefined || value === undefined) return new Map();
    result.set(key, value);
  }
  return result;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Java only minds the percent signs: what they stand for may be no UTF-8.
    return /%(?![0-9a-f]{2})/i.test(text) ? undefined : decodeLoosely(text);
  }
}

const decodeLoosely = (text: string): string =>
  Buffer.from(
    text
      .replaceAll('+', ' ')
      .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
