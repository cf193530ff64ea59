import { caseOf, committedCases, writeCase } from './cases.ts';
import type { Case } from './cast.ts';
import { type RunOptions, readOptions, USAGE, UsageError } from './options.ts';
import { openPool, type Pool } from './pool.ts';
import { shrink } from './shrink.ts';

/** `npm run simulate`: see USAGE. A failing seed is shrunk and written to cases/, where it runs first from then on. */
const PROGRESS_MS = 10_000;
/** So many failing cases are shrunk; of more, the first ones are most likely the same fault. */
const SHRUNK = 3;

interface Failed {
  one: Case;
  violations: string[];
}

/** Runs cases side by side until one fails or all have run; `happened` is the sum of all faults that happened. */
const runAll = async (pool: Pool, all: readonly Case[], stopAtFirst: boolean) => {
  const failed: Failed[] = [];
  const happened = new Map<string, number>();
  let [next, ran] = [0, 0];
  const started = performance.now();
  const seconds = (): string => ((performance.now() - started) / 1_000).toFixed(0);
  const progress = setInterval(() => {
    console.log(`  ${ran} of ${all.length} cases, ${failed.length} failed, ${seconds()} s`);
  }, PROGRESS_MS);
  const lane = async (): Promise<void> => {
    while (next < all.length && !(stopAtFirst && failed.length > 0)) {
      const one = all[next++] as Case;
      const outcome = await pool.run(one);
      ran += 1;
      for (const [fault, times] of Object.entries(outcome.happened))
        happened.set(fault, (happened.get(fault) ?? 0) + times);
      if (outcome.violations.length > 0) failed.push({ one, violations: outcome.violations });
    }
  };
  await Promise.all(Array.from({ length: pool.size }, lane));
  clearInterval(progress);
  return { ran, failed, happened, seconds: seconds() };
};

const casesOf = ({ first, count, devices, acts, committed }: RunOptions): Case[] => [
  ...(committed ? committedCases() : []),
  ...Array.from({ length: count }, (_, at) => caseOf(first + at, devices, acts)),
];

const simulateSeeds = async (options: RunOptions): Promise<boolean> => {
  const pool = await openPool();
  const { ran, failed, happened, seconds } = await runAll(pool, casesOf(options), false);
  const each = (pool.cpuMs / ran).toFixed(0);
  console.log(
    `${ran === 1 ? '1 case' : `${ran} cases`} in ${seconds} s on ${pool.size} processes, ${each} ms of CPU each: ${failed.length} failed`,
  );
  console.log(`In them: ${[...happened].map(([fault, times]) => `${fault} ${times}`).join(', ') || 'no faults'}`);
  for (const { one, violations } of failed.slice(0, SHRUNK)) {
    console.log(`\nseed ${one.seed} with ${one.devices} devices:\n  ${violations.slice(0, 6).join('\n  ')}`);
    const small = await shrink(one, pool.run);
    console.log(`  shrunk: ${JSON.stringify(small)}`);
    console.log(`  ${(await pool.run(small)).violations.slice(0, 3).join('\n  ')}`);
    console.log(`  written to ${writeCase(small)}`);
  }
  const others = failed.slice(SHRUNK).map(({ one }) => one.seed);
  if (others.length > 0) console.log(`\nnot shrunk: seeds ${others.join(', ')}`);
  pool.close();
  return failed.length === 0;
};

const simulateMutations = async (options: RunOptions, names: readonly string[]): Promise<boolean> => {
  let missed = 0;
  for (const name of names) {
    const pool = await openPool({ mutation: name });
    const { ran, failed } = await runAll(pool, casesOf(options), true);
    pool.close();
    const [caught] = failed;
    if (!caught) missed += 1;
    console.log(
      caught
        ? `caught  ${name}: seed ${caught.one.seed}, after ${ran} (${caught.violations[0]?.slice(0, 110).split('\n')[0]})`
        : `MISSED  ${name}: ${ran} seeds`,
    );
  }
  console.log(`${names.length - missed} of ${names.length} caught`);
  return missed === 0;
};

const main = async (): Promise<number> => {
  try {
    const options = readOptions(process.argv.slice(2));
    const well = options.mutations ? simulateMutations(options, options.mutations) : simulateSeeds(options);
    return (await well) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    (error.exitCode === 0 ? console.log : console.error)(`${error.message}\n\n${USAGE}`);
    return error.exitCode;
  }
};

process.exitCode = await main();
