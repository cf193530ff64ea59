import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/build-your-own.md'), 'utf8');

interface Step {
  file: string;
  place: 'make' | 'after' | 'before' | 'replace';
  anchor: string;
  code: string;
}

/** "Make `FILE`:" or "In `FILE`, after `LINE` add:", and the code block under it. */
const steps = (): Step[] =>
  [
    ...page.matchAll(
      /^(?:Make `([^`]+)`:|In `([^`]+)`, (after|before|replace) `([^\n]+)` (?:add|by):)\n```ts\n([\s\S]*?)^```$/gm,
    ),
  ].map(([, made, changed, place, anchor, code]) => ({
    file: made ?? changed ?? '',
    place: (place ?? 'make') as Step['place'],
    anchor: anchor ?? '',
    code: code ?? '',
  }));

const follow = (folder: string, { file, place, anchor, code }: Step): void => {
  const path = join(folder, file);
  if (place === 'make') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code);
    return;
  }
  const lines = readFileSync(path, 'utf8').split('\n');
  const at = lines.indexOf(anchor);
  expect(at, `${file} has the line ${anchor}`).toBeGreaterThanOrEqual(0);
  const from = place === 'after' ? at + 1 : at;
  lines.splice(from, place === 'replace' ? 1 : 0, ...code.trimEnd().split('\n'));
  writeFileSync(path, lines.join('\n'));
};

/** The project as it would be cloned, without its history. */
const clone = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-own-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = execFileSync('git', ['ls-files', '-z', 'src', 'test', '*.json', '*.ts'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of files.split('\0').filter((name) => name && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
};

it('docs/build-your-own.md leads to a second collection with its own role and bridge operation', () => {
  const all = steps();
  expect(all).toHaveLength(page.match(/^```ts$/gm)?.length ?? 0);
  const folder = clone();
  for (const step of all) follow(folder, step);
  const run = (script: string, ...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: folder, encoding: 'utf8' });
  const types = run('typescript/bin/tsc', '-p', 'tsconfig.json');
  expect(types.stdout.split('\n').filter((line) => /bookmarks|plan\.ts|handlers|bridge/.test(line))).toEqual([]);
  const touched = [...new Set(all.map(({ file }) => file))];
  const lint = run('@biomejs/biome/bin/biome', 'check', '--write', '--vcs-enabled=false', ...touched);
  expect(`${lint.stdout}${lint.stderr}`).toContain(`Checked ${touched.length} files`);
  expect(lint.status).toBe(0);
  const proof = run('vitest/vitest.mjs', 'run', '--project', 'unit', 'test/main/bridge/handlers/bookmarks.test.ts');
  expect(`${proof.stdout}${proof.stderr}`).toMatch(/Tests .*1 passed/);
}, 180_000);
