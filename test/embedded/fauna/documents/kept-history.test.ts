/** How far back reads reach: as far as history is kept, and a quarter of an hour. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  collection,
  create,
  data,
  document,
  handClock,
  indexOver,
  type Json,
  match,
  object,
  type Raw,
  startRaw,
} from '../raw.ts';

const DAY = 86_400_000_000n;

describe('reads of a time before what is kept', () => {
  const clock = handClock();
  let fauna: Raw;
  beforeAll(async () => {
    fauna = await startRaw(clock);
    await fauna.ask({ create_collection: object({ name: 'brief', history_days: 1 }) });
    await fauna.ask({ create_collection: object({ name: 'ever', history_days: null }) });
    await fauna.ask(indexOver('briefs', 'brief', [], ['n']));
    await fauna.ask(indexOver('evers', 'ever', [], ['n']));
    await fauna.ask({
      create_index: object({ name: 'both', source: [collection('ever'), collection('brief')], active: true }),
    });
    for (const name of ['brief', 'ever']) {
      await fauna.ask(create(name, { n: 1 }, '1'));
      await fauna.ask({ update: document(name, '1'), params: data({ n: 2 }) });
    }
    clock.pass(2n * DAY);
  });
  afterAll(() => fauna.close());

  const early = { time: '2000-01-01T00:00:00Z' };
  /** Before anything was made, but by less than a quarter of an hour. */
  const just = { time: '2023-11-14T22:00:00Z' };
  const brief = document('brief', '1');
  it.each<[string, Json]>([
    ['of a document', { get: brief, ts: early }],
    ['of whether there is one', { exists: document('brief', '2'), ts: early }],
    ['of its page', { paginate: brief, ts: early }],
    ['within At()', { at: early, expr: { select: 'ts', from: { get: brief } } }],
    ['of an index', { paginate: match('briefs'), ts: early }],
    ['of one of whose sources it is before', { paginate: match('both'), ts: early }],
    ['of a collection', { exists: { documents: collection('brief') }, ts: early }],
    ['of sets made of them', { at: early, expr: { count: { union: [match('briefs'), match('evers')] } } }],
    ['of singletons', { at: early, expr: { is_empty: { singleton: brief } } }],
  ])('are refused: %s', async (_, query) => {
    const { status, errors } = await fauna.fails(query);
    const since = errors[0]?.description.match(/than minimum allowed timestamp (.*)\.$/)?.[1] ?? '';
    expect({ status, errors }).toEqual({
      status: 400,
      errors: [
        {
          code: 'bad request',
          description: `Requested timestamp 2000-01-01T00:00:00Z less than minimum allowed timestamp ${since}.`,
        },
      ],
    });
    // A day and a quarter of an hour after the start of the clock and two days.
    expect(since).toMatch(/^2023-11-15T21:58:20/);
  });

  it.each<[string, Json, Json]>([
    ['where all history is kept', { at: just, expr: { exists: document('ever', '1') } }, false],
    ['of an index over such', { paginate: match('evers'), ts: just }, { data: [] }],
    ['of schema', { exists: collection('brief'), ts: early }, false],
    ['of what happened', { at: early, expr: { count: { events: match('briefs') } } }, 0],
    ['of a time to come', { exists: brief, ts: { time: '2100-01-01T00:00:00Z' } }, true],
  ])('are answered %s', async (_, query, expected) => {
    expect(await fauna.ask(query)).toEqual(expected);
  });
});
