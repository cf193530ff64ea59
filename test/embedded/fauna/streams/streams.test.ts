import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, q, ROOT_KEY, startFauna } from '../fixture.ts';
import { ask, errors, type Fauna } from '../http/wire.ts';
import { openStream } from './open-stream.ts';

let fauna: Fauna;
let count = 0;
/** A collection and an index of its own for every test. */
let things: string;
let byKind: string;

beforeAll(async () => {
  fauna = await startFauna();
});
afterAll(() => fauna.close());
beforeEach(async () => {
  count += 1;
  things = `things_${count}`;
  byKind = `things_by_kind_${count}`;
  await fauna.root.query(q.CreateCollection({ name: things }));
  await fauna.root.query(
    q.CreateIndex({
      name: byKind,
      source: q.Collection(things),
      terms: [{ field: ['data', 'kind'] }],
      values: [{ field: ['data', 'n'] }],
    }),
  );
});

const run = (expression: unknown): Promise<{ ref: unknown; ts: number; secret: string }> =>
  fauna.root.query(expression as never);
const create = (data: object) => run(q.Create(q.Collection(things), { data }));
const open = (expression: unknown, options: { fields?: string; secret?: string } = {}) =>
  openStream(fauna.port, expression, { secret: ROOT_KEY, ...options });
const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

async function keyOf(privileges: object[]): Promise<{ ref: unknown; secret: string }> {
  const name = `role_${count}`;
  await run(q.CreateRole({ name, privileges } as never));
  return run(q.CreateKey({ role: q.Role(name) } as never));
}

describe('a stream of a document', () => {
  it('begins with its start and tells changes with their action and document', async () => {
    const { ref, ts } = await create({ n: 1 });
    const stream = await open(ref);
    expect(stream.headers.get('x-fauna-stream-id')).toMatch(/^\d+$/);
    expect(stream.headers.get('content-type')).toBe('application/json;charset=utf-8');
    const start = await stream.next();
    expect(start).toEqual({ type: 'start', txn: start.event, event: start.txn });
    expect(Number(start.txn)).toBeGreaterThanOrEqual(ts);
    const updated = await run(q.Update(ref as never, { data: { n: 2, more: true } }));
    const document = { ref: wire(ref), ts: updated.ts, data: { n: 2, more: true } };
    expect(await stream.next()).toEqual({
      type: 'version',
      txn: updated.ts,
      event: { action: 'update', document },
    });
    await stream.close();
  });

  it('is the same of a version', async () => {
    const { ref } = await create({ n: 1 });
    const stream = await open(q.Get(ref as never));
    await stream.next();
    await run(q.Update(ref as never, { data: { n: 2 } }));
    expect(await stream.next()).toMatchObject({ type: 'version', event: { action: 'update' } });
    await stream.close();
  });

  it('tells on request what changed and what was', async () => {
    const { ref, ts } = await create({ n: 1, gone: 'soon' });
    const stream = await open(ref, { fields: 'prev,diff,action,document' });
    await stream.next();
    const next = await run(q.Replace(ref as never, { data: { n: 1, m: 2 } }));
    expect(await stream.next()).toEqual({
      type: 'version',
      txn: next.ts,
      event: {
        action: 'update',
        document: { ref: wire(ref), ts: next.ts, data: { n: 1, m: 2 } },
        diff: { ref: wire(ref), ts: next.ts, data: { m: 2, gone: null } },
        prev: { ref: wire(ref), ts, data: { n: 1, gone: 'soon' } },
      },
    });
    await stream.close();
  });

  it('shows what was deleted as it last was, and its return as new', async () => {
    const { ref, ts } = await create({ n: 1 });
    const stream = await open(ref, { fields: 'action,document,diff,prev' });
    await stream.next();
    await run(q.Delete(ref as never));
    const deleted = await stream.next();
    const last = { ref: wire(ref), ts, data: { n: 1 } };
    expect(deleted).toEqual({
      type: 'version',
      txn: deleted.txn,
      event: { action: 'delete', document: last, diff: { ref: wire(ref), ts: deleted.txn }, prev: last },
    });
    const again = await run(q.Create(ref as never, { data: { n: 2 } }));
    const now = { ref: wire(ref), ts: again.ts, data: { n: 2 } };
    expect((await stream.next()).event).toEqual({
      action: 'create',
      document: now,
      diff: now,
      prev: { ref: wire(ref), ts: again.ts },
    });
    await stream.close();
  });

  it('tells several writes of one transaction once', async () => {
    const { ref } = await create({ n: 1 });
    const stream = await open(ref);
    await stream.next();
    await run(q.Do(q.Update(ref as never, { data: { n: 2 } }), q.Update(ref as never, { data: { n: 3 } })));
    expect(await stream.next()).toMatchObject({ event: { action: 'update', document: { data: { n: 3 } } } });
    await run(q.Update(ref as never, { data: { n: 4 } }));
    expect(await stream.next()).toMatchObject({ event: { document: { data: { n: 4 } } } });
    await stream.close();
  });

  it('says nothing of a transaction that was aborted, nor of other documents', async () => {
    const { ref } = await create({ n: 1 });
    const stream = await open(ref);
    await stream.next();
    await failureOf(fauna.root.query(q.Do(q.Update(ref as never, { data: { n: 2 } }), q.Abort('no'))));
    await create({ n: 5 });
    await run(q.Update(ref as never, { data: { n: 3 } }));
    expect(await stream.next()).toMatchObject({ event: { document: { data: { n: 3 } } } });
    await stream.close();
  });

  it('tells rewritten history, what it means for the next version included', async () => {
    const { ref, ts } = await create({ n: 1 });
    const stream = await open(ref, { fields: 'action,document,prev' });
    await stream.next();
    const old = ts - 10_000;
    const at = { ref: wire(ref), ts: old };
    await run(q.Insert(ref as never, old, 'create', { data: { n: 0 } }));
    const current = { ref: wire(ref), ts, data: { n: 1 } };
    expect(await stream.next()).toMatchObject({
      type: 'history_rewrite',
      event: { action: 'update', document: current, prev: { ...at, data: { n: 0 } } },
    });
    expect(await stream.next()).toMatchObject({
      type: 'history_rewrite',
      event: { action: 'create', document: { ...at, data: { n: 0 } }, prev: at },
    });
    await run(q.Remove(ref as never, old, 'create'));
    const removed = await stream.next();
    expect(removed).toEqual({
      type: 'history_rewrite',
      txn: removed.txn,
      event: { action: 'create', document: at },
    });
    expect(await stream.next()).toMatchObject({
      type: 'history_rewrite',
      event: { action: 'create', document: current, prev: { ref: wire(ref), ts } },
    });
    await stream.close();
  });

  it('can be had twice', async () => {
    const { ref } = await create({ n: 1 });
    const streams = [await open(ref), await open(ref)];
    for (const stream of streams) await stream.next();
    await run(q.Update(ref as never, { data: { n: 2 } }));
    for (const stream of streams) {
      expect(await stream.next()).toMatchObject({ event: { document: { data: { n: 2 } } } });
      await stream.close();
    }
  });
});

describe('a stream of a set', () => {
  it('tells who comes and goes, with the index on request', async () => {
    const stream = await open(q.Match(q.Index(byKind), 'a'), { fields: 'action,document,index' });
    await stream.next();
    const { ref, ts } = await create({ kind: 'a', n: 1 });
    const index = (n: number) => ({ ref: wire(q.Index(byKind)), terms: ['a'], values: [n] });
    const first = await stream.next();
    expect(first).toMatchObject({
      type: 'set',
      txn: ts,
      event: { action: 'add', document: { ref: wire(ref), ts }, index: { terms: ['a'], values: [1] } },
    });
    expect(Object.keys(index(1))).toEqual(Object.keys((first.event as { index: object }).index));
    await create({ kind: 'b', n: 1 });
    const moved = await run(q.Update(ref as never, { data: { kind: 'b' } }));
    expect(await stream.next()).toMatchObject({
      type: 'set',
      txn: moved.ts,
      event: { action: 'remove', document: { ref: wire(ref), ts: moved.ts }, index: { terms: ['a'], values: [1] } },
    });
    await stream.close();
  });

  it('tells a changed value as a removal and an addition', async () => {
    const { ref } = await create({ kind: 'a', n: 1 });
    const stream = await open(q.Match(q.Index(byKind), 'a'), { fields: 'action,index' });
    await stream.next();
    await run(q.Update(ref as never, { data: { n: 2 } }));
    expect(await stream.next()).toMatchObject({ event: { action: 'remove', index: { values: [1] } } });
    expect(await stream.next()).toMatchObject({ event: { action: 'add', index: { values: [2] } } });
    await stream.close();
  });

  it('is of all documents of a collection too, without their data', async () => {
    const stream = await open(q.Documents(q.Collection(things)));
    await stream.next();
    const { ref, ts } = await create({ n: 1 });
    expect(await stream.next()).toEqual({
      type: 'set',
      txn: ts,
      event: { action: 'add', document: { ref: wire(ref), ts } },
    });
    await run(q.Update(ref as never, { data: { n: 2 } }));
    await run(q.Delete(ref as never));
    expect(await stream.next()).toMatchObject({ event: { action: 'remove', document: { ref: wire(ref) } } });
    await stream.close();
  });
});

describe('what may be seen', () => {
  it('is only versions the role may read', async () => {
    const { ref } = await create({});
    const mayRead = q.Query(q.Lambda('ref', q.Equals('foo', q.Select(['data', 'field'], q.Get(q.Var('ref')), null))));
    const key = await keyOf([{ resource: q.Collection(things), actions: { read: mayRead } }]);
    const stream = await open(ref, { secret: key.secret });
    await stream.next();
    for (const field of ['bar', 'foo', 'bar']) {
      await run(q.Update(ref as never, { data: { field } }));
    }
    expect(await stream.next()).toMatchObject({ event: { document: { data: { field: 'foo' } } } });
    await stream.close();
  });

  it('is only elements whose document the role may read, of an index it may read', async () => {
    const termsAreA = q.Query(q.Lambda('terms', q.Equals(q.Var('terms'), ['a'])));
    const isOne = q.Query(q.Lambda('ref', q.Equals(1, q.Select(['data', 'n'], q.Get(q.Var('ref'))))));
    const key = await keyOf([
      { resource: q.Index(byKind), actions: { read: termsAreA } },
      { resource: q.Collection(things), actions: { read: isOne } },
    ]);
    const stream = await open(q.Match(q.Index(byKind), 'a'), { secret: key.secret });
    const hidden = await open(q.Match(q.Index(byKind), 'b'), { secret: key.secret });
    await stream.next();
    await hidden.next();
    await create({ kind: 'b', n: 1 });
    await create({ kind: 'a', n: 2 });
    const { ref } = await create({ kind: 'a', n: 1 });
    expect(await stream.next()).toMatchObject({ event: { action: 'add', document: { ref: wire(ref) } } });
    expect(hidden.waiting()).toBe(0);
    await stream.close();
    await hidden.close();
  });

  it('is everything under the terms with unrestricted_read', async () => {
    const termsAreA = q.Query(q.Lambda('terms', q.Equals(q.Var('terms'), ['a'])));
    const key = await keyOf([{ resource: q.Index(byKind), actions: { unrestricted_read: termsAreA } }]);
    const stream = await open(q.Match(q.Index(byKind), 'a'), { secret: key.secret });
    await stream.next();
    await create({ kind: 'a', n: 2 });
    expect(await stream.next()).toMatchObject({ event: { action: 'add' } });
    await stream.close();
  });

  it('ends with the key at the next transaction', async () => {
    const { ref } = await create({});
    const key = await keyOf([{ resource: q.Collection(things), actions: { read: true } }]);
    const stream = await open(ref, { secret: key.secret });
    await stream.next();
    await run(q.Delete(key.ref as never));
    const { ts } = await run(q.Update(ref as never, { data: { n: 1 } }));
    expect(await stream.next()).toEqual({
      type: 'error',
      txn: ts,
      event: { code: 'permission denied', description: 'Authorization lost during stream evaluation.' },
    });
    expect(await stream.next()).toBeUndefined();
  });

  it('ends with the role at the next transaction', async () => {
    const { ref } = await create({});
    const key = await keyOf([{ resource: q.Collection(things), actions: { read: true } }]);
    const stream = await open(ref, { secret: key.secret });
    await stream.next();
    await run(q.Update(q.Role(`role_${count}`), { privileges: [] } as never));
    await run(q.Update(ref as never, { data: { n: 1 } }));
    expect(await stream.next()).toMatchObject({ type: 'error', event: { code: 'permission denied' } });
  });
});

describe('what cannot be streamed', () => {
  const invalidArgument = (got: string) => ({
    position: [],
    code: 'invalid argument',
    description: `Expected a Document Ref or Version, or a Set Ref, got ${got}.`,
  });
  it.each<[string, () => unknown, object]>([
    ['an object', () => ({ object: {} }), invalidArgument('Object')],
    ['a schema document', () => q.Collection(things), invalidArgument('Collection Ref')],
    ['a schema version', () => q.Get(q.Collection(things)), invalidArgument('Object')],
    ['a union', () => q.Union(q.Match(q.Index(byKind), 'a')), invalidArgument('Set')],
    [
      'a ref to nothing',
      () => q.Ref(q.Collection('nothing'), '1'),
      { position: [], code: 'invalid ref', description: "Ref refers to undefined collection 'nothing'" },
    ],
    [
      'a write',
      () => q.Create(q.Collection(things)),
      {
        position: [],
        code: 'invalid expression',
        description: 'Call performs a write, which is not allowed in stream requests.',
      },
    ],
  ])('is %s', async (_name, expression, error) => {
    const answer = await ask(fauna, { path: '/stream', body: JSON.stringify(expression()) });
    expect({ status: answer.status, json: answer.json }).toEqual({ status: 400, json: errors(error) });
  });

  it('is a field there is none of; every one is named', async () => {
    const answer = await ask(fauna, { path: '/stream?fields=action,x,%20y', body: '1' });
    const error = (name: string) => ({
      position: [],
      code: 'invalid url parameter',
      description: `Invalid url parameter fields. Invalid field name '${name}'`,
    });
    expect({ status: answer.status, json: answer.json }).toEqual({ status: 400, json: errors(error('x'), error('y')) });
  });

  it('is nothing', async () => {
    const answer = await ask(fauna, { path: '/stream' });
    expect(answer.json).toEqual(
      errors({ position: [], code: 'invalid expression', description: 'No query provided.' }),
    );
  });
});

it('streams through the real driver over HTTP/2', async () => {
  const { ref } = await create({ n: 1 });
  const seen: unknown[] = [];
  await new Promise<void>((resolve, reject) => {
    const stream = fauna.root.stream(ref as never, { fields: ['action', 'diff'] } as never);
    stream
      .on('start', () => void run(q.Update(ref as never, { data: { n: 2 } })))
      .on('version', (event: unknown) => {
        seen.push(event);
        stream.close();
        resolve();
      })
      .on('error', reject)
      .start();
  });
  expect(seen).toMatchObject([{ action: 'update', diff: { data: { n: 2 } } }]);
});
