/** Runs a campaign on a thread of its own, so that a case that never ends can be told by number. */
import { parentPort, workerData } from 'node:worker_threads';
import { runCampaign } from './campaign.ts';

export interface FuzzSettings {
  readonly seed: number;
  readonly from: number;
  readonly count: number;
  /** One 32-bit integer: the number of the case that is running. */
  readonly current: SharedArrayBuffer;
}

const { seed, from, count, current } = workerData as FuzzSettings;
const running = new Int32Array(current);

await runCampaign({
  seed,
  from,
  count,
  onCase: (index) => Atomics.store(running, 0, index),
  onFound: (found) => parentPort?.postMessage(found),
});
