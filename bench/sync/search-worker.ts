import { Worker } from 'node:worker_threads';
import { workerDoor } from '../../src/main/notes/search/worker-door.ts';

/** The app's own search worker, from its source. */
export const searchInWorker = workerDoor(
  (workerData) => new Worker(new URL('../../src/main/notes/search/worker.ts', import.meta.url), { workerData }),
);
