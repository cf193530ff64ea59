import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { electronBinary } from '../test/electron-simulation/host.ts';
import { buildApp, root } from './support/build.ts';
import { ensureChromium } from './support/chromium.ts';

/** `npm test`: every test, then one line of counts and the host that ran the end-to-end tests. */
const report = join(root, 'test-results', 'report.json');
const counts = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});

if (!ensureChromium()) process.exit(1);
buildApp();
rmSync(report, { force: true });
const run = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);

const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = counts.parse(
  JSON.parse(readFileSync(report, 'utf8')),
);
const host = electronBinary()
  ? 'Electron'
  : "the simulated host (Node and Chromium; Electron's binary is not on this machine)";
console.log(`\nEnd-to-end tests ran in ${host}.`);
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests + numTodoTests} skipped`);
process.exit(run.status ?? 1);
