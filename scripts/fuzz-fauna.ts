import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { WORLD_LASTS } from '../test/embedded/fauna/fuzz/campaign.ts';
import { generate } from '../test/embedded/fauna/fuzz/generate.ts';
import type { Case } from '../test/embedded/fauna/fuzz/send.ts';
import type { FuzzBlock, FuzzMessage, FuzzSettings } from '../test/embedded/fauna/fuzz/worker.ts';
import { root } from './support/build.ts';

/**
 * `npm run fuzz:fauna -- --n N --seed S [--from I] [--threads T]`: N generated requests to embedded Faunas, on several
 * threads. What fails is shrunk, printed and kept in test/embedded/fauna/fuzz/cases, where the tests replay it.
 */
const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    from: { type: 'string', default: '0' },
    threads: { type: 'string', default: String(availableParallelism()) },
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
const TELL_EVERY = 30_000;
const folder = join(root, 'test', 'embedded', 'fauna', 'fuzz', 'cases');
let failures = 0;
let done = 0;

function keep(index: number, problem: string, request: Case): void {
  failures += 1;
  const text = JSON.stringify(request, null, 2);
  const name = `${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `${text}\n`);
  console.log(`\ncase ${index} of seed ${seed}: ${problem}\n${text}\nkept as ${join(folder, name)}`);
}

/** Worlds of cases, as if one thread went through them. */
const blocks: FuzzBlock[] = [];
for (let from = first; from < first + count; ) {
  const end = Math.min(first + count, from + WORLD_LASTS - (from % WORLD_LASTS));
  blocks.push({ from, count: end - from });
  from = end;
}

type End = 'done' | { readonly reason: string };

interface Runner {
  /** Answers how the block ended: at the end of its cases, or in the middle of one. */
  run(block: FuzzBlock): Promise<End>;
  /** The number of the case that is running. */
  current(): number;
  stop(): Promise<unknown>;
}

function startRunner(): Runner {
  const current = new SharedArrayBuffer(4);
  const running = new Int32Array(current);
  const workerData: FuzzSettings = { seed, current };
  const script = join(root, 'test', 'embedded', 'fauna', 'fuzz', 'worker.ts');
  const worker = new Worker(script, { workerData, resourceLimits: { maxOldGenerationSizeMb: 2048 } });
  let finish: (end: End) => void = () => undefined;
  worker.on('message', (message: FuzzMessage) => {
    if (message === 'done') finish('done');
    else keep(message.index, message.problem, message.request);
  });
  worker.on('error', (error: unknown) =>
    finish({ reason: `ends the process: ${error instanceof Error ? error.stack : String(error)}` }),
  );
  worker.on('exit', () => finish({ reason: 'ends the thread' }));
  const run = (block: FuzzBlock): Promise<End> => {
    Atomics.store(running, 0, block.from);
    return new Promise((resolve) => {
      let [seen, since] = [-1, Date.now()];
      const watch = setInterval(() => {
        const at = Atomics.load(running, 0);
        if (at !== seen) [seen, since] = [at, Date.now()];
        else if (Date.now() - since > HANGS_AFTER) finish({ reason: `hangs for ${HANGS_AFTER / 1000} s` });
      }, 1000);
      finish = (end) => {
        clearInterval(watch);
        resolve(end);
      };
      worker.postMessage(block);
    });
  };
  return { run, current: () => Atomics.load(running, 0), stop: () => worker.terminate() };
}

async function work(): Promise<void> {
  let runner = startRunner();
  for (let block = blocks.shift(); block; ) {
    const end = await runner.run(block);
    const at = end === 'done' ? block.from + block.count : runner.current() + 1;
    if (end !== 'done') {
      keep(at - 1, end.reason, generate(seed, at - 1).request);
      void runner.stop();
      runner = startRunner();
    }
    done += at - block.from;
    const left = block.from + block.count - at;
    block = left > 0 ? { from: at, count: left } : blocks.shift();
  }
  await runner.stop();
}

const started = performance.now();
const teller = setInterval(() => console.log(`${done} of ${count}, ${failures} failures`), TELL_EVERY);
await Promise.all(Array.from({ length: Math.max(1, whole(values.threads, 'threads')) }, work));
clearInterval(teller);
const seconds = (performance.now() - started) / 1000;
console.log(
  `seed ${seed}: ${count} cases in ${seconds.toFixed(0)} s (${Math.round(count / seconds)} a second), ${failures} failures`,
);
process.exit(failures > 0 ? 1 : 0);
