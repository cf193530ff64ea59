import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create, document, type Json, lambda, object, variable } from '../raw.ts';
import { as, bare, ns, type Page, type Sets, startSets } from './sets-fixture.ts';

interface Doc {
  ref: Json;
  ts: number;
}

describe('pages', () => {
  let fauna: Sets;
  beforeAll(async () => {
    fauna = await startSets();
  });
  afterAll(() => fauna.close());

  const refs = (...ids: number[]): Json[] =>
    ids.map((id) => ({
      '@ref': { id: String(id), collection: { '@ref': { id: 'bare', collection: { '@ref': { id: 'collections' } } } } },
    }));
  it.each<[string, Json, { [key: string]: Json }, Json[]]>([
    ['after a value', ns, { after: 18 }, [18, 19, 20]],
    ['after a list with a value', ns, { after: [18] }, [18, 19, 20]],
    ['before a value, ascending all the same', ns, { before: 4, size: 2 }, [2, 3]],
    ['before the end', ns, { before: null, size: 2 }, [19, 20]],
    ['after the end', ns, { after: null }, []],
    ['by a cursor object', ns, { cursor: object({ after: 19 }) }, [19, 20]],
    ['by a cursor object, before', ns, { cursor: object({ before: 3 }) }, [1, 2]],
    ['by no cursor', ns, { cursor: null, size: 1 }, [1]],
    ['of no size', ns, { size: 0 }, []],
    ['of less than no size', ns, { size: -3 }, []],
    ['of refs after 0', bare, { after: 0 }, refs(1, 2, 3, 4, 5)],
    ['of refs before 0', bare, { before: 0 }, []],
    ['of refs before the end', bare, { before: null, size: 2 }, refs(4, 5)],
    ['of refs after a ref', bare, { after: document('bare', '4') }, refs(4, 5)],
    ['of a reversed set after a value', { reverse: ns }, { after: 3 }, [3, 2, 1]],
    ['of a reversed set before a value', { reverse: ns }, { before: 18 }, [20, 19]],
    ['of reversed refs after a ref', { reverse: bare }, { after: document('bare', '2') }, refs(2, 1)],
    ['of reversed refs before 0', { reverse: bare }, { before: 0, size: 2 }, refs(2, 1)],
    ['of reversed refs after the end', { reverse: bare }, { after: null }, refs(5, 4, 3, 2, 1)],
    ['of a reversed range after a value', { reverse: { range: ns, from: 10, to: 20 } }, { after: 12 }, [12, 11, 10]],
    [
      'of a range of a reversed set before a value',
      { range: { reverse: ns }, from: 20, to: 10 },
      { before: 18 },
      [20, 19],
    ],
  ])('%s', async (_, set, options, expected) => {
    expect((await fauna.page(set, options)).data).toEqual(expected);
  });

  it('answers its cursor again where it holds nothing, unless it holds less than nothing', async () => {
    expect(await fauna.page(ns, { size: 0, after: 3 })).toEqual({ before: [3], after: [3], data: [] });
    expect(await fauna.page(ns, { size: 0 })).toEqual({ data: [] });
    expect(await fauna.page(ns, { size: -1, after: 3 })).toEqual({ before: [3], data: [] });
  });

  it.each<[string, Json]>([
    ['an index', ns],
    ['refs', bare],
    ['a reversed index', { reverse: ns }],
    ['reversed refs', { reverse: bare }],
    ['a union', { union: [ns, { distinct: as }] }],
    ['a difference', { difference: [ns, as] }],
    ['a filtered set', { filter: lambda('n', { lt: [variable('n'), 9] }), collection: ns }],
    ['the events of a set', { events: ns }],
    ['the events of a document', { events: { select: 'ref', from: { get: as } } }],
  ])('walk through %s in both directions', async (_, set) => {
    const whole = await fauna.all(set);
    for (const size of [1, 3]) {
      const forth: Json[] = [];
      let next: Json | undefined;
      do {
        const found: Page = await fauna.page(set, { size, ...(next === undefined ? {} : { after: { quote: next } }) });
        forth.push(...found.data);
        next = found.after;
      } while (next !== undefined);
      expect(forth).toEqual(whole);
      const back: Json[] = [];
      let previous: Json | undefined = 'events' in (set as object) ? { ts: Number.MAX_SAFE_INTEGER } : null;
      if (JSON.stringify(set).startsWith('{"reverse"')) previous = 0;
      while (previous !== undefined) {
        const found: Page = await fauna.page(set, { size, before: { quote: previous } });
        back.unshift(...found.data);
        previous = found.before;
      }
      expect(back).toEqual(whole);
    }
  });

  it('say which sets their elements are from', async () => {
    const set = { '@set': { match: { '@ref': { id: 'ns', collection: { '@ref': { id: 'indexes' } } } } } };
    const other = { '@set': { match: { '@ref': { id: 'as', collection: { '@ref': { id: 'indexes' } } } } } };
    expect((await fauna.page({ union: [ns, as] }, { sources: true, size: 1 })).data).toEqual([
      { value: 1, sources: [other, set] },
    ]);
    expect((await fauna.page({ reverse: ns }, { sources: true, size: 1 })).data).toEqual([
      { value: 20, sources: [{ '@set': { reverse: set } }] },
    ]);
    const [event] = (await fauna.page({ events: ns }, { sources: true, size: 1 })).data as { sources: Json }[];
    expect(event?.sources).toEqual([{ '@set': { events: set['@set'] } }]);
    const [joined] = (await fauna.page({ events: { union: [ns, as] } }, { sources: true, size: 1 })).data as {
      sources: Json;
    }[];
    expect(joined?.sources).toEqual([other]);
  });

  it('are of a document just its ref, and nothing once it is gone', async () => {
    const made = (await fauna.ask(create('a', { n: -1 }, '77'))) as unknown as Doc;
    expect((await fauna.page(document('a', '77'))).data).toEqual([made.ref]);
    await fauna.ask({ delete: document('a', '77') });
    expect((await fauna.page(document('a', '77'))).data).toEqual([]);
    expect(await fauna.actions(document('a', '77'))).toEqual(['create', 'delete']);
    expect(await fauna.actions({ singleton: document('a', '77') })).toEqual(['add', 'remove']);
  });
});
