import { describe, expect, it } from 'vitest';
import { q } from '../fixture.ts';
import { ask, errors } from '../http/wire.ts';
import { setUpStreams, wire } from './streams-fixture.ts';

const streams = setUpStreams();
const { names, run, create, open, keyOf } = streams;

describe('a stream of a set', () => {
  it('tells who comes and goes, with the index on request', async () => {
    const stream = await open(q.Match(q.Index(names.byKind), 'a'), { fields: 'action,document,index' });
    await stream.next();
    const { ref, ts } = await create({ kind: 'a', n: 1 });
    const index = (n: number) => ({ ref: wire(q.Index(names.byKind)), terms: ['a'], values: [n] });
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
    const stream = await open(q.Match(q.Index(names.byKind), 'a'), { fields: 'action,index' });
    await stream.next();
    await run(q.Update(ref as never, { data: { n: 2 } }));
    expect(await stream.next()).toMatchObject({ event: { action: 'remove', index: { values: [1] } } });
    expect(await stream.next()).toMatchObject({ event: { action: 'add', index: { values: [2] } } });
    await stream.close();
  });

  it('is of all documents of a collection too, without their data', async () => {
    const stream = await open(q.Documents(q.Collection(names.things)));
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

  it('tells a changed time to live as a removal and an addition, and one that was and is again as nothing', async () => {
    const { ref } = await create({ kind: 'a', n: 1 });
    const stream = await open(q.Match(q.Index(names.byKind), 'a'));
    await stream.next();
    const ttl = (days: number | null) =>
      q.Update(ref as never, { ttl: days && q.TimeAdd(q.Now(), days, 'days') } as never);
    const { ts } = await run(ttl(1));
    for (const action of ['remove', 'add']) {
      expect(await stream.next()).toEqual({
        type: 'set',
        txn: ts,
        event: { action, document: { ref: wire(ref), ts } },
      });
    }
    const again = await run(q.Do(ttl(null), ttl(2)));
    for (const action of ['remove', 'add']) {
      expect(await stream.next()).toMatchObject({ txn: again.ts, event: { action } });
    }
    await run(q.Do(q.Delete(ref as never), q.Create(ref as never, { data: { kind: 'a', n: 1 } })));
    const last = await create({ kind: 'a', n: 2 });
    for (const event of [
      { action: 'remove' },
      { action: 'add' },
      { action: 'add', document: { ref: wire(last.ref) } },
    ]) {
      expect(await stream.next()).toMatchObject({ event });
    }
    await stream.close();
  });

  it.each(['Collections', 'Databases', 'Keys', 'Roles'] as const)('is not of what is no document: %s', async (name) => {
    const answer = await ask(streams.fauna, { path: '/stream', body: JSON.stringify(q.Documents(q[name]())) });
    const description = 'Expected a Document Ref or Version, or a Set Ref, got Set.';
    expect({ status: answer.status, json: answer.json }).toEqual({
      status: 400,
      json: errors({ position: [], code: 'invalid argument', description }),
    });
  });
});

describe('what may be seen', () => {
  it('is only versions the role may read', async () => {
    const { ref } = await create({});
    const mayRead = q.Query(q.Lambda('ref', q.Equals('foo', q.Select(['data', 'field'], q.Get(q.Var('ref')), null))));
    const key = await keyOf([{ resource: q.Collection(names.things), actions: { read: mayRead } }]);
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
      { resource: q.Index(names.byKind), actions: { read: termsAreA } },
      { resource: q.Collection(names.things), actions: { read: isOne } },
    ]);
    const stream = await open(q.Match(q.Index(names.byKind), 'a'), { secret: key.secret });
    const hidden = await open(q.Match(q.Index(names.byKind), 'b'), { secret: key.secret });
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
    const key = await keyOf([{ resource: q.Index(names.byKind), actions: { unrestricted_read: termsAreA } }]);
    const stream = await open(q.Match(q.Index(names.byKind), 'a'), { secret: key.secret });
    await stream.next();
    await create({ kind: 'a', n: 2 });
    expect(await stream.next()).toMatchObject({ event: { action: 'add' } });
    await stream.close();
  });

  it('ends with the key at the next transaction', async () => {
    const { ref } = await create({});
    const key = await keyOf([{ resource: q.Collection(names.things), actions: { read: true } }]);
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
    const key = await keyOf([{ resource: q.Collection(names.things), actions: { read: true } }]);
    const stream = await open(ref, { secret: key.secret });
    await stream.next();
    await run(q.Update(q.Role(key.role), { privileges: [] } as never));
    await run(q.Update(ref as never, { data: { n: 1 } }));
    expect(await stream.next()).toMatchObject({ type: 'error', event: { code: 'permission denied' } });
  });
});
