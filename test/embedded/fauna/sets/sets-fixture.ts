/** Collections with a few documents, and indexes over them, that sets are made of. */
import {
  collection,
  create,
  document,
  indexOver,
  type Json,
  lambda,
  match,
  object,
  startRaw,
  variable,
} from '../raw.ts';

export interface Page {
  data: Json[];
  before?: Json;
  after?: Json;
}

export const sequence = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** `as` has 1 2 2 3 3 3, `bs` has 1 2 2 2 3 3, `ns` 1 to 20, `bare` refs of five documents. */
export const [as, bs, ns, bare] = [match('as'), match('bs'), match('ns'), match('all_bare')];

export async function startSets(clock?: Parameters<typeof startRaw>[0]) {
  const fauna = await startRaw(clock);
  for (const name of ['a', 'b', 'n', 'bare']) {
    await fauna.ask({ create_collection: object({ name }) });
  }
  await fauna.ask(indexOver('as', 'a', [], ['n']));
  await fauna.ask(indexOver('bs', 'b', [], ['n']));
  await fauna.ask(indexOver('ns', 'n', [], ['n']));
  await fauna.ask(indexOver('by_kind', 'n', ['kind'], ['n']));
  await fauna.ask(indexOver('a_by_n', 'a', ['n']));
  await fauna.ask({ create_index: object({ name: 'all_bare', source: collection('bare') }) });
  const fill = (name: string, numbers: Json): Json => ({
    foreach: lambda('n', create(name, { n: variable('n') })),
    collection: numbers,
  });
  await fauna.ask({ do: [fill('a', [1, 2, 2, 3, 3, 3]), fill('b', [1, 2, 2, 2, 3, 3])] });
  for (const n of sequence(1, 20)) await fauna.ask(create('n', { n, kind: n % 2 === 0 ? 'even' : 'odd' }));
  for (const id of sequence(1, 5)) await fauna.ask({ create: document('bare', String(id)) });
  const page = async (set: Json, options: { [key: string]: Json } = {}): Promise<Page> =>
    (await fauna.ask({ paginate: set, ...options })) as unknown as Page;
  return {
    ...fauna,
    page,
    all: async (set: Json): Promise<Json[]> => (await page(set)).data,
    actions: async (set: Json): Promise<Json[]> =>
      (await page({ events: set })).data.map((event) => (event as { action: string }).action),
  };
}

export type Sets = Awaited<ReturnType<typeof startSets>>;
