import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { workerDoor } from '../../src/main/notes/search/worker-door.ts';

/** The app's own search worker, bundled beside this (shipped.ts). */
export const searchInWorker = workerDoor(
  (workerData) => new Worker(join(import.meta.dirname, 'search-worker.cjs'), { workerData }),
);
