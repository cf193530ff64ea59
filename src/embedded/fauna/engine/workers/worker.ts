/** Entry of a worker thread: an engine on a connection of its own, as the writer or as a reader. door.ts is the other end. */
import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { takeProven } from '../../security/hashes.ts';
import { Store } from '../../store/store.ts';
import { createClock } from '../clock.ts';
import { createEngine, type Engine } from '../engine.ts';
import type { QueryRequest } from '../protocol.ts';
import { refuse, unexpected } from '../refusals.ts';
import { keepTidy } from '../tidy.ts';
import type { Answer, Call, FromWorker, NumberedCall, ToWorker, WorkerSettings } from './messages.ts';
import { Phase, WorkerEnded } from './phase.ts';

type Written = readonly [id: number, request: QueryRequest, until: number];

/** How long answers may wait for those that come after them (ms). */
const PATIENCE = 3;
/** How long queries may wait for others to share their commit (ms). */
const GROUP_TIME = 10;

const { file, rootKey, role, phase: shared, time, commits, tidyAfter } = workerData as WorkerSettings;
const phase = new Phase(shared);
const clock = createClock(time);
const post = (message: FromWorker, given: readonly ArrayBuffer[] = []): void => parentPort?.postMessage(message, given);

/** A query that has waited has that much less time; one that was given to another thread meanwhile mostly has none. */
function inTime(request: QueryRequest, until: number): QueryRequest {
  const left = Math.ceil(until - performance.timeOrigin - performance.now());
  return left < request.timeoutMs ? { ...request, timeoutMs: Math.max(1, left) } : request;
}

/** Bytes are handed over, not copied. */
const bytesOf = (answer: Answer): ArrayBuffer[] =>
  answer.type === 'response' && typeof answer.response.body !== 'string' ? [answer.response.body.buffer] : [];

function open(): { store: Store; engine: Engine } | undefined {
  try {
    const store = new Store(file, clock, { readOnly: role === 'reader', commits });
    return { store, engine: createEngine({ store, clock, rootKey, randomBytes }) };
  } catch (error) {
    post({ type: 'not-opened', message: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

function readValue(engine: Engine, call: Call): unknown {
  switch (call.method) {
    case 'findProvider':
      return engine.findProvider(call.globalId, call.issuer);
    case 'openStream':
      return engine.openStream(call.request);
    case 'renderEvents':
      return engine.renderEvents(call.request);
    default:
      throw new Error(`a reader does no ${call.method}`);
  }
}

function run(store: Store, engine: Engine): void {
  let answers: [number, Answer][] = [];
  const flush = (): void => {
    const digests = takeProven();
    if (digests.length > 0) post({ type: 'proven', digests });
    if (answers.length > 0)
      post(
        { type: 'answers', answers },
        answers.flatMap(([, answer]) => bytesOf(answer)),
      );
    answers = [];
  };

  const read = (calls: readonly NumberedCall[]): void => {
    let last = performance.now();
    for (const [id, call, until] of calls) {
      phase.enter(id);
      answers.push([id, answer(call, until)]);
      if (performance.now() - last > PATIENCE) {
        flush();
        last = performance.now();
      }
    }
  };
  const answer = (call: Call, until: number): Answer => {
    try {
      if (call.method !== 'query') return { type: 'value', value: readValue(engine, call) };
      const response = engine.read(inTime(call.request, until));
      return response ? { type: 'response', response } : { type: 'needs-writer' };
    } catch (error) {
      return { type: 'response', response: refuse(unexpected(error), clock.now()) };
    }
  };

  /** Runs and commits as many of the queries as go into one group; answers what is left. */
  const write = (queries: readonly Written[]): readonly Written[] => {
    const started = performance.now();
    let done = 0;
    try {
      phase.enter(queries[0]?.[0] ?? 1);
      const responses = engine.executeAll(
        queries.map(([, request, until]) => inTime(request, until)),
        {
          enough: () => {
            done += 1;
            const next = queries[done];
            if (!next || performance.now() - started > GROUP_TIME) return true;
            phase.enter(next[0]);
            return false;
          },
          beforeCommit: () => phase.commit(),
        },
      );
      for (const [index, response] of responses.entries()) {
        answers.push([queries[index]?.[0] ?? 0, { type: 'response', response }]);
      }
    } catch (error) {
      if (error instanceof WorkerEnded) throw error;
      done = Math.max(done, 1);
      const refusal = refuse(unexpected(error), clock.now());
      for (const [id] of queries.slice(0, done)) answers.push([id, { type: 'response', response: refusal }]);
    }
    flush();
    return queries.slice(done);
  };

  const backup = async (id: number, target: string): Promise<void> => {
    const result = await store.backup(target).then(
      (): Answer => ({ type: 'done' }),
      (error: unknown): Answer => ({ type: 'failed', message: String(error) }),
    );
    post({ type: 'answers', answers: [[id, result]] });
  };

  const take = async (calls: readonly NumberedCall[]): Promise<void> => {
    if (role === 'reader') store.together(() => read(calls));
    else {
      let queries = calls.flatMap(([id, call, until]): Written[] =>
        call.method === 'query' ? [[id, call.request, until]] : [],
      );
      while (queries.length > 0) {
        queries = [...write(queries)];
        // Lets the store announce what it committed before this thread can be ended in the next group.
        await undefined;
      }
      for (const [id, call] of calls) if (call.method === 'backup') void backup(id, call.file);
    }
    flush();
    phase.rest();
    if (role !== 'reader') setImmediate(build);
  };

  let closed = false;
  /** New indexes are filled between queries, a piece at a time. */
  const build = (): void => {
    if (!closed && engine.build()) setImmediate(build);
  };
  if (role !== 'reader') setImmediate(build);
  const endTidying = role === 'reader' ? () => undefined : keepTidy(engine.tidy, tidyAfter);

  parentPort?.on('message', (message: ToWorker) => {
    if (message.type === 'calls') {
      for (const memory of message.spent) engine.reuse(memory);
      take(message.calls).catch((error: unknown) => {
        // The service is ending this thread; what it had not committed is undone and will be done again elsewhere.
        if (!(error instanceof WorkerEnded)) throw error;
      });
    } else if (message.type === 'close') {
      closed = true;
      endTidying();
      store.close();
      parentPort?.close();
    } else {
      engine.watch(message.commits ? (commit) => post({ type: 'commits', commits: [commit] }) : undefined);
      post({ type: 'announcing' });
    }
  });
  post({ type: 'ready' });
}

const opened = open();
if (opened) run(opened.store, opened.engine);
