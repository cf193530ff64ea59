import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create, data, document, indexOver, type Json, lambda, match, object } from '../raw.ts';
import { as, ns, type Sets, startSets } from './sets-fixture.ts';

describe('events', () => {
  let fauna: Sets;
  beforeAll(async () => {
    fauna = await startSets();
  });
  afterAll(() => fauna.close());

  it('of a union are all that happened, of an intersection and a difference what came of it', async () => {
    await fauna.ask({ create_collection: object({ name: 'tags' }) });
    await fauna.ask(indexOver('tagged', 'tags', ['tag']));
    const [x, y] = [match('tagged', 'x'), match('tagged', 'y')];
    const tag = (...tags: Json[]): Json => ({ update: document('tags', '1'), params: data({ tag: tags }) });
    await fauna.ask(create('tags', { tag: ['x'] }, '1'));
    for (const tags of [['x', 'y'], ['y'], ['x', 'y']]) await fauna.ask(tag(...tags));
    await fauna.ask({ delete: document('tags', '1') });
    expect(await fauna.actions(x)).toEqual(['add', 'remove', 'add', 'remove']);
    expect(await fauna.actions({ union: [x, y] })).toEqual(['add', 'add', 'remove', 'add', 'remove']);
    expect(await fauna.actions({ intersection: [x, y] })).toEqual(['add', 'remove', 'add', 'remove']);
    expect(await fauna.actions({ difference: [x, y] })).toEqual(['add', 'remove']);
    expect(await fauna.actions({ distinct: x })).toEqual(['add', 'remove', 'add', 'remove']);
  });

  it('of a join are those of its targets while the source element was there', async () => {
    for (const name of ['follows', 'posts']) await fauna.ask({ create_collection: object({ name }) });
    await fauna.ask(indexOver('followees', 'follows', ['who'], ['whom']));
    await fauna.ask(indexOver('posts_by', 'posts', ['author']));
    await fauna.ask(create('posts', { author: 'bob' }, '1'));
    await fauna.ask(create('follows', { who: 'ann', whom: 'bob' }, '1'));
    await fauna.ask(create('posts', { author: 'bob' }, '2'));
    await fauna.ask({ delete: document('follows', '1') });
    await fauna.ask(create('posts', { author: 'bob' }, '3'));
    const join = { join: match('followees', 'ann'), with: { index: 'posts_by' } };
    const found = (await fauna.page({ events: join })).data as { document: { '@ref': { id: string } } }[];
    expect(found.map((event) => event.document['@ref'].id)).toEqual(['2']);
  });

  it('begin where a cursor says: a time, an object or nothing', async () => {
    const whole = (await fauna.page({ events: ns })).data as { ts: number; document: Json }[];
    const third = whole[2];
    if (!third) throw new Error('there are more');
    const from = async (after: Json) => (await fauna.page(ns, { events: true, after, size: 1 })).data[0];
    expect(await from(third.ts)).toEqual(third);
    expect(await from({ epoch: third.ts, unit: 'microseconds' })).toEqual(third);
    expect(await from({ date: '1970-01-01' })).toEqual(whole[0]);
    const { data } = third as unknown as { data: Json };
    expect(await from(object({ ts: third.ts, action: 'add', document: { quote: third.document }, data }))).toEqual(
      third,
    );
    expect((await fauna.page(ns, { events: true, after: null })).data).toEqual([]);
    const last = await fauna.page(ns, { events: true, before: null, size: 1 });
    expect(last.data).toEqual([whole.at(-1)]);
    expect((await fauna.page(ns, { events: true, before: 123_456_789 })).after).toEqual({
      ts: 123_456_789,
      action: 'add',
    });
    const { after } = await fauna.page({ events: { select: 'ref', from: { get: as } } }, { after: 5 });
    expect(after).toBeUndefined();
  });

  const refused = (position: Json, description: string) => ({
    status: 400,
    errors: [{ position, code: 'invalid argument', description }],
  });
  const none = 'Set does not support events history.';
  it.each<[string, Json, object]>([
    ['of events', { paginate: { events: { events: ns } } }, refused(['paginate'], none)],
    ['of a range', { paginate: { events: { range: ns, from: 1, to: 2 } } }, refused([], none)],
    ['of a reversed set', { paginate: { events: { reverse: ns } } }, refused([], none)],
    ['of a filtered set', { paginate: { filter: lambda('x', true), collection: ns }, events: true }, refused([], none)],
    [
      'of a union with a range',
      { paginate: { events: { union: [ns, { range: ns, from: 1, to: 2 }] } } },
      refused([], none),
    ],
    ['united with a set', { union: [{ events: ns }, ns] }, refused(['union'], 'Sets are not compatible.')],
    [
      'after what is no event',
      { paginate: { events: ns }, after: 'x' },
      refused(['after'], 'Object, Integer, Time, or Date expected, String provided.'),
    ],
    [
      'after an object of other keys',
      { paginate: { events: ns }, after: object({ ts: 1, document: 2 }) },
      refused(['after'], 'Cannot create event cursor with keys ts, document'),
    ],
    [
      'after an object without a number',
      { paginate: { events: ns }, before: object({ ts: 'x' }) },
      refused(['before', 'ts'], 'Integer expected, String provided.'),
    ],
    [
      'after an unknown action',
      { paginate: { events: ns }, cursor: object({ after: object({ ts: 1, action: 'x' }) }) },
      refused(['cursor', 'after', 'action'], "String 'create', 'update', or 'delete' expected, String provided."),
    ],
  ])('are refused %s', async (_, query, expected) => {
    expect(await fauna.fails(query)).toEqual(expected);
  });
});
