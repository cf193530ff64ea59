import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  collection,
  create,
  data,
  document,
  handClock,
  indexOver,
  type Json,
  lambda,
  match,
  object,
  type Raw,
  startRaw,
  variable,
} from '../raw.ts';

interface Doc {
  ref: Json;
  ts: number;
}
const MINUTE = 60_000_000n;
const DAY = 86_400_000_000n;
const clock = handClock();
let fauna: Raw;
let count = 0;
let name = '';
const thing = (): Json => document(name, '1');
const change = (query: Json): Promise<Doc> => fauna.ask<never>(query);
const version = (n: number): Promise<Doc> => change({ update: thing(), params: data({ n }) });
/** The action and the data of each event. */
const history = async (of: Json = thing()): Promise<Json> => {
  const each = (key: string): Json => ({ select: key, from: variable('event') });
  const events = {
    map: lambda('event', [each('action'), each('data')]),
    collection: { paginate: { events: of } },
  };
  return ((await fauna.ask(events)) as unknown as { data: Json }).data;
};

beforeAll(async () => {
  fauna = await startRaw(clock);
});
beforeEach(async () => {
  count += 1;
  name = `kept${count}`;
  await fauna.ask({ create_collection: object({ name, history_days: 1 }) });
});
afterAll(() => fauna.close());

describe('the history that is kept', () => {
  it('says of a delete that its data is null', async () => {
    await fauna.ask(create(name, { n: 1 }, '1'));
    clock.pass(MINUTE);
    await fauna.ask({ delete: thing() });
    expect(await history()).toEqual([
      ['create', { n: 1 }],
      ['delete', null],
    ]);
  });

  it('does not begin with a delete', async () => {
    await fauna.ask(create(name, { n: 1 }, '1'));
    clock.pass(MINUTE);
    await fauna.ask({ delete: thing() });
    clock.pass(DAY + 14n * MINUTE);
    expect(await history()).toEqual([
      ['create', { n: 1 }],
      ['delete', null],
    ]);
    clock.pass(MINUTE);
    expect(await history()).toEqual([]);
  });

  it('does not bring back what was forgotten when its oldest version is removed', async () => {
    await fauna.ask(create(name, { n: 1 }, '1'));
    clock.pass(MINUTE);
    const second = await version(2);
    clock.pass(DAY);
    await version(3);
    clock.pass(16n * MINUTE);
    expect(await history()).toEqual([
      ['create', { n: 2 }],
      ['update', { n: 3 }],
    ]);
    await fauna.ask({ remove: thing(), ts: second.ts, action: 'update' });
    expect(await history()).toEqual([['create', { n: 3 }]]);
    await fauna.ask({ remove: thing(), ts: second.ts, action: 'delete' });
    expect(await history()).toEqual([['create', { n: 3 }]]);
  });

  it('does not change by the removal of what was forgotten', async () => {
    const first = await change(create(name, { n: 1 }, '1'));
    clock.pass(MINUTE);
    await version(2);
    clock.pass(DAY + 16n * MINUTE);
    await fauna.ask({ remove: thing(), ts: first.ts, action: 'create' });
    expect(await history()).toEqual([['create', { n: 2 }]]);
  });

  it.each<[string, Json]>([
    ['longer', 30],
    ['for ever', null],
  ])('does not get longer backwards when it is kept %s', async (_name, history_days) => {
    await fauna.ask(create(name, { n: 1 }, '1'));
    clock.pass(MINUTE);
    await version(2);
    clock.pass(2n * DAY);
    await fauna.ask({ update: collection(name), params: object({ history_days }) });
    expect(await history()).toEqual([['create', { n: 2 }]]);
    await fauna.ask({ replace: collection(name), params: object({ history_days: 30 }) });
    clock.pass(DAY);
    await version(3);
    clock.pass(2n * DAY);
    expect(await history()).toEqual([
      ['create', { n: 2 }],
      ['update', { n: 3 }],
    ]);
  });

  it('never shows since when', async () => {
    const shown = ['ref', 'ts', 'name', 'history_days'];
    const made = await fauna.ask<never>({ create_collection: object({ name: `new${name}` }) });
    expect(Object.keys(made).sort()).toEqual([...shown].sort());
    const given = { update: collection(name), params: object({ min_valid_time: { now: null } }) };
    for (const query of [given, { get: collection(name) }, { delete: collection(name) }]) {
      expect(Object.keys(await fauna.ask<never>(query)).sort()).toEqual([...shown].sort());
    }
  });

  it('of keys is a quarter of an hour', async () => {
    const { ref } = await change({ create_key: object({ role: 'client', data: object({ n: 1 }) }) });
    clock.pass(MINUTE);
    await fauna.ask({ update: ref, params: data({ n: 2 }) });
    expect(await history(ref)).toEqual([
      ['create', { n: 1 }],
      ['update', { n: 2 }],
    ]);
    clock.pass(16n * MINUTE);
    expect(await history(ref)).toEqual([['create', { n: 2 }]]);
  });

  it('tells at its very beginning who came into a set then, and not who left', async () => {
    let now = 1_700_000_000_000_000n;
    const still = await startRaw({ now: () => now });
    await still.ask({ create_collection: object({ name: 'people', history_days: 1 }) });
    await still.ask(indexOver('by_name', 'people', ['name']));
    now += DAY;
    await still.ask(create('people', { name: 'Alice' }, '1'));
    now += MINUTE;
    const renamed = await still.ask<never>({ update: document('people', '1'), params: data({ name: 'Bob' }) });
    now = BigInt((renamed as Doc).ts) + DAY + 15n * MINUTE;
    const events = async (name: string): Promise<Json> =>
      (
        await still.ask<{ data: Json }>({
          map: lambda('event', { select: 'action', from: variable('event') }),
          collection: { paginate: { events: match('by_name', name) } },
        })
      ).data;
    expect([await events('Alice'), await events('Bob')]).toEqual([[], ['add']]);
    await still.close();
  });
});
