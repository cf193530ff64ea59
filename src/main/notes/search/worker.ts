import { parentPort, workerData } from 'node:worker_threads';
import { SearchIndex } from './search-index.ts';
import type { FromWorker, Question, SearchWorkerData, ToWorker } from './worker-messages.ts';

/** Entry of the search worker; `worker-door.ts` is the other end. */
const index = new SearchIndex(workerData as SearchWorkerData);

/** What is done between questions, a part at a time; each answers whether there is more to do. */
const background = { changed: () => index.catchUp(), tidy: () => index.merge() };
const wanted = new Set<keyof typeof background>();
let scheduled = false;

const goOn = (): void => {
  scheduled = false;
  // Texts first: what is merged then is all there is.
  const next = wanted.has('changed') ? 'changed' : 'tidy';
  try {
    if (!background[next]()) wanted.delete(next);
  } catch {
    // The next change or question tries again; a question says what is wrong.
    wanted.clear();
  }
  schedule();
};

const schedule = (): void => {
  if (scheduled || wanted.size === 0) return;
  scheduled = true;
  setImmediate(goOn);
};

const answer = (question: Question): FromWorker => {
  const { call } = question;
  try {
    if (question.kind === 'search') return { call, ok: true, hits: index.search(question.query), found: null };
    if (question.kind === 'check') return { call, ok: true, hits: [], found: index.check() };
    while (index.catchUp());
    return { call, ok: true, hits: [], found: null };
  } catch (error) {
    return { call, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
};

parentPort?.on('message', (message: ToWorker) => {
  if ('call' in message) {
    parentPort?.postMessage(answer(message));
    return;
  }
  wanted.add(message.kind);
  schedule();
});
