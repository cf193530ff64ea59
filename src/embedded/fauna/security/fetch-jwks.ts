/** How an access provider's keys are fetched where no one else does it: by https, without following redirects. */
import type { ResolveJwks } from './jwks.ts';

const TIMEOUT_MS = 5000;

/**
 * `safe` is what FaunaDB takes as `fauna.safe.access.providers`: expressions with semicolons between them; a host that
 * one of them matches whole is asked over plain HTTP. For development.
 */
export function createFetchJwks(safe = ''): ResolveJwks {
  const hosts = safe
    .split(';')
    .map((expression) => expression.trim())
    .filter((expression) => expression !== '')
    .map((expression) => new RegExp(`^(?:${expression})$`));
  return (address, headers) => {
    const url = new URL(address);
    // HTTP's own port takes the place of HTTPS's unless another was written.
    const plain = hosts.some((host) => host.test(url.hostname));
    const target = plain ? address.replace(/^https:/i, 'http:') : address;
    return fetch(target, { headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
  };
}
