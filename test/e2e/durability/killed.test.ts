import { expect, test } from 'vitest';
import { killWholeApp } from './whole-app.ts';

// `npm run kill:app -- --whole-app 40` does the same for longer.
test('the app is killed while it saves, by the bridge and by typing: all that the window called saved is there', async () => {
  const report = await killWholeApp(2);
  expect(report).toMatchObject({ rounds: 2, wrong: [] });
  expect(report.acknowledged).toBeGreaterThan(1);
  expect(report.synced).toBe(report.notes);
});
