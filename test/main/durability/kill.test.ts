import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openNotes } from '../../../src/main/notes/open-notes.ts';
import { killRounds } from './kill-rounds.ts';
import { lineOf } from './lines.ts';
import { look } from './look.ts';

// `npm run kill:app -- --rounds 1000` does the same for longer.
test('a killed main has every save it acknowledged, none half, and syncs what is there', {
  timeout: 120_000,
}, async () => {
  const report = await killRounds(6);
  expect(report).toMatchObject({ rounds: 6, wrong: [] });
  expect(report.acknowledged).toBeGreaterThan(0);
  expect(report.secondDevice).toBe(report.notes);
});

test('whoever looks at the file sees what is missing, half, or not to be found', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-look-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'notes.db');
  const store = openNotes({ file, account: 'user_ada', device: 'test' });
  const whole = store.create({ body: lineOf(1, 1) + lineOf(1, 2) }).id;
  const half = store.create({ body: lineOf(2, 1) + lineOf(2, 2).slice(0, 9) }).id;
  await store.close();

  expect(await look(file, 'user_ada', [{ round: 1, note: whole, line: 2 }])).toEqual([]);
  expect(await look(file, 'user_ada', [{ round: 1, note: whole, line: 3 }])).toEqual([
    'round 1: 3 lines were acknowledged, 2 are there',
    'round 1: its last line is not found by searching',
  ]);
  expect(await look(file, 'user_ada', [{ round: 2, note: half, line: 1 }])).toEqual([
    'round 2: half a save in "line 1 of round 2, ·;\\nline 2 of"',
  ]);
  expect(await look(file, 'user_ada', [{ round: 3, note: '77', line: 1 }])).toEqual(['round 3: its note is missing']);
});
