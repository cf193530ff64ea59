import type { Outcome } from '../failure.ts';
import { fail, succeed } from '../failure.ts';

/**
 * A Clerk publishable key: `pk_test_` or `pk_live_` followed by base64 of the Frontend API's host and a `$`
 * (https://clerk.com/docs, "Publishable key"; the decoder of clerk-js asks for a dot in the host).
 */
export interface PublishableKey {
  kind: 'test' | 'live';
  /** Host of the Frontend API, with a port where it has one. */
  host: string;
}

const HOST = /^(?=.{1,253}(?::|$))[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+(?::\d{1,5})?$/i;
const MEND = 'Copy the key again from the Clerk dashboard, under API keys.';

/** The key of a Frontend API host. Throws where the host could not be one, since only our own code asks. */
export function encodePublishableKey(key: PublishableKey): string {
  if (!HOST.test(key.host)) throw new TypeError(`not a Frontend API host: ${key.host}`);
  return `pk_${key.kind}_${btoa(`${key.host}$`)}`;
}

/** Reads a publishable key as strictly as clerk-js does. Failures: `publishable-key-…`, with the mend. */
export function decodePublishableKey(text: string): Outcome<PublishableKey> {
  const key = text.trim();
  if (key === '') return fail('publishable-key-missing', 'There is no Clerk publishable key.', MEND);
  if (key.startsWith('sk_')) {
    return fail(
      'publishable-key-is-secret',
      'This is a Clerk secret key, which must never be in the app.',
      'Use the publishable key, which starts with pk_test_ or pk_live_, and replace the secret key if it was shared.',
    );
  }
  const parts = /^pk_(test|live)_(.*)$/s.exec(key);
  if (!parts) {
    return fail('publishable-key-prefix', 'A Clerk publishable key starts with pk_test_ or pk_live_.', MEND);
  }
  const decoded = decodeBase64(parts[2] ?? '');
  if (decoded === null) return fail('publishable-key-damaged', 'This Clerk publishable key is damaged.', MEND);
  if (!decoded.endsWith('$')) {
    return fail('publishable-key-truncated', 'This Clerk publishable key is cut short.', MEND);
  }
  const host = decoded.slice(0, -1);
  if (!HOST.test(host)) {
    return fail('publishable-key-host', 'This Clerk publishable key does not name a Frontend API host.', MEND);
  }
  return succeed({ kind: parts[1] === 'live' ? 'live' : 'test', host });
}

/** The issuer of a Frontend API's tokens: its https origin, without a slash at the end. */
export const issuerOf = (key: PublishableKey): string => `https://${key.host}`;

/** Where a Frontend API publishes the keys that its tokens are signed with. */
export const jwksUriOf = (key: PublishableKey): string => `${issuerOf(key)}/.well-known/jwks.json`;

function decodeBase64(text: string): string | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  try {
    return atob(text);
  } catch {
    return null;
  }
}
