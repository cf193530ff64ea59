import { parentPort, workerData } from 'node:worker_threads';
import { openReader } from './reader.ts';
import type { FromWorker, SearchWorkerData, ToWorker } from './worker-messages.ts';

/** Entry of the search worker; `worker-door.ts` is the other end. */
const reader = openReader((workerData as SearchWorkerData).file);

parentPort?.on('message', (message: ToWorker) => parentPort?.postMessage(answer(message)));

function answer(message: ToWorker): FromWorker {
  const { call } = message;
  try {
    if (message.kind === 'check') return { call, ok: true, hits: [], found: reader.check() };
    return { call, ok: true, hits: reader.search(message.query), found: null };
  } catch (error) {
    return { call, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
