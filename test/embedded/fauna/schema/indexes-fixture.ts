/** Collections of their own with an index over each, in a database of a test. */
import { collection, create, handClock, type Json, object, type Raw, startRaw } from '../raw.ts';

export interface Page {
  data: Json[];
}
export interface Doc {
  ref: Json;
  ts: number;
}
export type Fields = { [key: string]: Json };

export const index = (fields: Fields): Json => ({ create_index: object(fields) });
export const field = (...path: Json[]): Json => object({ field: path });
export const query = (parameter: string, expr: Json): Json => ({ query: { lambda: parameter, expr } });
export const refTo = (id: string): Json => ({ '@ref': { id, collection: { '@ref': { id: 'collections' } } } });
export const ids = (refs: Json[]): Json[] => refs.map((ref) => (ref as { '@ref': { id: string } })['@ref'].id);

export async function startIndexes() {
  const clock = handClock();
  const fauna: Raw = await startRaw(clock);
  for (const name of ['things', 'others']) await fauna.ask({ create_collection: object({ name }) });
  let count = 0;
  return {
    ...fauna,
    clock,
    all: async (set: Json, options: Fields = {}): Promise<Json[]> =>
      ((await fauna.ask({ paginate: set, size: 1000, ...options })) as unknown as Page).data,
    /** A collection with these documents and an index over it: the names of both. */
    indexed: async (fields: Fields, ...documents: Fields[]): Promise<{ name: string; source: string }> => {
      count += 1;
      const [name, source] = [`i${count}`, `c${count}`];
      await fauna.ask({ create_collection: object({ name: source }) });
      await fauna.ask(index({ name, source: collection(source), ...fields }));
      for (const [id, fieldsOf] of documents.entries()) await fauna.ask(create(source, fieldsOf, String(id + 1)));
      return { name, source };
    },
  };
}

export type Indexes = Awaited<ReturnType<typeof startIndexes>>;
