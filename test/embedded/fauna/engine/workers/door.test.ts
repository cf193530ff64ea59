import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClock, sharedTime } from '../../../../../src/embedded/fauna/engine/clock.ts';
import type { QueryResponse } from '../../../../../src/embedded/fauna/engine/protocol.ts';
import { createWorkerDoor, type WorkerDoor } from '../../../../../src/embedded/fauna/engine/workers/door.ts';
import type { Commit } from '../../../../../src/embedded/fauna/store/commit.ts';
import { Store } from '../../../../../src/embedded/fauna/store/store.ts';
import { bundleFaunaWorker } from '../../../../../src/setup/bundle-fauna-worker.ts';
import { bodyText } from '../../body-text.ts';

const ROOT_KEY = 'root-secret-for-threads';
let bundled: string;
let script: string;
let folder: string;
let file: string;
let door: WorkerDoor;

const open = (megabytes?: number): WorkerDoor => {
  const time = sharedTime();
  const clock = createClock(time);
  new Store(file, clock).close();
  return createWorkerDoor({ file, rootKey: ROOT_KEY, script, clock, time, ...(megabytes ? { megabytes } : {}) });
};
const ask = async (query: unknown, timeoutMs = 60_000): Promise<QueryResponse> =>
  door.query({
    credential: { type: 'secret', secret: ROOT_KEY },
    query: JSON.stringify(query),
    readOnly: false,
    timeoutMs,
  });
const resource = async (query: unknown): Promise<unknown> => {
  const response = await ask(query);
  const body = bodyText(response);
  expect(body).toMatch(/^\{"resource":/);
  expect(response.status).toBeLessThan(300);
  return (JSON.parse(body) as { resource: unknown }).resource;
};

beforeAll(async () => {
  bundled = mkdtempSync(join(tmpdir(), 'burrow-fauna-worker-'));
  script = await bundleFaunaWorker(bundled);
});
afterAll(() => rmSync(bundled, { recursive: true }));

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'burrow-threads-'));
  file = join(folder, 'fauna.db');
  door = open();
  await resource({ create_collection: { object: { name: 'things' } } });
});
afterEach(async () => {
  await door.close();
  rmSync(folder, { recursive: true });
});

const thing = (id: number): object => ({ ref: { collection: 'things' }, id: String(id) });
const create = (id: number, data: unknown = {}): object => ({
  create: thing(id),
  params: { object: { data: { object: data } } },
});
const count = { count: { documents: { collection: 'things' } } };
const list = Array.from({ length: 200 }, (_, index) => index);
const over = (expr: unknown): object => ({ map: { lambda: 'x', expr }, collection: list });
const numbers = Array.from({ length: 20_000 }, (_, index) => index);
/** Copies long arrays: the time is over before the steps are that may be computed. */
const ENDLESS = {
  let: { xs: numbers },
  in: { count: over({ count: over({ count: over({ append: { var: 'xs' }, collection: { var: 'xs' } }) }) }) },
};

describe('a client', () => {
  it('sees what it has written, whichever thread answers', async () => {
    for (let id = 1; id <= 20; id += 1) {
      await resource(create(id));
      expect(await resource(count)).toBe(id);
    }
  });

  it('sees what it has written when the serving thread itself reads', async () => {
    for (let id = 1; id <= 20; id += 1) {
      await resource(create(id, { turn: 0 }));
      for (let turn = 1; turn <= 5; turn += 1) {
        await resource({ update: thing(id), params: { object: { data: { object: { turn } } } } });
        expect(await resource({ select: ['data', 'turn'], from: { get: thing(id) } })).toBe(turn);
      }
      await resource({ delete: thing(id) });
      expect(await resource({ exists: thing(id) })).toBe(false);
    }
  });

  it('sees what others have written once they were told', async () => {
    const turns = list.map(async (id) => {
      await resource(create(id + 1));
      return resource({ exists: thing(id + 1) });
    });
    expect(await Promise.all(turns)).toEqual(list.map(() => true));
  });

  it('gets transaction times that grow over reads and writes', async () => {
    const times: bigint[] = [];
    for (let id = 1; id <= 10; id += 1) {
      for (const query of [create(id), count, { exists: thing(id) }]) times.push((await ask(query)).transactionTime);
    }
    expect(times).toEqual([...new Set(times)].sort((a, b) => (a < b ? -1 : 1)));
  });

  it('has every one of many writes at once, each with a time of its own', async () => {
    const answers = await Promise.all(list.map((id) => ask(create(id + 1))));
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    expect(new Set(answers.map(({ transactionTime }) => transactionTime)).size).toBe(list.length);
    expect(await resource(count)).toBe(list.length);
  });

  it('gets long answers whole, also when they come beside others', async () => {
    const text = 'a "long" text. '.repeat(10_000);
    await resource(create(1, { text }));
    const look = { count: over({ get: thing(1) }) };
    const pages = { map: { lambda: 'x', expr: { get: thing(1) } }, collection: [1, 2, 3] };
    const [, ...answers] = await Promise.all([ask(look), ask(pages), ask({ get: thing(1) }), ask(pages)]);
    expect(answers.map(({ body }) => body instanceof Uint8Array)).toEqual([true, true, true]);
    const [first, one, again] = answers.map((answer) => JSON.parse(bodyText(answer)).resource);
    expect(first).toHaveLength(3);
    expect(again).toEqual(first);
    expect(one.data.text).toBe(text);
  });

  it('gives the memory of an answer that was sent back to the thread, for the next one', async () => {
    const long = (letter: string): object => ({ map: { lambda: 'x', expr: letter.repeat(1000) }, collection: list });
    const first = await ask(long('a'));
    first.spent?.();
    expect(first.body).toHaveLength(bodyText(first).length);
    const second = await ask(long('b'));
    expect(first.body).toHaveLength(0);
    const third = await ask(long('c'));
    expect([second, third].map((answer) => JSON.parse(bodyText(answer)).resource)).toEqual(
      ['b', 'c'].map((letter) => list.map(() => letter.repeat(1000))),
    );
  });

  it('gets the errors of its own query when others of the group fail', async () => {
    const [first, second, third] = await Promise.all([ask(create(1)), ask(create(1)), ask(create(2))]);
    expect([first?.status, second?.status, third?.status]).toEqual([201, 400, 201]);
    expect(second?.body).toContain('instance already exists');
  });

  it('calls functions that read and functions that write', async () => {
    const make = (name: string, expr: unknown): object => ({
      create_function: { object: { name, body: { query: { lambda: 'id', expr } } } },
    });
    await resource(make('look', count));
    await resource(
      make('add', {
        select: 'ts',
        from: { create: { ref: { collection: 'things' }, id: { var: 'id' } }, params: { object: {} } },
      }),
    );
    for (const id of [1, 2, 3]) {
      await resource({ call: { function: 'add' }, arguments: id });
      expect(await resource({ call: { function: 'look' }, arguments: 0 })).toBe(id);
    }
  });
});

describe('a query without end', { timeout: 60_000 }, () => {
  it('times out when it reads, and others go on meanwhile', async () => {
    let ended = false;
    const endless = Array.from({ length: 2 }, () =>
      ask(ENDLESS, 20_000).finally(() => {
        ended = true;
      }),
    );
    expect(await resource(count)).toBe(0);
    await resource(create(1));
    expect(await resource(count)).toBe(1);
    expect(ended).toBe(false);
    for (const response of await Promise.all(endless)) {
      expect(response.status).toBe(503);
      expect(JSON.parse(bodyText(response))).toMatchObject({ errors: [{ code: 'time out' }] });
    }
  });

  it('times out when it writes, nothing of it stays, and those that waited are done', async () => {
    const endless = ask({ do: [create(1), ENDLESS] }, 700);
    const waiting = ask(create(2));
    expect((await endless).status).toBe(503);
    expect((await waiting).status).toBe(201);
    expect(await resource({ exists: thing(1) })).toBe(false);
    expect(await resource({ exists: thing(2) })).toBe(true);
  });

  it('keeps those that waited waiting, however many time out before them', async () => {
    const endless = Array.from({ length: 4 }, () => ask({ do: [create(1), ENDLESS] }, 400));
    const waiting = ask(create(2));
    for (const response of await Promise.all(endless)) expect(response.status).toBe(503);
    expect((await waiting).status).toBe(201);
  });
});

it('answers small reads while every thread is held up', { timeout: 60_000 }, async () => {
  await resource(create(1));
  let ended = false;
  const endless = [ENDLESS, ENDLESS, ENDLESS, ENDLESS, ENDLESS, { do: [create(2), ENDLESS] }].map((query) =>
    ask(query, 15_000).finally(() => {
      ended = true;
    }),
  );
  await new Promise((resolve) => setTimeout(resolve, 1000));
  for (let turn = 0; turn < 100; turn += 1) expect(await resource({ exists: thing(1) })).toBe(true);
  expect(ended).toBe(false);
  await Promise.all(endless);
});

describe('a query that builds something huge', { timeout: 60_000 }, () => {
  const twice = (name: string): object => ({ append: { var: name }, collection: { var: name } });
  const doubled = Array.from({ length: 30 }, (_, index) => ({ [`x${index + 1}`]: twice(`x${index}`) }));
  const HUGE = { let: [{ x0: list }, ...doubled], in: { count: { var: 'x30' } } };

  it('is refused, and the next is answered', async () => {
    await door.close();
    door = open(48);
    const response = await ask(HUGE);
    expect(response.status).toBe(400);
    expect(JSON.parse(bodyText(response))).toMatchObject({
      errors: [{ code: 'bad request', description: 'Transaction is too large.' }],
    });
    expect(await resource(count)).toBe(0);
    const written = await ask({ do: [create(1), HUGE] });
    expect(written.status).toBe(400);
    expect(await resource({ exists: thing(1) })).toBe(false);
    await resource(create(1));
  });
});

it('announces every commit, in order, from when it was asked to', async () => {
  await resource(create(1));
  const seen: Commit[] = [];
  const stop = await door.onCommit((commit) => seen.push(commit));
  const { transactionTime } = await ask(create(2));
  await Promise.all([ask(create(3)), ask(create(4)), ask(count)]);
  await expect.poll(() => seen.length).toBe(3);
  expect(seen[0]?.time).toBe(transactionTime);
  expect(
    seen.map(({ changes }) => changes.flatMap((change) => (change.type === 'version' ? [change.id] : []))),
  ).toEqual([[2n], [3n], [4n]]);
  stop();
  await resource(create(5));
  expect(seen).toHaveLength(3);
});

it('is backed up while it is written to', async () => {
  await resource(create(1));
  const target = join(folder, 'copy.db');
  await Promise.all([door.backup(target), ...list.map((id) => ask(create(id + 2)))]);
  await expect(door.backup(join(folder, 'no', 'such', 'folder.db'))).rejects.toThrow();
  const store = new Store(target, createClock(), {});
  expect(store.read((transaction) => transaction.maxId(0, 1024))).toBeGreaterThanOrEqual(1n);
  store.close();
});

it('finishes what it was given when it is closed, and refuses what comes after', async () => {
  const answers = list.map((id) => ask(create(id + 1)));
  await door.close();
  expect((await Promise.all(answers)).every(({ status }) => status === 201)).toBe(true);
  expect((await ask(count)).status).toBe(503);
  door = open();
  expect(await resource(count)).toBe(list.length);
});
