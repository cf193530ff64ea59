import type { Worker } from 'node:worker_threads';
import { FailureError, failure } from '../../../shared/failure.ts';
import type { OpenSearchDoor, SearchHit } from './door.ts';
import type { FromWorker, Question, SearchWorkerData } from './worker-messages.ts';

/** Starts `worker.ts` as the build has bundled it: `(data) => new Worker(path, { workerData: data })`. */
export type StartWorker = (data: SearchWorkerData) => Worker;

interface Waiting {
  caller: string;
  message: Question;
  resolve: (answer: { hits: SearchHit[]; found: string | null }) => void;
  reject: (error: Error) => void;
}

/** So many changed notes are taken in at once, fewer after this while. */
const CHANGED_NOTES = 500;
const CHANGED_AFTER_MS = 500;

/**
 * Searches and indexes in a thread of its own, started when it is first wanted. One question at a time is with the
 * worker; between them it takes in what was changed.
 */
export const workerDoor =
  (start: StartWorker): OpenSearchDoor =>
  (options) => {
    let worker: Worker | null = null;
    let asked: Waiting | null = null;
    let queue: Waiting[] = [];
    let calls = 0;
    let closed = false;
    let changed = 0;
    let timer: NodeJS.Timeout | undefined;

    const next = (): void => {
      if (asked || queue.length === 0) return;
      asked = queue.shift() ?? null;
      const running = awake();
      running.ref();
      if (asked) running.postMessage(asked.message);
    };
    const awake = (): Worker => {
      worker ??= started();
      return worker;
    };
    const started = (): Worker => {
      const made = start(options);
      made.unref();
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
    const ask = (caller: string, message: Question) =>
      new Promise<{ hits: SearchHit[]; found: string | null }>((resolve, reject) => {
        if (closed) return reject(searchFailed('the notes are closed'));
        queue.push({ caller, message, resolve, reject });
        next();
      });

    const takeIn = (): void => {
      clearTimeout(timer);
      timer = undefined;
      changed = 0;
      awake().postMessage({ kind: 'changed' });
    };

    return {
      async search(query, caller = '') {
        for (const stale of queue.filter((one) => one.caller === caller && one.message.kind === 'search')) {
          stale.resolve({ hits: [], found: null });
        }
        queue = queue.filter((one) => one.caller !== caller || one.message.kind !== 'search');
        return (await ask(caller, { call: calls++, kind: 'search', query })).hits;
      },
      changed(notes) {
        if (closed) return;
        changed += notes;
        if (changed >= CHANGED_NOTES) takeIn();
        else timer ??= setTimeout(takeIn, CHANGED_AFTER_MS).unref();
      },
      async indexed() {
        await ask('', { call: calls++, kind: 'indexed' });
      },
      tidy() {
        if (closed) return;
        takeIn();
        awake().postMessage({ kind: 'tidy' });
      },
      async check() {
        return (await ask('', { call: calls++, kind: 'check' })).found;
      },
      async close() {
        closed = true;
        clearTimeout(timer);
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
