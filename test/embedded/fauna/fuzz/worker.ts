/** Runs campaigns on a thread of its own, so that a case that never ends can be told by number. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Found, runCampaign } from './campaign.ts';

export interface FuzzSettings {
  readonly seed: number;
  /** One 32-bit integer: the number of the case that is running. */
  readonly current: SharedArrayBuffer;
}

export interface FuzzBlock {
  readonly from: number;
  readonly count: number;
}

/** What failed, or that a block is done. */
export type FuzzMessage = Found | 'done';

const { seed, current } = workerData as FuzzSettings;
const running = new Int32Array(current);

parentPort?.on('message', async (block: FuzzBlock) => {
  await runCampaign({
    seed,
    ...block,
    onCase: (index) => Atomics.store(running, 0, index),
    onFound: (found) => parentPort?.postMessage(found),
  });
  parentPort?.postMessage('done');
});
