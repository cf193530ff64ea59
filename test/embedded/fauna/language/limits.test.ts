import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { collection, create, type Json, lambda, object, type Raw, startRaw, variable } from '../raw.ts';

const VERSION = 8 * 1024 * 1024;
const TRANSACTION = 16 * 1024 * 1024;
const bytes = (length: number): Json => ({ '@bytes': Buffer.alloc(length).toString('base64') });

let fauna: Raw;
beforeAll(async () => {
  fauna = await startRaw();
});
beforeEach(async () => {
  if (!(await fauna.ask({ exists: collection('things') }))) {
    await fauna.ask({ create_collection: object({ name: 'things' }) });
  }
});
afterAll(() => fauna.close());

const badRequest = (description: string | RegExp): object => ({
  status: 400,
  errors: [
    {
      code: 'bad request',
      description: typeof description === 'string' ? description : expect.stringMatching(description),
    },
  ],
});

describe('a document', () => {
  /** As large as it gets, in three parts, since a request holds no more than 8 MiB. */
  async function grow(size: number): Promise<Json> {
    const part = Math.floor(size / 3);
    const made = await fauna.ask<{ ref: Json }>(create('things', { 'unindexed-0': bytes(part) }));
    const change = (name: string, length: number): Json => ({
      select: 'ts',
      from: { update: made.ref, params: object({ data: object({ [name]: bytes(length) }) }) },
    });
    await fauna.ask(change('unindexed-1', part));
    return change('unindexed-2', part - 56);
  }

  it('may take 8 MiB', async () => {
    expect(await fauna.ask(await grow(VERSION - 1))).toEqual(expect.any(Number));
  });

  it('may not take more', async () => {
    expect(await fauna.fails(await grow(VERSION + 1))).toEqual(
      badRequest(`Version bytes (${VERSION + 3}) exceeds threshold (${VERSION})`),
    );
  });
});

describe('a transaction', () => {
  const writing = (size: number): Json => {
    const count = Math.floor(size / 500_000);
    const one = create('things', { unindexed: variable('bytes') });
    const all = Array.from({ length: count }, () => one);
    return { let: { bytes: bytes(Math.floor(size / count)) }, in: { do: [...all, true] } };
  };

  it('may write 16 MiB', async () => {
    expect(await fauna.ask(writing(Math.floor(TRANSACTION * 0.95)))).toBe(true);
  });

  it('may not write more, and then writes nothing', async () => {
    const count = () => fauna.ask({ count: { documents: collection('things') } });
    const before = await count();
    expect(await fauna.fails(writing(Math.floor(TRANSACTION * 1.05)))).toEqual(
      badRequest(/^Transaction exceeded limit: got \d{8} bytes, limit 16777216 bytes$/),
    );
    expect(await count()).toBe(before);
  });

  it.each<[string, Json, string]>([
    ['lambdas', { map: lambda('_', 1), collection: variable('xs') }, '12001'],
    ['a count, that is told at its end,', { add: [{ count: variable('xs') }, 1] }, '12016'],
  ])('may compute for 12000 ops, and no longer: %s', async (_name, body, got) => {
    const computing = (elements: number): Json => ({
      let: { xs: Array.from({ length: elements }, () => 1) },
      in: { is_empty: { map: lambda('_', body), collection: variable('xs') } },
    });
    expect(await fauna.fails(computing(1000))).toEqual(
      badRequest(`Transaction does too much compute: got ${got}, limit: 12000`),
    );
    expect(await fauna.ask(computing(700))).toBe(false);
  });
});

describe('an entry of an index', () => {
  beforeAll(async () => {
    const only = (name: string): Json => [object({ field: ['data', name] })];
    const fields = { name: 'keyed', source: collection('things'), terms: only('term'), values: only('value') };
    await fauna.ask({ create_index: object(fields) });
  });
  /** With what comes before and between them: terms of the database's scope, values with the ref. */
  const around = 9 + 6 + 1 + 3 + 29 + 12 + 1 + 3;
  const entry = (size: number): Json => {
    const term = 32_000;
    return {
      select: 'ts',
      from: create('things', { term: bytes(term), value: bytes(size - term - around) }),
    };
  };

  it('may take 64000 bytes', async () => {
    expect(await fauna.ask(entry(64_000))).toEqual(expect.any(Number));
  });

  it('may not take more', async () => {
    expect(await fauna.fails(entry(64_001))).toEqual(badRequest('Key bytes (64001) exceeds threshold (64000)'));
  });
});
