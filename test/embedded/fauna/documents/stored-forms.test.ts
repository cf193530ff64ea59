/** What values that only queries know are in a document. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create, document, indexOver, type Json, lambda, match, object, type Raw, startRaw, variable } from '../raw.ts';

let fauna: Raw;
beforeAll(async () => {
  fauna = await startRaw();
  await fauna.ask({ create_collection: object({ name: 'things' }) });
  await fauna.ask(indexOver('all', 'things'));
  await fauna.ask(create('things', { a: 1 }, '1'));
});
afterAll(() => fauna.close());

const collections: Json = { '@ref': { id: 'collections' } };
const things: Json = { '@ref': { id: 'things', collection: collections } };
const thing: Json = { '@ref': { id: '1', collection: things } };
const index: Json = { '@ref': { id: 'all', collection: { '@ref': { id: 'indexes' } } } };
const set = (fields: { [key: string]: Json }): Json => ({ '@obj': { '@set': fields } });
const all = match('all');
const matched = set({ match: index });

describe('a stored value', () => {
  it.each<[string, Json, Json]>([
    ['a set of an index', all, matched],
    ['a union of one', { union: all }, set({ union: [matched] })],
    ['a difference', { difference: [all, all] }, set({ difference: [matched, matched] })],
    ['the events of a set', { events: all }, set({ events: matched })],
    ['the events of a union', { events: { union: [all] } }, set({ events: set({ union: [matched] }) })],
    ['the events of a document', { events: document('things', '1') }, set({ events: thing })],
    ['a distinct set', { distinct: all }, set({ distinct: matched })],
    ['the documents of a collection', { documents: { collection: 'things' } }, set({ documents: things })],
    ['the set of all collections', { collections: null }, collections],
    ['a page', { paginate: all }, { data: [thing] }],
  ])('of %s is data', async (_name, value, expected) => {
    const made = await fauna.ask<{ ref: Json }>(create('things', { value }));
    expect(await fauna.ask({ select: ['data', 'value'], from: { get: made.ref } })).toEqual(expected);
    await fauna.ask({ delete: made.ref });
  });

  it('of a set is no set any more', async () => {
    const made = await fauna.ask<{ ref: Json }>(create('things', { value: all }));
    expect(await fauna.fails({ paginate: { select: ['data', 'value'], from: { get: made.ref } } })).toEqual({
      status: 400,
      errors: [
        { position: ['paginate'], code: 'invalid argument', description: 'Ref or Set expected, Object provided.' },
      ],
    });
    await fauna.ask({ delete: made.ref });
  });

  it('of an event has its parts', async () => {
    const events = { map: lambda('event', variable('event')), collection: { paginate: { events: all }, size: 1 } };
    const made = await fauna.ask<{ ref: Json }>(create('things', { value: { select: ['data', 0], from: events } }));
    expect(await fauna.ask({ select: ['data', 'value'], from: { get: made.ref } })).toEqual({
      ts: expect.any(Number),
      action: 'add',
      resource: thing,
    });
  });
});

it('an event of a set without values has none of them', async () => {
  const each = { map: lambda('event', { select: 'data', from: variable('event') }) };
  expect(await fauna.ask({ ...each, collection: { paginate: { events: all }, size: 1 } })).toMatchObject({
    data: [[]],
  });
  const single = { paginate: { events: { singleton: document('things', '1') } } };
  expect(await fauna.ask({ ...each, collection: single })).toEqual({ data: [[]] });
});
