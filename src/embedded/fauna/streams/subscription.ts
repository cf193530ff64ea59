/** One open stream: takes the commits that concern it and turns them, one at a time, into the lines of its body. */
import type { EngineDoor, StreamOpening } from '../engine/protocol.ts';
import type { Commit } from '../store/commit.ts';

export type Opened = StreamOpening & { type: 'open' };

/** As FaunaDB's sinks: commits that wait for a slow reader. */
const MAX_WAITING = 4096;
/** Bytes of lines that wait for one. */
const HIGH_WATER = 64 * 1024;
const SEPARATOR = '\r\n';

const AUTHORIZATION_LOST = ['permission denied', 'Authorization lost during stream evaluation.'] as const;
const CONGESTED = ['time out', `Stream closed due to congestion after accumulating ${MAX_WAITING} items.`] as const;
const FAILED = ['internal server error', 'The stream failed for a reason of the server.'] as const;

export interface Subscription {
  readonly body: ReadableStream<Uint8Array>;
  /** Only with changes of the stream's topic, in order. */
  push(commit: Commit): void;
  /** Ends the body after what was sent already. */
  end(): void;
}

/** `ended` is called once, whichever side ends it. */
export function createSubscription(door: EngineDoor, opened: Opened, ended: () => void): Subscription {
  const encoder = new TextEncoder();
  let waiting: Commit[] = [];
  let busy = false;
  let isOver = false;
  let controller: ReadableStreamDefaultController<Uint8Array>;

  const write = (line: string): void => controller.enqueue(encoder.encode(line + SEPARATOR));
  const finish = (): boolean => {
    if (isOver) return false;
    isOver = true;
    waiting = [];
    ended();
    return true;
  };
  const fail = ([code, description]: readonly [string, string], time: bigint): void => {
    if (!finish()) return;
    write(`{"type":"error","txn":${time},"event":${JSON.stringify({ code, description })}}`);
    controller.close();
  };
  const step = async (commit: Commit): Promise<void> => {
    const lines = await door.renderEvents({ ...opened, commit });
    if (isOver) return;
    if (!lines) fail(AUTHORIZATION_LOST, commit.time);
    else for (const line of lines) write(line);
  };
  /** Renders while there is something to render and room for it. */
  const work = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      while (!isOver && (controller.desiredSize ?? 0) > 0) {
        const commit = waiting.shift();
        if (!commit) break;
        await step(commit);
      }
    } catch {
      fail(FAILED, 0n);
    } finally {
      busy = false;
    }
  };

  const body = new ReadableStream<Uint8Array>(
    {
      start: (made) => {
        controller = made;
        write(`{"type":"start","txn":${opened.start},"event":${opened.start}}`);
      },
      pull: () => void work(),
      cancel: () => void finish(),
    },
    { highWaterMark: HIGH_WATER, size: (chunk) => chunk.byteLength },
  );
  return {
    body,
    push: (commit) => {
      if (isOver) return;
      if (waiting.length >= MAX_WAITING) return fail(CONGESTED, 0n);
      waiting.push(commit);
      void work();
    },
    end: () => {
      if (finish()) controller.close();
    },
  };
}
