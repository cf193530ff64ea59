import { describe, expect, it } from 'vitest';
import { failureOf, q } from '../fixture.ts';
import { ask, errors } from '../http/wire.ts';
import { setUpStreams, wire } from './streams-fixture.ts';

const streams = setUpStreams();
const { names, run, create, open } = streams;

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
    await failureOf(streams.fauna.root.query(q.Do(q.Update(ref as never, { data: { n: 2 } }), q.Abort('no'))));
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

describe('what cannot be streamed', () => {
  const invalidArgument = (got: string) => ({
    position: [],
    code: 'invalid argument',
    description: `Expected a Document Ref or Version, or a Set Ref, got ${got}.`,
  });
  it.each<[string, () => unknown, object]>([
    ['an object', () => ({ object: {} }), invalidArgument('Object')],
    ['a schema document', () => q.Collection(names.things), invalidArgument('Collection Ref')],
    ['a schema version', () => q.Get(q.Collection(names.things)), invalidArgument('Object')],
    ['a union', () => q.Union(q.Match(q.Index(names.byKind), 'a')), invalidArgument('Set')],
    [
      'a ref to nothing',
      () => q.Ref(q.Collection('nothing'), '1'),
      { position: [], code: 'invalid ref', description: "Ref refers to undefined collection 'nothing'" },
    ],
    [
      'a write',
      () => q.Create(q.Collection(names.things)),
      {
        position: [],
        code: 'invalid expression',
        description: 'Call performs a write, which is not allowed in stream requests.',
      },
    ],
  ])('is %s', async (_name, expression, error) => {
    const answer = await ask(streams.fauna, { path: '/stream', body: JSON.stringify(expression()) });
    expect({ status: answer.status, json: answer.json }).toEqual({ status: 400, json: errors(error) });
  });

  it('is a field there is none of; every one is named', async () => {
    const answer = await ask(streams.fauna, { path: '/stream?fields=action,x,%20y', body: '1' });
    const error = (name: string) => ({
      position: [],
      code: 'invalid url parameter',
      description: `Invalid url parameter fields. Invalid field name '${name}'`,
    });
    expect({ status: answer.status, json: answer.json }).toEqual({ status: 400, json: errors(error('x'), error('y')) });
  });

  it('is nothing', async () => {
    const answer = await ask(streams.fauna, { path: '/stream' });
    expect(answer.json).toEqual(
      errors({ position: [], code: 'invalid expression', description: 'No query provided.' }),
    );
  });
});

it('streams through the real driver over HTTP/2', async () => {
  const { ref } = await create({ n: 1 });
  const seen: unknown[] = [];
  await new Promise<void>((resolve, reject) => {
    const stream = streams.fauna.root.stream(ref as never, { fields: ['action', 'diff'] } as never);
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
