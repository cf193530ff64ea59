import faunadb, { type ExprArg } from 'faunadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFauna } from '../fixture.ts';
import { type Answer, ask, type Fauna } from './wire.ts';

const q = faunadb.query;
const things = q.Collection('things');
const WRITE_OP = 1024;
const READ_OP = 4096;

let fauna: Fauna;
let refs: ExprArg[];
/** Of no kind. */
let other: ExprArg;
const send = (query: ExprArg): Promise<Answer> => ask(fauna, { body: JSON.stringify(query) });
async function made<T>(query: ExprArg): Promise<T> {
  const { status, json } = await send(query);
  if (status >= 300) throw new Error(JSON.stringify(json));
  return (json as { resource: T }).resource;
}
const create = async (fields: object): Promise<ExprArg> => {
  const { ref } = await made<{ ref: object }>(q.Create(things, { data: fields }));
  return new faunadb.Expr(ref);
};
const index = (name: string, fields: object) => made(q.CreateIndex({ name, source: things, ...fields } as never));

beforeAll(async () => {
  fauna = await startFauna();
  await made(q.CreateCollection({ name: 'things' }));
  await made(q.CreateDatabase({ name: 'child' }));
  await index('all', {});
  await index('by_kind', { terms: [{ field: ['data', 'kind'] }] });
  await index('parted', { terms: [{ field: ['data', 'kind'] }], partitions: 3 });
  await index('sizes', { values: [{ field: ['data', 'size'] }] });
  refs = [];
  for (let size = 1; size <= 60; size += 1) refs.push(await create({ kind: 'a', size }));
  other = await create({ a: 0 });
  await made(q.Update(refs[0] as never, { credentials: { password: 'secret' } }));
});
afterAll(() => fauna.close());

interface Cost {
  readonly compute: number;
  readonly reads: number;
  readonly writes: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
}
function costOf({ headers }: Answer): Cost {
  const number = (name: string): number => Number(headers.get(name));
  return {
    compute: number('x-compute-ops'),
    reads: number('x-byte-read-ops'),
    writes: number('x-byte-write-ops'),
    bytesRead: number('x-storage-bytes-read'),
    bytesWritten: number('x-storage-bytes-write'),
  };
}
const NOTHING: Cost = { compute: 1, reads: 0, writes: 0, bytesRead: 0, bytesWritten: 0 };
const first = (): ExprArg => refs[0] as ExprArg;

describe('the cost of a query', () => {
  it.each<[string, ExprArg]>([
    ['literals', [1, 'a', { object: { a: [true, null] } }]],
    ['forms', q.Let({ x: 1 }, q.If(q.And(true, false), q.Do(1, 2), q.Var('x')))],
    ['what selects of its own values', q.Select(0, [1, 2, 3])],
  ])('of %s is nothing', async (_name, query) => {
    expect(costOf(await send(query))).toEqual(NOTHING);
  });

  it.each<[string, () => ExprArg, boolean]>([
    ['a database', () => q.CreateDatabase({ name: 'x' }), true],
    ['a collection', () => q.CreateCollection({ name: 'x' }), true],
    ['an index', () => q.CreateIndex({ name: 'x', source: things }), true],
    ['a function', () => q.CreateFunction({ name: 'x', body: q.Query(q.Lambda('x', 1)) }), true],
    ['a role', () => q.CreateRole({ name: 'x', privileges: [] } as never), true],
    ['a key', () => q.CreateKey({ role: 'server', database: q.Database('child') }), true],
    ['a document', () => q.Create(things, { data: { a: 1 } }), false],
    ['a change', () => q.Update(other as never, { data: { a: 1 } }), true],
    ['a replacement', () => q.Replace(other as never, { data: { a: 2 } }), true],
    ['a version of the past', () => q.Insert(other as never, 1, 'create', { data: {} }), true],
    ['the end of a version', () => q.Remove(other as never, 1, 'create'), true],
    ['a delete', () => q.Delete(q.Select('ref', q.Create(things))), false],
  ])('of writing %s is counted by the bytes', async (_name, query, reads) => {
    const cost = costOf(await send(query()));
    expect(cost).toMatchObject({ compute: 1, reads: 0, writes: Math.ceil(cost.bytesWritten / WRITE_OP) });
    expect([cost.bytesWritten > 0, cost.bytesRead > 0]).toEqual([true, reads]);
  });

  it('of writing much is one op for every 1024 bytes', async () => {
    const cost = costOf(await send(q.Create(things, { data: { text: 'x'.repeat(5000) } })));
    expect(cost.writes).toBe(6);
    const two = q.Do(q.Create(things), q.Create(things));
    expect(costOf(await send(two)).writes).toBe(2);
  });

  const all = q.Match(q.Index('all'));
  const kind = (name = 'by_kind'): ExprArg => q.Match(q.Index(name), 'a');
  it.each<[string, () => ExprArg, number]>([
    ['a document', () => q.Get(first() as never), 1],
    ['one that is not there', () => q.Exists(q.Ref(things, '1')), 1],
    ['a collection', () => q.Get(things), 1],
    ['the first of a set', () => q.Get(kind() as never), 1],
    ['the first of a set in three parts', () => q.Get(kind('parted') as never), 3],
    ['whether there is any', () => q.Exists(kind() as never), 1],
    ['a page of a set in eight parts', () => q.Paginate(all), 8],
    ['a page of a set with itself', () => q.Paginate(q.Union(all, all)), 16],
    ['a page of a set without itself', () => q.Paginate(q.Difference(all, all)), 16],
    ['a page of the documents of a collection', () => q.Paginate(q.Documents(things)), 8],
    ['a whole set', () => q.Sum(q.Match(q.Index('sizes'))), 8],
    ['whose password it is', () => q.Identify(first() as never, 'wrong'), 1],
  ])('of reading %s is by the bytes and the parts', async (_name, query, parts) => {
    const cost = costOf(await send(query()));
    expect(cost.reads).toBe(Math.ceil(cost.bytesRead / READ_OP) + parts - 1);
    expect(cost).toMatchObject({ writes: 0, bytesWritten: 0 });
    expect(cost.bytesRead).toBeGreaterThan(0);
  });

  it('counts a document once, however often it is read', async () => {
    expect(costOf(await send(refs.map(() => q.Get(first() as never)))).reads).toBe(1);
    expect(costOf(await send(refs.map((ref) => q.Get(ref as never)))).reads).toBe(refs.length);
    const ifThere = q.If(q.Exists(kind() as never), q.Get(kind() as never), false);
    expect(costOf(await send(ifThere)).reads).toBe(1);
    const each = q.Map(q.Paginate(kind() as never), q.Lambda('ref', q.Get(q.Var('ref'))));
    expect(costOf(await send(each)).reads).toBe(refs.length + 1);
  });

  it('does not count a document that it wrote itself', async () => {
    const query = q.Let({ _: q.Replace(other as never, {}) }, q.Exists(other as never));
    expect(costOf(await send(query))).toMatchObject({ reads: 0, writes: 1 });
  });

  it.each<[string, ExprArg, number]>([
    ['50 calls', Array.from({ length: 50 }, () => q.Now()), 1],
    ['51 calls', Array.from({ length: 51 }, () => q.Now()), 2],
    ['a lambda called with 100 elements', q.Map([...Array(100).keys()], q.Lambda('x', q.Add(q.Var('x'), 1))), 5],
    ['a sum of 100', q.Sum([...Array(100).keys()]), 3],
    ['a count of 100', q.Count([...Array(100).keys()]), 3],
    ['a sum of a set of 60', q.Sum(q.Match(q.Index('sizes'))), 2],
  ])('of computing %s is one for every 50', async (_name, query, compute) => {
    expect(costOf(await send(query)).compute).toBe(compute);
  });

  it('of building an index at once is a step for every term and value of every document', async () => {
    await made(q.CreateCollection({ name: 'built' }));
    await made(q.Map([...Array(100).keys()], q.Lambda('_', q.Create(q.Collection('built')))));
    const fields = [['x'], ['y'], ['z']].map(([name]) => ({ field: ['data', name] }));
    const query = q.CreateIndex({
      name: 'built',
      source: q.Collection('built'),
      terms: fields.slice(0, 2),
      values: fields.slice(2),
    } as never);
    expect(costOf(await send(query))).toMatchObject({ compute: 7, reads: 0 });
  });

  it('is nothing when it fails, but for what it read before it aborted', async () => {
    const missing = await send(q.Do(q.Get(first() as never), q.Get(q.Ref(things, '1'))));
    expect([missing.status, costOf(missing)]).toEqual([404, NOTHING]);
    const aborted = await send(q.Do(q.Create(things), q.Get(first() as never), q.Abort('enough')));
    expect(aborted.status).toBe(400);
    expect(costOf(aborted)).toMatchObject({ compute: 1, reads: 1, writes: 0, bytesWritten: 0 });
  });

  it('is the least there is for a request that did not come as far as a query', async () => {
    for (const path of ['/nowhere', '/stream/nowhere']) {
      expect(costOf(await ask(fauna, { path, body: '1' }))).toEqual(NOTHING);
    }
    expect(costOf(await ask(fauna, { method: 'PUT', body: '1' }))).toEqual(NOTHING);
  });
});
