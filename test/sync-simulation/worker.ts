import { mkdtempSync, rmSync } from 'node:fs';
import { loadBuilds } from './builds.ts';
import type { Case, Outcome } from './cast.ts';
import type { Message } from './pool.ts';
import { simulate } from './simulate.ts';
import { makeTemplate } from './template.ts';

/**
 * A process that runs the cases it is sent and answers each. A process and not a thread: a mutation is put into its
 * sources as they are loaded (mutate.ts).
 */
const base = process.argv[2] ?? '';
const folder = mkdtempSync(`${base}/worker-`);
const around = { template: await makeTemplate(folder), builds: await loadBuilds(), folder };
const answer = (message: Message): void => void process.send?.(message);

const run = async (one: Case): Promise<Outcome> => {
  try {
    return await simulate(around, one);
  } catch (error) {
    const broken = `the simulation itself failed: ${(error as Error).stack}`;
    return { violations: [broken], markers: 0, happened: {}, fingerprint: '' };
  }
};

process.on('message', async (one: Case) => {
  const before = process.cpuUsage();
  const outcome = await run(one);
  const { user, system } = process.cpuUsage(before);
  answer({ outcome, cpuMs: (user + system) / 1_000 });
});
process.on('disconnect', () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit();
});
answer('ready');
