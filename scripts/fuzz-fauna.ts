import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Found } from '../test/embedded/fauna/fuzz/campaign.ts';
import { generate } from '../test/embedded/fauna/fuzz/generate.ts';
import type { Case } from '../test/embedded/fauna/fuzz/send.ts';
import type { FuzzSettings } from '../test/embedded/fauna/fuzz/worker.ts';
import { root } from './support/build.ts';

/**
 * `npm run fuzz:fauna -- --n N --seed S [--from I]`: N generated requests to an embedded Fauna. What fails is shrunk,
 * printed and kept in test/embedded/fauna/fuzz/cases, where the tests replay it.
 */
const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    from: { type: 'string', default: '0' },
  },
});
const whole = (text: string, flag: string): number => {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new Error(`--${flag} must be a whole number`);
};
const [count, seed, first] = [whole(values.n, 'n'), whole(values.seed, 'seed'), whole(values.from, 'from')];

/** A case that takes longer than this is taken to hang, ms. */
const HANGS_AFTER = 60_000;
const folder = join(root, 'test', 'embedded', 'fauna', 'fuzz', 'cases');
let failures = 0;

function keep(index: number, problem: string, request: Case): void {
  failures += 1;
  const text = JSON.stringify(request, null, 2);
  const name = `${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `${text}\n`);
  console.log(`\ncase ${index} of seed ${seed}: ${problem}\n${text}\nkept as ${join(folder, name)}`);
}

const current = new SharedArrayBuffer(4);
const running = new Int32Array(current);

/** Answers how the thread ended: at the end of its cases, or in the middle of one. */
function runFrom(from: number): Promise<'done' | { reason: string }> {
  const workerData: FuzzSettings = { seed, from, count: first + count - from, current };
  const script = join(root, 'test', 'embedded', 'fauna', 'fuzz', 'worker.ts');
  const worker = new Worker(script, { workerData, resourceLimits: { maxOldGenerationSizeMb: 2048 } });
  return new Promise((resolve) => {
    let [seen, since, told] = [-1, Date.now(), Date.now()];
    const watch = setInterval(() => {
      const at = Atomics.load(running, 0);
      if (at !== seen) [seen, since] = [at, Date.now()];
      else if (Date.now() - since > HANGS_AFTER) finish({ reason: `hangs for ${HANGS_AFTER / 1000} s` });
      if (Date.now() - told > 30_000) {
        told = Date.now();
        console.log(`${at - first} of ${count}, ${failures} failures`);
      }
    }, 1000);
    const finish = (end: 'done' | { reason: string }): void => {
      clearInterval(watch);
      void worker.terminate();
      resolve(end);
    };
    worker.on('message', ({ index, problem, request }: Found) => keep(index, problem, request));
    worker.on('error', (error: unknown) =>
      finish({ reason: `ends the process: ${error instanceof Error ? error.stack : String(error)}` }),
    );
    worker.on('exit', () => finish('done'));
  });
}

const started = performance.now();
for (let from = first; from < first + count; ) {
  const end = await runFrom(from);
  if (end === 'done') break;
  const index = Atomics.load(running, 0);
  keep(index, end.reason, generate(seed, index).request);
  from = index + 1;
}
const seconds = (performance.now() - started) / 1000;
console.log(
  `seed ${seed}: ${count} cases in ${seconds.toFixed(0)} s (${Math.round(count / seconds)} a second), ${failures} failures`,
);
process.exit(failures > 0 ? 1 : 0);
