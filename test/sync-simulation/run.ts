import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { mutations } from './mutations.ts';
import { openPool, type Pool } from './pool.ts';
import { shrink } from './shrink.ts';
import type { Case } from './simulate.ts';

/**
 * `npm run simulate -- --seeds N [--devices D] [--seed S] [--acts A] [--mutations [NAME]]`
 * Committed cases run first. A failing seed is printed, shrunk and written to cases/. Exit code 1 if any failed.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    seed: { type: 'string' },
    devices: { type: 'string' },
    acts: { type: 'string', default: '40' },
    mutations: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
const cases = new URL('./cases/', import.meta.url);
const first = Number(values.seed ?? 1);
const count = values.seed ? 1 : Number(values.seeds);

const caseOf = (seed: number): Case => ({
  seed,
  devices: values.devices ? Number(values.devices) : 2 + (seed % 3),
  acts: Number(values.acts),
  without: [],
  skip: [],
});

const committed = (): Case[] =>
  readdirSync(cases)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(new URL(name, cases), 'utf8')) as Case);

/** Runs cases side by side until one fails or all have run; answers how many ran and the first that failed. */
const runAll = async (pool: Pool, all: readonly Case[], stopAtFirst: boolean) => {
  const failed: { one: Case; violations: string[] }[] = [];
  let next = 0;
  let ran = 0;
  const lane = async (): Promise<void> => {
    while (next < all.length && !(stopAtFirst && failed.length > 0)) {
      const one = all[next++] as Case;
      const { violations } = await pool.run(one);
      ran += 1;
      if (violations.length > 0) failed.push({ one, violations });
    }
  };
  await Promise.all(Array.from({ length: pool.size }, lane));
  return { ran, failed };
};

const seeds = (): Case[] => Array.from({ length: count }, (_, at) => caseOf(first + at));

const simulateSeeds = async (): Promise<boolean> => {
  const pool = await openPool();
  const started = performance.now();
  const all = [...(values.seed ? [] : committed()), ...seeds()];
  const { ran, failed } = await runAll(pool, all, false);
  const seconds = (performance.now() - started) / 1000;
  console.log(`${ran} cases in ${seconds.toFixed(1)} s on ${pool.size} processes: ${failed.length} failed`);
  for (const { one, violations } of failed.slice(0, 3)) {
    console.log(`\nseed ${one.seed} with ${one.devices} devices:\n  ${violations.slice(0, 6).join('\n  ')}`);
    const small = await shrink(one, pool.run);
    const file = new URL(`seed-${one.seed}.json`, cases);
    writeFileSync(file, `${JSON.stringify(small)}\n`);
    console.log(`  shrunk: ${JSON.stringify(small)}`);
    console.log(`  ${(await pool.run(small)).violations.slice(0, 3).join('\n  ')}`);
  }
  pool.close();
  return failed.length === 0;
};

const simulateMutations = async (): Promise<boolean> => {
  let all = true;
  for (const { name } of mutations.filter((one) => !values.only || one.name.includes(values.only))) {
    const pool = await openPool({ mutation: name });
    const { ran, failed } = await runAll(pool, seeds(), true);
    pool.close();
    const [caught] = failed;
    all &&= caught !== undefined;
    console.log(
      caught
        ? `caught  ${name}: seed ${caught.one.seed}, after ${ran} (${caught.violations[0]?.slice(0, 110).split('\n')[0]})`
        : `MISSED  ${name}: ${ran} seeds`,
    );
  }
  return all;
};

process.exitCode = (await (values.mutations ? simulateMutations() : simulateSeeds())) ? 0 : 1;
