import type { Worker } from 'node:worker_threads';
import { FailureError, failure } from '../../../shared/failure.ts';
import type { OpenSearchDoor, SearchHit } from './door.ts';
import type { FromWorker, SearchWorkerData, ToWorker } from './worker-messages.ts';

/** Starts `worker.ts` as the build has bundled it: `(data) => new Worker(path, { workerData: data })`. */
export type StartWorker = (data: SearchWorkerData) => Worker;

interface Waiting {
  caller: string;
  message: ToWorker;
  resolve: (answer: { hits: SearchHit[]; found: string | null }) => void;
  reject: (error: Error) => void;
}

/** Searches in a thread of its own, started at the first search. One question at a time is with the worker. */
export const workerDoor =
  (start: StartWorker): OpenSearchDoor =>
  (file) => {
    let worker: Worker | null = null;
    let asked: Waiting | null = null;
    let queue: Waiting[] = [];
    let calls = 0;
    let closed = false;

    const next = (): void => {
      if (asked || queue.length === 0) return;
      asked = queue.shift() ?? null;
      worker ??= started();
      worker.ref();
      if (asked) worker.postMessage(asked.message);
    };
    const started = (): Worker => {
      const made = start({ file });
      made.on('message', (answer: FromWorker) => {
        if (asked?.message.call !== answer.call) return;
        const { resolve, reject } = asked;
        asked = null;
        made.unref();
        if (answer.ok) resolve(answer);
        else reject(searchFailed(answer.message));
        next();
      });
      const died = (cause: unknown): void => {
        if (worker !== made) return;
        worker = null;
        asked?.reject(searchFailed(cause));
        asked = null;
        // The next question starts another worker.
        next();
      };
      made.on('error', died);
      made.on('exit', () => died('the search worker ended'));
      return made;
    };
    const ask = (caller: string, message: Omit<ToWorker, 'call'> & ToWorker) =>
      new Promise<{ hits: SearchHit[]; found: string | null }>((resolve, reject) => {
        if (closed) return reject(searchFailed('the notes are closed'));
        queue.push({ caller, message, resolve, reject });
        next();
      });

    return {
      async search(query, caller = '') {
        for (const stale of queue.filter((one) => one.caller === caller && one.message.kind === 'search')) {
          stale.resolve({ hits: [], found: null });
        }
        queue = queue.filter((one) => one.caller !== caller || one.message.kind !== 'search');
        return (await ask(caller, { call: calls++, kind: 'search', query })).hits;
      },
      async check() {
        return (await ask('', { call: calls++, kind: 'check' })).found;
      },
      async close() {
        closed = true;
        for (const { reject } of queue.splice(0)) reject(searchFailed('the notes are closed'));
        const last = worker;
        if (!last) return;
        await new Promise<void>((resolve) => {
          last.once('exit', () => resolve());
          void last.terminate();
        });
      },
    };
  };

function searchFailed(cause: unknown): FailureError {
  return new FailureError(failure('search-failed', 'The search could not be done.', 'Try again.'), { cause });
}
