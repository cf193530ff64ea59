import type { Fetch } from './fetch.ts';

/**
 * A fetch whose requests and streams under way can be given up together. Once a network is back, theirs were the lost
 * one's connections: no answer comes any more, and waiting for that to be noticed takes up to a minute.
 */
export const resettable = (fetch: Fetch): { fetch: Fetch; reset(): void } => {
  let lost = new AbortController();
  return {
    fetch: (url, init) => {
      const signals = [lost.signal, ...(init?.signal ? [init.signal] : [])];
      return fetch(url, { ...init, signal: AbortSignal.any(signals) });
    },
    reset: () => {
      const before = lost;
      lost = new AbortController();
      before.abort(new TypeError('fetch failed: the network that it was asked on is gone'));
    },
  };
};
