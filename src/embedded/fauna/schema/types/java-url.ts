/** What `java.net.URL` takes for an address of https, which decides over `jwks_uri`: it is laxer than the URLs of the web. */

/** A scheme in any case, perhaps after `url:`; then an authority, which may be anything but for its port and brackets. */
const SHAPE = /^(?:url:)?https:(?:\/\/([^/?#]*))?/i;
/** Java trims what is no more than a blank. */
const BLANKS = /^[\0- ]+|[\0- ]+$/g;
const LAST_INT = 2 ** 31 - 1;

export function isHttpsUrl(text: string): boolean {
  const [matched, authority = ''] = SHAPE.exec(text.replace(BLANKS, '')) ?? [];
  if (matched === undefined) return false;
  // With two of them Java gives up on the host, and takes the address.
  const [, host = authority, ...more] = authority.split('@');
  if (more.length > 0) return true;
  const [, inBrackets, rest] = /^\[([^\]]*)\](.*)$/s.exec(host) ?? [];
  if (host.startsWith('[')) return inBrackets !== undefined && isIpv6(inBrackets) && isPort(rest ?? '');
  const colon = host.indexOf(':');
  return colon < 0 || isPort(host.slice(colon));
}

const isIpv6 = (text: string): boolean => URL.canParse(`https://[${text}]`);

/** Nothing, a lone colon, or a number after it. */
const isPort = (text: string): boolean =>
  text === '' || (/^:(?:\+?\d+|-0*[01])?$/.test(text) && Number(text.slice(1)) <= LAST_INT);
