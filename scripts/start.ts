import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { electronBinary, simulatedElectron } from '../test/electron-simulation/host.ts';
import { buildApp, root } from './support/build.ts';
import { ensureChromium } from './support/chromium.ts';

/** `npm start`: builds Burrow and opens it, in Electron where its binary is there or can be fetched, else in the simulated host. */
const FETCH_LIMIT_MS = 120_000;

const fetchElectron = (): string | null => {
  if (electronBinary()) return electronBinary();
  spawnSync(process.execPath, [join(root, 'node_modules', 'electron', 'install.js')], {
    stdio: 'ignore',
    timeout: FETCH_LIMIT_MS,
  });
  return electronBinary();
};

const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

const follow = (command: string, args: string[]): void => {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
};

if (!hasDisplay()) {
  console.log(
    'There is no display here, so Burrow runs headless through the walk of `npm run demo` (screenshots in demo/).',
  );
  follow(process.execPath, [join(root, 'scripts', 'demo', 'index.ts'), '--out', join(root, 'demo')]);
} else {
  const electron = fetchElectron();
  if (!electron) {
    console.log(
      "Electron's binary is missing and could not be downloaded: Burrow opens in the simulated host (Node and Chromium).",
    );
    if (!ensureChromium()) process.exit(1);
  }
  buildApp();
  follow(electron ?? simulatedElectron, [root]);
}
