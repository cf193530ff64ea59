/**
 * The engine on the calling thread. Writes that arrive in one turn of the event loop share a commit. A door with
 * workers takes its place without its callers noticing.
 */
import { registry } from '../functions/index.ts';
import type { Commit } from '../store/commit.ts';
import type { Engine } from './engine.ts';
import type { EngineDoor, QueryRequest, QueryResponse } from './protocol.ts';
import { keepTidy } from './tidy.ts';

interface Waiting {
  readonly request: QueryRequest;
  resolve(response: QueryResponse): void;
  reject(error: unknown): void;
}

/** `tidies`: whether it also does the housekeeping, by the machine's time. */
export function createLocalDoor(engine: Engine, close: () => void, tidies: boolean): EngineDoor {
  let waiting: Waiting[] = [];
  const listeners = new Set<(commit: Commit) => void>();
  const announce = (commit: Commit): void => {
    for (const listener of listeners) listener(commit);
  };
  let closed = false;
  /** New indexes are filled between queries, a piece at a time. */
  const build = (): void => {
    if (!closed && engine.build()) setImmediate(build);
  };
  setImmediate(build);
  const endTidying = tidies ? keepTidy(engine.tidy) : () => undefined;
  const flush = (): void => {
    const group = waiting;
    waiting = [];
    try {
      const responses = engine.executeAll(group.map(({ request }) => request));
      for (const [index, { resolve }] of group.entries()) resolve(responses[index] as QueryResponse);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    setImmediate(build);
  };
  return {
    query: (request) => {
      const mayWrite = request.query !== undefined && !request.readOnly && registry.mayWrite(request.query);
      if (!mayWrite) return Promise.resolve().then(() => engine.execute(request));
      return new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ request, resolve, reject });
      });
    },
    findProvider: async (globalId, issuer) => engine.findProvider(globalId, issuer),
    openStream: async (request) => engine.openStream(request),
    renderEvents: async (request) => engine.renderEvents(request),
    onCommit: async (listener) => {
      listeners.add(listener);
      engine.watch(announce);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) engine.watch(undefined);
      };
    },
    close: async () => {
      if (waiting.length > 0) flush();
      closed = true;
      endTidying();
      close();
    },
  };
}
