import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSettings } from '../../../src/main/shell/settings.ts';

const newPath = () => join(mkdtempSync(join(tmpdir(), 'burrow-settings-')), 'settings.json');

test('a setting survives a restart', async () => {
  const path = newPath();
  await openSettings(path).set({ theme: 'dark' });
  expect(openSettings(path).get().theme).toBe('dark');
});

test('an unreadable file is set aside, not overwritten, and the defaults are used', () => {
  const path = newPath();
  writeFileSync(path, '{"theme": "purple"');
  expect(openSettings(path).get()).toEqual({ theme: 'system', askBeforeQuit: true, window: null });
  expect(existsSync(`${path}.unreadable`)).toBe(true);
});
