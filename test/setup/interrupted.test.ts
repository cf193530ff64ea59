import { beforeAll, expect, it } from 'vitest';
import type { Fetch } from '../../src/main/connection/fetch.ts';
import { endState } from './support/end-state.ts';
import { runSetUp } from './support/run-set-up.ts';
import { startServers } from './support/servers.ts';

/** Lets `count` requests through; the one after it reaches the server or not, and its answer never comes. */
const dyingFetch = (count: number, arrives: boolean): Fetch => {
  let left = count;
  return async (url, init) => {
    if (left-- > 0) return fetch(url, init);
    if (left === -1 && arrives) await fetch(url, init);
    throw new TypeError('the process is gone');
  };
};

let requests = 0;
let wanted: unknown;

beforeAll(async () => {
  const servers = await startServers();
  await runSetUp(servers, {
    fetch: (url, init) => {
      requests++;
      return fetch(url, init);
    },
  });
  wanted = await endState(servers);
  await servers.close();
});

const cutOffEverywhere = async (arrives: boolean, stride = 1): Promise<void> => {
  expect(requests).toBeGreaterThan(40);
  for (let count = 0; count < requests; count += stride) {
    const servers = await startServers();
    try {
      await runSetUp(servers, { fetch: dyingFetch(count, arrives) });
      const again = await runSetUp(servers);
      expect({ count, failure: again.failure, proof: again.proof?.ok }).toEqual({ count, failure: null, proof: true });
      expect({ count, ...(await endState(servers)) }).toEqual({ count, ...(wanted as object) });
      expect((await runSetUp(servers)).result).toBe('nothing-to-do');
    } finally {
      await servers.close();
    }
  }
};

it(
  'cut off before any of its requests and run again, it comes to the same end',
  () => cutOffEverywhere(false),
  240_000,
);
it(
  'cut off after any of its requests, before the answer, it comes to the same end',
  () => cutOffEverywhere(true),
  240_000,
);
