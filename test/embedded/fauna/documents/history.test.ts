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
  data: Json;
}
interface Page {
  data: Json[];
}
const MINUTE = 60_000_000n;
const DAY = 86_400_000_000n;

describe('the history of documents', () => {
  const clock = handClock();
  let fauna: Raw;
  let made: Doc;
  const thing = document('things', '1');
  const insert = (ts: Json, action: Json, fields: { [key: string]: Json } = {}): Json => ({
    insert: thing,
    ts,
    action,
    params: data(fields),
  });
  const actions = async (set: Json): Promise<Json> =>
    (
      (await fauna.ask({
        map: lambda('event', { select: 'action', from: variable('event') }),
        collection: { paginate: { events: set } },
      })) as unknown as Page
    ).data;

  beforeAll(async () => {
    fauna = await startRaw(clock);
    await fauna.ask({ create_collection: object({ name: 'things', history_days: 30 }) });
    await fauna.ask(indexOver('by_name', 'things', ['name']));
  });
  beforeEach(async () => {
    clock.pass(MINUTE);
    if (await fauna.ask({ exists: thing })) await fauna.ask({ delete: thing });
    const versions = (await fauna.ask({ paginate: { events: thing } })) as unknown as {
      data: { ts: number; action: string }[];
    };
    for (const { ts, action } of versions.data) await fauna.ask({ remove: thing, ts, action });
    made = await fauna.ask<never>(create('things', { name: 'now' }, '1'));
  });
  afterAll(() => fauna.close());

  it('inserts versions before what is there, and answers the event with all its fields', async () => {
    const ts = made.ts - 1000;
    expect(await fauna.ask(insert(ts, 'create', { name: 'then' }))).toEqual({
      ts,
      action: 'create',
      document: made.ref,
      data: { name: 'then' },
    });
    expect(await fauna.ask({ select: ['data', 'name'], from: { get: thing, ts } })).toBe('then');
    expect(await fauna.ask({ at: made.ts - 1, expr: { select: ['data', 'name'], from: { get: thing } } })).toBe('then');
    expect(await fauna.ask({ exists: thing, ts: ts - 1 })).toBe(false);
    expect(await fauna.ask({ select: ['data', 'name'], from: { get: thing } })).toBe('now');
    expect(await actions(thing)).toEqual(['create', 'update']);
  });

  it('makes of what comes after nothing a create and of the rest updates, whatever was said', async () => {
    await fauna.ask(insert(made.ts - 3000, 'update', { a: 1 }));
    await fauna.ask(insert(made.ts - 2000, 'create', { a: 2 }));
    await fauna.ask(insert(made.ts - 1000, 'delete'));
    expect(await actions(thing)).toEqual(['create', 'update', 'delete', 'create']);
    await fauna.ask({ remove: thing, ts: made.ts - 1000, action: 'delete' });
    expect(await actions(thing)).toEqual(['create', 'update', 'update']);
  });

  it('takes the action and the time that an event says', async () => {
    const inserted = insert(made.ts - 3000, 'create');
    const again = {
      let: { event: inserted },
      in: insert(made.ts - 2000, { select: 'action', from: variable('event') }),
    };
    await fauna.ask(again as unknown as Json);
    expect(await actions(thing)).toEqual(['create', 'update', 'update']);
  });

  it.each(['create', 'update'])('keeps the index in step when a %s replaces the newest version', async (action) => {
    const changed = await fauna.ask<never>({ update: thing, params: data({ name: 'second' }) });
    await fauna.ask({ insert: thing, ts: (changed as Doc).ts, action, params: data({ name: 'third' }) });
    const counts = { array: ['now', 'second', 'third'].map((name) => ({ count: match('by_name', name) })) };
    expect(await fauna.ask(counts.array)).toEqual([0, 0, 1]);
  });

  it('keeps the index in step when a version between others is removed', async () => {
    const second = await fauna.ask<never>({ update: thing, params: data({ name: 'second' }) });
    await fauna.ask({ update: thing, params: data({ name: 'third' }) });
    expect(await fauna.ask({ remove: thing, ts: (second as Doc).ts, action: 'create' })).toBe(null);
    expect(await fauna.ask(['now', 'second', 'third'].map((name) => ({ count: match('by_name', name) })))).toEqual([
      0, 0, 1,
    ]);
    expect(await actions(match('by_name', 'second'))).toEqual([]);
    expect(await actions(match('by_name', 'now'))).toEqual(['add', 'remove']);
  });

  it('removes nothing where there is no such version', async () => {
    expect(await fauna.ask({ remove: thing, ts: made.ts + 1, action: 'update' })).toBe(null);
    expect(await fauna.ask({ remove: thing, ts: made.ts, action: 'delete' })).toBe(null);
    expect(await fauna.ask({ exists: thing })).toBe(true);
  });

  it('gives a document only that version which was current, and its events, at a past time', async () => {
    clock.pass(MINUTE);
    const second = (await fauna.ask({ update: thing, params: data({ name: 'second' }) })) as unknown as Doc;
    const at = (ts: number, expr: Json): Json => ({ at: ts, expr });
    expect(await fauna.ask(at(made.ts, { count: match('by_name', 'now') }))).toBe(1);
    expect(await fauna.ask(at(second.ts, { count: match('by_name', 'now') }))).toBe(0);
    const events = (ts: number) => fauna.ask({ count: { paginate: { events: thing }, ts } });
    expect(await events(made.ts)).toEqual({ data: [1] });
    expect(await events(second.ts)).toEqual({ data: [2] });
  });

  it('refuses to write at another time than now', async () => {
    expect(await fauna.fails({ at: made.ts, expr: { update: thing, params: data({}) } })).toEqual({
      status: 400,
      errors: [
        { position: ['expr'], code: 'invalid write time', description: 'Cannot write outside of snapshot time.' },
      ],
    });
    expect(await fauna.ask({ at: made.ts, expr: { at: { now: null }, expr: { exists: thing } } })).toBe(true);
  });

  const future = { time: '2099-01-01T00:00:00Z' };
  const argument = (position: Json, description: string) => ({ position, code: 'invalid argument', description });
  it.each<[string, Json, object]>([
    [
      'in the future',
      insert(future, 'create'),
      { position: [], code: 'invalid write time', description: 'Cannot write outside of snapshot time.' },
    ],
    [
      'of no known action',
      insert(1, 'add'),
      argument(['action'], "String 'create', 'update', or 'delete' expected, String provided."),
    ],
    ['at no time', insert('1', 'create'), argument(['ts'], 'Time expected, String provided.')],
    [
      'of a collection',
      { insert: collection('things'), ts: 1, action: 'create' },
      argument([], 'Cannot insert event for specified ref.'),
    ],
    [
      'of an index',
      { insert: { index: 'by_name' }, ts: 1, action: 'create' },
      argument([], 'Cannot insert event for specified ref.'),
    ],
    [
      'of tokens',
      { insert: { tokens: null }, ts: 1, action: 'create' },
      argument([], 'Cannot insert event for specified ref.'),
    ],
    [
      'from a collection',
      { remove: collection('things'), ts: 1, action: 'create' },
      argument([], 'Cannot remove event for specified ref.'),
    ],
    [
      'from a key',
      { remove: { '@ref': { id: '1', collection: { '@ref': { id: 'keys' } } } }, ts: 1, action: 'create' },
      argument([], 'Cannot remove event for specified ref.'),
    ],
    [
      'of nothing',
      { insert: document('nothing', '1'), ts: 1, action: 'create' },
      { position: ['insert'], code: 'invalid ref', description: "Ref refers to undefined collection 'nothing'" },
    ],
  ])('refuses a version %s', async (_, query, error) => {
    expect(await fauna.fails(query)).toEqual({ status: 400, errors: [error] });
  });

  it('checks the fields of what is inserted, and keeps no credentials in it', async () => {
    const query = { insert: thing, ts: 1, action: 'create', params: object({ data: 1 }) };
    expect(await fauna.fails(query)).toEqual({
      status: 400,
      errors: [
        {
          position: [],
          code: 'validation failed',
          description: 'document data is not valid.',
          failures: [{ field: ['data'], code: 'invalid type', description: 'Invalid type Long, expected type Map.' }],
        },
      ],
    });
    const sneaky = { ...query, ts: made.ts - 1, params: object({ credentials: object({ password: 'p' }) }) };
    await fauna.ask(sneaky);
    expect(await fauna.ask({ count: { credentials: null } })).toBe(0);
  });

  it('tells what each version changed, null for what went, and nothing of a delete', async () => {
    await fauna.ask({ update: thing, params: data({ name: null, other: object({ x: 1, y: 2 }) }) });
    await fauna.ask({ update: thing, params: data({ other: object({ x: null, y: 2 }) }) });
    await fauna.ask({ delete: thing });
    const { data: events } = (await fauna.ask({ paginate: { events: thing } })) as unknown as {
      data: { data: Json }[];
    };
    expect(events.map((event) => event.data)).toEqual([
      { name: 'now' },
      { name: null, other: { x: 1, y: 2 } },
      { other: { x: null } },
      null,
    ]);
  });
});

describe('history_days', () => {
  const clock = handClock();
  let fauna: Raw;
  beforeAll(async () => {
    fauna = await startRaw(clock);
  });
  afterAll(() => fauna.close());

  it.each([
    [0, 0n],
    [2, 2n],
  ])('%i: what was current so long and a quarter of an hour ago is the oldest there is', async (days, since) => {
    const name = `kept${days}`;
    await fauna.ask({ create_collection: object({ name, history_days: days }) });
    await fauna.ask(indexOver(`${name}_by_n`, name, ['n']));
    await fauna.ask(create(name, { n: 1 }, '1'));
    const change = async (n: number): Promise<Doc> =>
      (await fauna.ask({ update: document(name, '1'), params: data({ n }) })) as unknown as Doc;
    clock.pass(MINUTE);
    const second = await change(2);
    const events = () => fauna.ask({ count: { paginate: { events: document(name, '1') } } });
    expect(await events()).toEqual({ data: [2] });
    clock.pass(since * DAY + 14n * MINUTE);
    const before = { at: second.ts - 1, expr: { select: ['data', 'n'], from: { get: document(name, '1') } } };
    expect(await fauna.ask(before)).toBe(1);
    clock.pass(2n * MINUTE);
    expect(await events()).toEqual({ data: [1] });
    await change(3);
    expect(await fauna.fails(before)).toEqual({
      status: 400,
      errors: [
        {
          code: 'bad request',
          description: expect.stringMatching(/^Requested timestamp .* less than minimum allowed/),
        },
      ],
    });
    expect(await events()).toEqual({ data: [2] });
    const inIndex = (n: number) => fauna.ask({ count: { paginate: { events: match(`${name}_by_n`, n) } } });
    expect(await Promise.all([inIndex(1), inIndex(3)])).toEqual([{ data: [0] }, { data: [1] }]);
  });
});
