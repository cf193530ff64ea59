import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface StepReport {
  name: string;
  ok: boolean;
  ms: number;
  detail: string;
}

/** What a step may use: `shot` saves a screenshot beside the report. Returns its detail; throws when it fails. */
export type Step = { name: string; run: () => Promise<string> };

/**
 * Runs the steps one after another; after one fails the later ones are reported as not run.
 * Writes `report.json` after every step, so that an interrupted walk leaves what it knows.
 */
export const runSteps = async (options: {
  host: () => string;
  out: string;
  steps: Step[];
  shot: (name: string) => Promise<void>;
}): Promise<boolean> => {
  const { out, steps } = options;
  mkdirSync(out, { recursive: true });
  const done: StepReport[] = [];
  const save = () =>
    writeFileSync(join(out, 'report.json'), `${JSON.stringify({ host: options.host(), steps: done }, null, 2)}\n`);

  let failed = false;
  for (const [index, step] of steps.entries()) {
    if (failed) {
      done.push({ name: step.name, ok: false, ms: 0, detail: 'not run: an earlier step failed' });
      continue;
    }
    const start = performance.now();
    let ok = true;
    let detail: string;
    try {
      detail = await step.run();
    } catch (error) {
      ok = false;
      failed = true;
      detail = error instanceof Error ? error.message : String(error);
    }
    const ms = Math.round(performance.now() - start);
    const file = `${String(index + 1).padStart(2, '0')}-${step.name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}`;
    await options.shot(file).catch(() => {});
    done.push({ name: step.name, ok, ms, detail });
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${step.name} (${ms} ms): ${detail}`);
    save();
  }
  save();
  return !failed;
};
