/** Lists of more elements than a call in JavaScript may have arguments; and as many errors as elements, in one pass. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Raw, startRaw } from '../raw.ts';

let fauna: Raw;
beforeAll(async () => {
  fauna = await startRaw();
});
afterAll(() => fauna.close());

describe('a list of 300,000 elements', () => {
  it('is answered as it is', async () => {
    expect(await fauna.ask(Array.from({ length: 300_000 }, () => null))).toHaveLength(300_000);
  });
});

describe('an error for each of 60,000 elements', { timeout: 60_000 }, () => {
  const LENGTH = 60_000;

  it('is told of expressions', async () => {
    const { errors } = await fauna.fails(Array.from({ length: LENGTH }, () => ({ get: null })));
    expect(errors).toHaveLength(LENGTH);
    expect(errors.at(-1)).toMatchObject({ position: [LENGTH - 1, 'get'], code: 'invalid argument' });
  });

  it('is told of the elements of a value', async () => {
    const list = Array.from({ length: LENGTH }, () => 1);
    const notBooleans = { filter: { lambda: 'x', expr: { var: 'x' } }, collection: list };
    const { errors } = await fauna.fails(notBooleans);
    expect(errors).toHaveLength(LENGTH);
    expect(errors.at(-1)).toMatchObject({ position: [LENGTH - 1], code: 'invalid argument' });
  });
});
