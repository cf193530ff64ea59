/** Streams on a door of our own: what is held for them, and when it is let go. */
import { expect, it } from 'vitest';
import type { EngineDoor, EventsRequest } from '../../../../src/embedded/fauna/engine/protocol.ts';
import { NO_METRICS } from '../../../../src/embedded/fauna/engine/refusals.ts';
import { ROOT_AUTH } from '../../../../src/embedded/fauna/security/auth.ts';
import type { Commit } from '../../../../src/embedded/fauna/store/commit.ts';
import { createStreamRegistry } from '../../../../src/embedded/fauna/streams/registry.ts';
import { documentTopic } from '../../../../src/embedded/fauna/streams/topics.ts';

const REQUEST = { credential: { type: 'secret', secret: 's' }, query: '1', fields: undefined, timeoutMs: 1 } as const;

const commit = (time: bigint, id = 1n): Commit => ({
  time,
  changes: [
    {
      type: 'version',
      scope: 0,
      collection: 1024,
      id,
      ts: time,
      action: 'create',
      data: new Uint8Array(),
      before: undefined,
    },
  ],
});

function fakeDoor(render: (request: EventsRequest) => Promise<readonly string[] | undefined>) {
  const listeners = new Set<(commit: Commit) => void>();
  let opening: (() => void) | undefined;
  const door: EngineDoor = {
    query: () => Promise.reject(new Error('not asked')),
    findProvider: () => Promise.reject(new Error('not asked')),
    close: () => Promise.resolve(),
    openStream: async () => {
      opening?.();
      return {
        type: 'open',
        topic: documentTopic(0, 1024, 1n),
        start: 10n,
        terms: undefined,
        fields: ['action'],
        login: { auth: ROOT_AUTH, stamp: '' },
        metrics: NO_METRICS,
      };
    },
    renderEvents: render,
    onCommit: async (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return {
    door,
    listeners,
    whileOpening: (run: () => void) => {
      opening = run;
    },
    announce: (one: Commit) => {
      for (const listener of listeners) listener(one);
    },
  };
}

const times = async ({ commit: { time } }: EventsRequest): Promise<readonly string[]> => [`{"time":${time}}`];

async function opened(registry: ReturnType<typeof createStreamRegistry>, signal = new AbortController().signal) {
  const stream = await registry.open(REQUEST, signal);
  if (stream.type !== 'open') throw new Error('refused');
  const reader = stream.body.getReader();
  return {
    read: async () => {
      const { done, value } = await reader.read();
      return { done, value: value && Buffer.from(value).toString() };
    },
    cancel: () => reader.cancel(),
  };
}

it('listens to commits only while a stream is open', async () => {
  const { door, listeners } = fakeDoor(times);
  const registry = createStreamRegistry(door);
  const reader = await opened(registry);
  expect([registry.size, listeners.size]).toEqual([1, 1]);
  await reader.cancel();
  await new Promise((resolve) => setImmediate(resolve));
  expect([registry.size, listeners.size]).toEqual([0, 0]);
});

it('lets go of a stream whose client is gone', async () => {
  const { door } = fakeDoor(times);
  const registry = createStreamRegistry(door);
  const client = new AbortController();
  await opened(registry, client.signal);
  client.abort();
  expect(registry.size).toBe(0);
});

it('misses nothing that commits while the stream is opened, and repeats nothing from before', async () => {
  const { door, announce, whileOpening } = fakeDoor(times);
  const registry = createStreamRegistry(door);
  whileOpening(() => {
    announce(commit(9n));
    announce(commit(11n, 2n));
    announce(commit(12n));
  });
  const reader = await opened(registry);
  expect((await reader.read()).value).toBe('{"type":"start","txn":10,"event":10}\r\n');
  announce(commit(13n));
  expect((await reader.read()).value).toBe('{"time":12}\r\n');
  expect((await reader.read()).value).toBe('{"time":13}\r\n');
  registry.close();
  expect((await reader.read()).done).toBe(true);
});

it('keeps the order when rendering takes its time', async () => {
  const { door, announce } = fakeDoor(async (request) => {
    await new Promise((resolve) => setTimeout(resolve, request.commit.time === 11n ? 20 : 0));
    return times(request);
  });
  const reader = await opened(createStreamRegistry(door));
  await reader.read();
  for (const time of [11n, 12n]) announce(commit(time));
  expect((await reader.read()).value).toBe('{"time":11}\r\n');
  expect((await reader.read()).value).toBe('{"time":12}\r\n');
});

it('ends a stream whose reader has fallen too far behind', async () => {
  const { door, announce } = fakeDoor(async () => ['x'.repeat(100_000)]);
  const registry = createStreamRegistry(door);
  const reader = await opened(registry);
  for (let time = 11n; registry.size > 0; time += 1n) {
    announce(commit(time));
    if (time > 10_000n) throw new Error('still open');
  }
  let last = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    last = value ?? '';
  }
  expect(JSON.parse(last)).toEqual({
    type: 'error',
    txn: 0,
    event: { code: 'time out', description: 'Stream closed due to congestion after accumulating 4096 items.' },
  });
});

it('tells a stream that its login is lost, and ends it', async () => {
  const { door, announce } = fakeDoor(async () => undefined);
  const registry = createStreamRegistry(door);
  const reader = await opened(registry);
  await reader.read();
  announce(commit(11n));
  expect(JSON.parse((await reader.read()).value ?? '')).toEqual({
    type: 'error',
    txn: 11,
    event: { code: 'permission denied', description: 'Authorization lost during stream evaluation.' },
  });
  expect((await reader.read()).done).toBe(true);
  expect(registry.size).toBe(0);
});
