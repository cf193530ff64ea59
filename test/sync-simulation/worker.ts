import { mkdtempSync, rmSync } from 'node:fs';
import { makeTemplate } from './server.ts';
import { type Case, simulate } from './simulate.ts';

/**
 * A process that runs the cases it is sent and answers each. A process and not a thread: a mutation is put into its
 * sources as they are loaded (mutate.ts).
 */
const base = process.argv[2] ?? '';
const folder = mkdtempSync(`${base}/worker-`);
const template = await makeTemplate(folder);

process.on('message', async (one: Case) => {
  try {
    process.send?.(await simulate(template, folder, one));
  } catch (error) {
    process.send?.({
      violations: [`the simulation itself failed: ${(error as Error).stack}`],
      markers: 0,
      fingerprint: '',
    });
  }
});
process.on('disconnect', () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit();
});
process.send?.('ready');
