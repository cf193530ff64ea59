import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { beforeAll, expect, test } from 'vitest';
import { executableIn } from '../../scripts/package/after-pack.ts';

const root = join(import.meta.dirname, '..', '..');
const unpacked = join(
  root,
  'release',
  { darwin: 'mac', win32: 'win-unpacked' }[process.platform as string] ?? 'linux-unpacked',
);
const resources =
  process.platform === 'darwin' ? join(unpacked, 'Burrow.app', 'Contents', 'Resources') : join(unpacked, 'resources');
const archive = join(resources, 'app.asar');
let files: string[] = [];

beforeAll(() => {
  const run = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'scripts', 'package', 'index.ts'), '--built'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  expect(run.status, run.stderr).toBe(0);
  files = listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/'));
}, 180_000);

test('the app holds what it needs to start', () => {
  for (const path of [
    '/package.json',
    '/dist/main/index.cjs',
    '/dist/main/search-worker.cjs',
    '/dist/preload/index.cjs',
    '/dist/embedded/process.cjs',
    '/dist/embedded/fauna-worker.cjs',
    '/dist/renderer/index.html',
  ])
    expect(files).toContain(path);
});

test('and nothing else: no sources, tests, maps, libraries, data or secrets', () => {
  const shipped = /^\/(package\.json|dist|dist\/(main|preload|embedded|setup|shared|renderer)(\/.*)?)$/;
  expect(files.filter((path) => !shipped.test(path))).toEqual([]);
  expect(files.filter((path) => /\.(ts|tsx|map|test\.|db|pem|env)|node_modules|\.vite/.test(path))).toEqual([]);
  const secret = /sk_(test|live)_[A-Za-z0-9]{16}|-----BEGIN [A-Z ]*PRIVATE KEY/;
  for (const path of files.filter((name) => /\.(cjs|js|html|json)$/.test(name)))
    expect(extractFile(archive, path.slice(1)).toString('utf8'), path).not.toMatch(secret);
});

test('its package.json starts the built main and names no scripts', () => {
  const manifest = JSON.parse(extractFile(archive, 'package.json').toString('utf8'));
  expect(manifest.main).toBe('dist/main/index.cjs');
  expect(manifest.scripts ?? {}).toEqual({});
});

test('all nine fuses are set', async () => {
  const wire = await getCurrentFuseWire(executableIn(unpacked, process.platform));
  const state = (fuse: FuseV1Options) => FuseState[wire[fuse] as FuseState];
  expect({
    runAsNode: state(FuseV1Options.RunAsNode),
    cookieEncryption: state(FuseV1Options.EnableCookieEncryption),
    nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    nodeCliInspect: state(FuseV1Options.EnableNodeCliInspectArguments),
    asarIntegrity: state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: state(FuseV1Options.OnlyLoadAppFromAsar),
    browserSnapshot: state(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
    fileProtocol: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
    wasmTrapHandlers: state(FuseV1Options.WasmTrapHandlers),
  }).toEqual({
    runAsNode: 'DISABLE',
    cookieEncryption: 'ENABLE',
    nodeOptions: 'DISABLE',
    nodeCliInspect: 'DISABLE',
    asarIntegrity: 'ENABLE',
    onlyAsar: 'ENABLE',
    browserSnapshot: 'DISABLE',
    fileProtocol: 'DISABLE',
    wasmTrapHandlers: 'DISABLE',
  });
});

test('the renderer loads nothing from another host', () => {
  const html = readFileSync(join(root, 'dist', 'renderer', 'index.html'), 'utf8');
  expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
});
