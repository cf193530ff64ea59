import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collection, create, document, indexOver, type Json, lambda, match, object, variable } from '../raw.ts';
import { type Doc, type Indexes, index, startIndexes } from './indexes-fixture.ts';

describe('indexes over many documents', () => {
  let fauna: Indexes;
  beforeAll(async () => {
    fauna = await startIndexes();
  });
  afterAll(() => fauna.close());

  const ready = async (name: string): Promise<void> => {
    for (let tries = 0; tries < 200; tries += 1) {
      await turn();
      if (await fauna.ask({ select: 'active', from: { get: { index: name } } })) return;
    }
    throw new Error('the index was not built');
  };

  it('are filled in the background, and inactive until then', async () => {
    await fauna.ask({ create_collection: object({ name: 'many' }) });
    const numbers = Array.from({ length: 700 }, (_, n) => n);
    await fauna.ask({ foreach: lambda('n', create('many', { n: variable('n') } as never)), collection: numbers });
    const made = indexOver('many_by_n', 'many', [], ['n']);
    const use = { do: [made, { paginate: { match: 'many_by_n' } }] };
    expect(await fauna.fails(use as unknown as Json)).toEqual({
      status: 400,
      errors: [
        {
          position: ['do', 1, 'paginate', 'index'],
          code: 'instance not found',
          description: "Index 'many_by_n' is not active.",
        },
      ],
    });
    expect(await fauna.ask({ select: 'active', from: made })).toBe(false);
    await fauna.ask(create('many', { n: 700 }));
    await ready('many_by_n');
    expect(await fauna.all(match('many_by_n'))).toEqual([...numbers, 700]);
  });

  it('of up to 128 versions are filled as they are made, with their history', async () => {
    await fauna.ask({ create_collection: object({ name: 'few' }) });
    const numbers = Array.from({ length: 127 }, (_, n) => n);
    await fauna.ask({ foreach: lambda('n', create('few', { n: variable('n') } as never)), collection: numbers });
    const gone = (await fauna.ask(create('few', { n: 127 }, '1'))) as unknown as Doc;
    expect(await fauna.ask({ count: { do: [indexOver('few_by_n', 'few', [], ['n']), match('few_by_n')] } })).toBe(128);
    expect(await fauna.ask({ at: gone.ts - 1, expr: { count: match('few_by_n') } })).toBe(127);
    await fauna.ask({ delete: document('few', '1') });
    expect(await fauna.ask({ select: 'active', from: indexOver('few_again', 'few', [], ['n']) })).toBe(false);
  });

  it('may be read while they are filled when they were made active', async () => {
    const active = index({ name: 'many_refs', source: collection('many'), active: true });
    expect(
      await fauna.ask({ let: { made: active }, in: { select: 'active', from: variable('made') } } as unknown as Json),
    ).toBe(true);
    await ready('many_refs');
  });
});
