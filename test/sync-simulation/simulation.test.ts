import { expect, test } from 'vitest';
import { caseOf, committedCases } from './cases.ts';
import type { Case } from './cast.ts';
import { openPool } from './pool.ts';

/** What `npm test` can afford; `npm run simulate` runs as many as it is told to (docs/sync.md), and CI 1,000. */
const SEEDS = 60;
const MOST_MS = 60_000;

test('every case that once failed, and then seeds for a minute, keep the promises', { timeout: 240_000 }, async () => {
  const pool = await openPool();
  const started = performance.now();
  const all = [...committedCases(), ...Array.from({ length: SEEDS }, (_, at) => caseOf(at + 1))];
  const failed: string[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < all.length && performance.now() - started < MOST_MS) {
      const one = all[next++] as Case;
      const { violations } = await pool.run(one);
      if (violations.length > 0) failed.push(`${JSON.stringify(one)}: ${violations.slice(0, 3).join('; ')}`);
    }
  };
  await Promise.all(Array.from({ length: pool.size }, lane));
  pool.close();
  expect(failed).toEqual([]);
  expect(next).toBeGreaterThan(0);
});

test('the same seed goes the same way every time', { timeout: 120_000 }, async () => {
  const pool = await openPool();
  const one = caseOf(4711, 3, 30);
  const [first, second] = [await pool.run(one), await pool.run(one)];
  pool.close();
  expect(second).toEqual(first);
  expect(first.markers).toBeGreaterThan(10);
  expect(first.fingerprint).toMatch(/^[0-9a-f]{64}$/);
});
