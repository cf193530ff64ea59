import { mkdtempSync, rmSync } from 'node:fs';
import { makeTemplate } from './server.ts';
import { simulate } from './simulate.ts';

const base = mkdtempSync('/dev/shm/burrow-sim-');
const template = await makeTemplate(base);
const from = Number(process.argv[2] ?? 1),
  n = Number(process.argv[3] ?? 5);
let bad = 0;
const t0 = performance.now();
for (let seed = from; seed < from + n; seed++) {
  const t = performance.now();
  const out = await simulate(template, base, {
    seed,
    devices: 2 + (seed % 3),
    acts: 40,
    without: (process.argv[4] ?? '').split(','),
    skip: [],
  });
  if (out.violations.length) {
    bad++;
    console.log(seed, Math.round(performance.now() - t), 'ms', out.markers, out.violations.slice(0, 4));
  }
}
console.log('bad', bad, 'of', n, Math.round((performance.now() - t0) / n), 'ms each');
rmSync(base, { recursive: true });
