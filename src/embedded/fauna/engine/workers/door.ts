/**
 * The engine behind threads: one writes, in groups that share a commit; others read snapshots. The calling thread
 * waits for neither. See docs/embedded-fauna.md.
 */

import type { Soon } from '../../../soon.ts';
import { rememberProven } from '../../security/hashes.ts';
import type { Commit } from '../../store/commit.ts';
import type { Clock } from '../../store/store.ts';
import { openDirectReads } from '../direct/direct-reads.ts';
import type { EngineDoor, ProviderInfo, QueryRequest, QueryResponse, StreamOpening } from '../protocol.ts';
import { CLOSED, INTERNAL, refuse } from '../refusals.ts';
import { createRouter } from '../routing.ts';
import { Lane } from './lane.ts';
import type { Call, FromWorker, WorkerSettings } from './messages.ts';
import type { Outcome } from './thread.ts';

export interface WorkerDoorOptions extends Pick<WorkerSettings, 'file' | 'rootKey' | 'time' | 'tidyAfter'> {
  /** worker.ts, or what it was bundled into. */
  readonly script: string | URL;
  /** On the same `time`. */
  readonly clock: Clock;
  /** How many readers there may be; one, until a long query holds it up. */
  readonly mostReaders?: number;
  /** Of a thread's JavaScript heap; a query that needs more is refused. */
  readonly megabytes?: number;
}

export interface WorkerDoor extends EngineDoor {
  /** Copies the newest commit to a file that is not there yet. Rejects when that fails. */
  backup(file: string): Promise<void>;
}

const FOR_EVER = Number.MAX_SAFE_INTEGER;
/** How long finding an access provider may take: authentication has 5 s in all. */
const PROVIDER_TIME = 5000;
const EVENTS_TIME = 60_000;

export function createWorkerDoor(options: WorkerDoorOptions): WorkerDoor {
  const { file, rootKey, time, script, clock, mostReaders = 4, megabytes = 512, tidyAfter } = options;
  const router = createRouter();
  const commits = new SharedArrayBuffer(4);
  const counter = new Int32Array(commits);
  const listeners = new Set<(commit: Commit) => void>();
  let waiting: (() => void)[] = [];
  const announced = (message: FromWorker): void => {
    if (message.type === 'announcing') for (const resolve of waiting.splice(0)) resolve();
    if (message.type === 'proven') rememberProven(message.digests);
    if (message.type !== 'commits') return;
    for (const commit of message.commits) for (const listener of listeners) listener(commit);
  };
  const lane = (role: 'reader' | 'writer'): Lane =>
    new Lane({
      thread: { script, file, rootKey, time, commits, role, megabytes, tidyAfter },
      most: role === 'reader' ? mostReaders : 1,
      repeatable: role === 'reader',
      greeting: () => (role === 'writer' && listeners.size > 0 ? [{ type: 'announce', commits: true }] : []),
      announced,
    });
  const lanes = { writer: lane('writer'), reader: lane('reader') };

  const direct = openDirectReads({ file, rootKey, clock, commits });

  let lastId = 0;
  let closed = false;
  const submit = (role: 'reader' | 'writer', call: Call, milliseconds: number): Promise<Outcome> => {
    if (closed) return Promise.resolve({ type: 'refused', refusal: CLOSED });
    lastId = (lastId % 0x3fff_ffff) + 1;
    const [id, deadline] = [lastId, performance.now() + milliseconds];
    return new Promise((settle) => lanes[role].submit({ id, call, deadline, attempts: 0, settle }));
  };
  const query = (request: QueryRequest): Soon<QueryResponse> =>
    (closed ? undefined : direct.query(request)) ?? onThread(request);
  const onThread = async (request: QueryRequest): Promise<QueryResponse> => {
    const route = router.route(request);
    const call: Call = { method: 'query', request };
    let outcome = await submit(route, call, request.timeoutMs);
    if (outcome.type === 'needs-writer') {
      router.learn(request);
      outcome = await submit('writer', call, request.timeoutMs);
    }
    // A writer that ended has not counted what it may have committed.
    if (outcome.type === 'refused') Atomics.add(counter, 0, 1);
    return ended(outcome);
  };
  const ended = (outcome: Outcome): QueryResponse => {
    if (outcome.type === 'response') return outcome.response;
    return refuse(outcome.type === 'refused' ? outcome.refusal : INTERNAL, clock.now());
  };

  return {
    query,
    findProvider: async (globalId, issuer): Promise<ProviderInfo | undefined> => {
      const read = closed ? undefined : direct.findProvider(globalId, issuer);
      if (read) return read.found;
      const outcome = await submit('reader', { method: 'findProvider', globalId, issuer }, PROVIDER_TIME);
      return outcome.type === 'value' ? (outcome.value as ProviderInfo | undefined) : undefined;
    },
    openStream: async (request) => {
      const outcome = await submit('reader', { method: 'openStream', request }, request.timeoutMs);
      return outcome.type === 'value'
        ? (outcome.value as StreamOpening)
        : { type: 'refused', response: ended(outcome) };
    },
    renderEvents: async (request) => {
      const outcome = await submit('reader', { method: 'renderEvents', request }, EVENTS_TIME);
      if (outcome.type === 'value') return outcome.value as readonly string[] | undefined;
      throw new Error('the events could not be rendered');
    },
    onCommit: async (listener) => {
      listeners.add(listener);
      const announcing = new Promise<void>((resolve) => waiting.push(resolve));
      lanes.writer.tell({ type: 'announce', commits: true });
      await announcing;
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) lanes.writer.tell({ type: 'announce', commits: false });
      };
    },
    backup: async (target) => {
      const outcome = await submit('writer', { method: 'backup', file: target }, FOR_EVER);
      if (outcome.type !== 'done') throw new Error(outcome.type === 'failed' ? outcome.message : 'the backup failed');
    },
    close: async () => {
      closed = true;
      direct.close();
      await lanes.reader.close();
      await lanes.writer.close();
      waiting = [];
    },
  };
}
