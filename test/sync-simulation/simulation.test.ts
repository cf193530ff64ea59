import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openPool } from './pool.ts';
import type { Case } from './simulate.ts';

/** What `npm test` can afford; `npm run simulate` runs as many as it is told to (docs/sync.md). */
const SEEDS = 60;
const MOST_MS = 60_000;
const cases = new URL('./cases/', import.meta.url);

test('every case that once failed, and then seeds for a minute, keep the promises', { timeout: 240_000 }, async () => {
  const pool = await openPool();
  const started = performance.now();
  const all: Case[] = [
    ...readdirSync(cases)
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(new URL(name, cases), 'utf8')) as Case),
    ...Array.from({ length: SEEDS }, (_, at) => ({
      seed: at + 1,
      devices: 2 + ((at + 1) % 3),
      acts: 40,
      without: [],
      skip: [],
    })),
  ];
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
  const one: Case = { seed: 4711, devices: 3, acts: 30, without: [], skip: [] };
  const [first, second] = [await pool.run(one), await pool.run(one)];
  pool.close();
  expect(second).toEqual(first);
  expect(first.markers).toBeGreaterThan(10);
  expect(first.fingerprint).toMatch(/^[0-9a-f]{64}$/);
});
