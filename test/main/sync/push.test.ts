import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { RequestError } from '../../../src/main/fauna/request-failure.ts';
import type { FaunaGateway, PushAnswer } from '../../../src/main/sync/gateway.ts';
import { pushAll } from '../../../src/main/sync/push.ts';
import { createSession, StoppedError } from '../../../src/main/sync/session.ts';
import { systemTimers } from '../../../src/main/sync/surroundings.ts';
import { failure } from '../../../src/shared/failure.ts';
import { openStore, write } from '../notes/helpers.ts';

/** A push whose answers come when the test says so; the session's other questions are not asked. */
const pushing = (notes: number) => {
  const store = openStore();
  const ids = Array.from({ length: notes }, (_, at) => store.create({ body: `note ${at}` }).id);
  const asked: { ids: string[]; answer: (answers: PushAnswer[]) => void; fail: (error: Error) => void }[] = [];
  const push: FaunaGateway['push'] = (_, batch) =>
    new Promise((answer, fail) => asked.push({ ids: batch.map(({ id }) => id), answer, fail }));
  let stopped = false;
  const session = createSession({
    notes: store,
    gateway: { push } as FaunaGateway,
    tokens: {
      get: async () => ({ ok: true, value: { secret: 's', expiresAt: Number.POSITIVE_INFINITY } }),
      forget() {},
    },
    timers: systemTimers,
    stopped: () => stopped,
    progress: () => {},
    lost: () => {},
  });
  onTestFinished(() => {
    stopped = true;
  });
  const written = (at: number): void => asked[at]?.answer(asked[at].ids.map(() => ({ kind: 'written', ts: at + 1 })));
  const stop = (): void => {
    stopped = true;
  };
  const sizes = (): number[] => asked.map((one) => one.ids.length);
  /** Waits until so many were asked, and a little more, should there be one too many. */
  const underWay = async (...expected: number[]): Promise<void> => {
    await vi.waitFor(() => expect(sizes()).toEqual(expected), { timeout: 10_000, interval: 5 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sizes()).toEqual(expected);
  };
  return { store, ids, asked, written, underWay, stop, done: pushAll(session) };
};

describe('a push of many notes', () => {
  it('has three batches under way at once, no note in two of them, and sends each once', async () => {
    const { store, ids, asked, written, underWay, done } = pushing(750);
    const sizes = [100, 100, 100, 100, 100, 100, 100, 50];
    for (let at = 0; at < 8; at++) {
      await underWay(...sizes.slice(0, at + 3));
      written(at);
    }
    await done;
    const sent = asked.flatMap((one) => one.ids);
    expect(sent).toHaveLength(750);
    expect([...sent].sort()).toEqual([...ids].sort());
    expect(store.sync.waiting).toBe(0);
  });

  it('sends what was edited meanwhile again, once its batch is answered', async () => {
    const { store, ids, asked, written, underWay, done } = pushing(150);
    await underWay(100, 50);
    write(store, ids[0] ?? '', ', edited');
    written(1);
    await underWay(100, 50);
    written(0);
    await underWay(100, 50, 1);
    expect(asked[2]?.ids).toEqual([ids[0]]);
    written(2);
    await done;
    expect(store.sync.waiting).toBe(0);
  });

  it('keeps the answers of the other batches when one fails, and tells the failure after them', async () => {
    const { store, asked, written, underWay, done } = pushing(400);
    await underWay(100, 100, 100);
    let told: unknown = null;
    const ended = done.catch((error: unknown) => {
      told = error;
    });
    const unreachable = new RequestError('unreachable', failure('fauna-unreachable', 'Fauna cannot be reached.'));
    asked[0]?.fail(unreachable);
    await underWay(100, 100, 100);
    expect(told).toBeNull();
    written(1);
    written(2);
    await ended;
    expect(told).toBe(unreachable);
    expect(store.sync.waiting).toBe(200);
    expect(asked).toHaveLength(3);
  });

  it('ends without another effect when it is stopped', async () => {
    const { store, written, underWay, stop, done } = pushing(250);
    await underWay(100, 100, 50);
    stop();
    for (const at of [0, 1, 2]) written(at);
    await expect(done).rejects.toBeInstanceOf(StoppedError);
    expect(store.sync.waiting).toBe(250);
  });
});
