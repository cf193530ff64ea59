import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claimUserData } from '../../../src/main/shell/user-data.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'burrow-user-data-'));

test('a new folder is made and marked, and taken again at the next start', () => {
  const path = join(folder(), 'new');
  expect(claimUserData(path).ok).toBe(true);
  expect(claimUserData(path).ok).toBe(true);
});

test("a folder with only Chromium's own files is still new", () => {
  const path = folder();
  for (const name of ['Cache', 'Local Storage', 'GPUCache']) mkdirSync(join(path, name));
  writeFileSync(join(path, 'Local State'), '{}');
  expect(claimUserData(path).ok).toBe(true);
});

test('a folder of something else is refused and left as it was', () => {
  const path = folder();
  writeFileSync(join(path, 'thesis.docx'), 'years of work');
  expect(claimUserData(path)).toMatchObject({ ok: false, failure: { code: 'user-data-foreign' } });
  expect(readdirSync(path)).toEqual(['thesis.docx']);
});

test.each([
  ['a damaged mark', '{"form', 'user-data-corrupt'],
  ['a mark that is none', '[]', 'user-data-corrupt'],
  ['a folder of a newer Burrow', '{"format":99}', 'user-data-newer'],
])('%s is refused in words and not changed', (_what, content, code) => {
  const path = folder();
  writeFileSync(join(path, 'burrow.json'), content);
  expect(claimUserData(path)).toMatchObject({ ok: false, failure: { code } });
  expect(readFileSync(join(path, 'burrow.json'), 'utf8')).toBe(content);
});

// root may write anywhere, so there is nothing to refuse
test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a folder that may not be written to is refused',
  () => {
    const path = folder();
    chmodSync(path, 0o500);
    expect(claimUserData(path)).toMatchObject({ ok: false, failure: { code: 'user-data-unwritable' } });
  },
);
