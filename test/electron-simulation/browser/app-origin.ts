/**
 * Chromium knows no custom scheme, so `burrow://app/x` is loaded as `https://app.burrow.simulated/x`. The main
 * process only ever sees the first, the page the second.
 */
const privileged = new Set<string>();
const SIMULATED = /^https:\/\/([^/?#:]+)\.([a-z0-9+-]+)\.simulated(?=[/?#:]|$)/i;

export const registerPrivileged = (scheme: string): void => {
  privileged.add(scheme.toLowerCase());
};

export const isPrivileged = (scheme: string): boolean => privileged.has(scheme.toLowerCase());

/** How the hosts of origins that stand for the app's own schemes end. */
export const simulatedSuffixes = (): string[] => [...privileged].map((scheme) => `.${scheme}.simulated`);

export const toChromium = (url: string): string => {
  const match = /^([a-z][a-z0-9+-]*):\/\/([^/?#]+)/i.exec(url);
  if (!match?.[1] || !match[2] || !isPrivileged(match[1])) return url;
  return `https://${match[2]}.${match[1].toLowerCase()}.simulated${url.slice(match[0].length) || '/'}`;
};

export const fromChromium = (url: string): string => {
  const match = SIMULATED.exec(url);
  if (!match?.[1] || !match[2] || !isPrivileged(match[2])) return url;
  return `${match[2]}://${match[1]}${url.slice(match[0].length)}`;
};

/** For header values that quote origins (CSP, CORS, Location): every `burrow://app` in the text. */
export const textToChromium = (text: string): string => {
  let mapped = text;
  for (const scheme of privileged) {
    mapped = mapped.replaceAll(new RegExp(`\\b${scheme}://([a-z0-9.-]+)`, 'gi'), `https://$1.${scheme}.simulated`);
    // A bare scheme as a CSP source.
    mapped = mapped.replaceAll(new RegExp(`(^|[\\s;])${scheme}:(?=[\\s;]|$)`, 'gi'), `$1https://*.${scheme}.simulated`);
  }
  return mapped;
};

/** `new URL('burrow://app/x').origin` is the string "null" in Node; Electron answers `burrow://app`. */
export const originOf = (url: string): string => {
  const match = /^([a-z][a-z0-9+-]*:\/\/[^/?#]*)/i.exec(url);
  return match?.[1] && isPrivileged(match[1].split(':')[0] ?? '') ? match[1] : originOrNull(url);
};

const originOrNull = (url: string): string => (URL.canParse(url) ? new URL(url).origin : 'null');
