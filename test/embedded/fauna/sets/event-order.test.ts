import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collection, create, data, document, handClock, indexOver, type Json, match, object } from '../raw.ts';
import { type Sets, startSets } from './sets-fixture.ts';

interface Event {
  readonly ts: number;
  readonly action: string;
  readonly document: { '@ref': { id: string } };
  readonly data?: Json;
}

describe('events of one time', () => {
  let fauna: Sets;
  /** Of the transaction in which documents 1 and 2 change their number and 3 goes. */
  let ts = 0;
  const set = match('items_by_n');
  const told = (events: Json[]): string[] =>
    (events as unknown as Event[]).map(
      ({ action, document: of, data: values }) => `${action} ${of['@ref'].id} ${JSON.stringify(values)}`,
    );
  const events = async (of: Json, options: { [key: string]: Json } = {}): Promise<string[]> =>
    told((await fauna.page(of, { events: true, ...options })).data);
  beforeAll(async () => {
    fauna = await startSets(handClock());
    await fauna.ask({ create_collection: object({ name: 'items' }) });
    await fauna.ask(indexOver('items_by_n', 'items', [], ['n']));
    await fauna.ask({ do: [1, 2, 3].map((id) => create('items', { n: 4 - id }, String(id))) });
    const change = (id: string, n: number): Json => ({ update: document('items', id), params: data({ n }) });
    await fauna.ask({ do: [change('2', 20), { delete: document('items', '3') }, change('1', 10)] });
    ts = ((await fauna.ask({ get: document('items', '1') })) as unknown as Event).ts;
  });
  afterAll(() => fauna.close());

  const first = ['add 1 [3]', 'add 2 [2]', 'add 3 [1]'];
  const then = ['remove 1 [3]', 'remove 2 [2]', 'remove 3 [1]', 'add 1 [10]', 'add 2 [20]'];
  it('tell who leaves an index before who enters it, by document', async () => {
    expect(await events(set)).toEqual([...first, ...then]);
  });

  it('tell them as the index does in a union, and who enters first in an intersection', async () => {
    expect(await events({ union: [set, { distinct: set }] })).toEqual([...first, ...then]);
    const entersFirst = ['add 1 [10]', 'add 2 [20]', 'remove 1 [3]', 'remove 2 [2]', 'remove 3 [1]'];
    expect(await events({ intersection: [set, set] })).toEqual([...first, ...entersFirst]);
  });

  it.each([1, 2, 3])('are all found by pages of %i, up and down', async (size) => {
    const up: Json[] = [];
    for (let after: Json | undefined = 0; after !== undefined; ) {
      const page = await fauna.page(set, { events: true, size, after: { quote: after } });
      up.push(...page.data);
      after = page.after;
    }
    expect(told(up)).toEqual([...first, ...then]);
    const down: Json[] = [];
    for (let before: Json | undefined = null; before !== undefined; ) {
      const page = await fauna.page(set, { events: true, size, before: { quote: before } });
      down.unshift(...page.data);
      before = page.before;
    }
    expect(told(down)).toEqual([...first, ...then]);
  });

  const place = (fields: { [key: string]: Json }) => () => object({ ts, ...fields });
  const one = document('items', '1');
  it.each<[string, () => Json, string[]]>([
    ['the bare time, between those that leave and those that enter', () => ts, ['add 1 [10]', 'add 2 [20]']],
    ['the time alone in an object, after all of it', place({}), []],
    ['an action alone, after all of it', place({ action: 'remove' }), []],
    [
      'a document without its values, after the first that leaves',
      place({ action: 'remove', document: document('items', '2') }),
      ['remove 3 [1]', 'add 1 [10]', 'add 2 [20]'],
    ],
    [
      'one of the events, there',
      place({ action: 'remove', document: document('items', '2'), data: 2 }),
      ['remove 2 [2]', 'remove 3 [1]', 'add 1 [10]', 'add 2 [20]'],
    ],
    ['of values as of old, too', place({ action: 'add', resource: one, values: [10] }), ['add 1 [10]', 'add 2 [20]']],
    ['of an instance, too', place({ action: 'create', instance: one, data: [10] }), ['add 1 [10]', 'add 2 [20]']],
    [
      'values that are none of them, where they would be',
      place({ action: 'add', document: one, data: 11 }),
      ['add 2 [20]'],
    ],
  ])('begin after %s', async (_, after, expected) => {
    expect(await events(set, { after: after() })).toEqual(expected);
  });

  it.each<[string, () => Json, string[]]>([
    ['the bare time, where none of it is', () => ts, first],
    ['the time alone in an object, after all of it', place({}), [...first, ...then]],
    ['one of the events, there', place({ action: 'add', document: one, data: 10 }), [...first, ...then.slice(0, 3)]],
  ])('end before %s', async (_, before, expected) => {
    expect(await events(set, { before: before() })).toEqual(expected);
  });

  it('end at the time they are asked at, but for a page before a cursor', async () => {
    const at = { epoch: ts - 1, unit: 'microseconds' };
    expect(await events(set, { ts: at })).toEqual(first);
    expect(await events(set, { ts: at, before: null, size: 2 })).toEqual(['add 1 [10]', 'add 2 [20]']);
    expect(await fauna.ask({ at, expr: { count: { events: set } } })).toBe(8);
  });

  it('show a cursor of a time with its action only, and the root its own database', async () => {
    expect((await fauna.page({ events: collection('items') }, { before: 5 })).after).toEqual({ ts: 5, action: 'add' });
    const root = { paginate: { events: { databases: null } }, before: 5 };
    expect(await fauna.ask(root, fauna.root)).toEqual({
      data: [],
      after: {
        ts: 5,
        action: 'add',
        document: { '@ref': { id: '__root__', collection: { '@ref': { id: 'databases' } } } },
      },
    });
  });
});
