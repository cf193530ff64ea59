import { expect, it } from 'vitest';
import { killRounds } from './kill.ts';

// `npm run kill:fauna -- --rounds 200` does the same for longer.
it('keeps every acknowledged transaction, and no half one, when the process is killed', {
  timeout: 120_000,
}, async () => {
  const report = await killRounds(5);
  expect(report.acknowledged).toBeGreaterThan(0);
  expect(report).toMatchObject({ rounds: 5, missing: [], half: [], damaged: [], check: 'ok' });
  expect(report.forgotten).toBeGreaterThan(0);
  expect(report.found).toBeGreaterThanOrEqual(report.acknowledged);
});
