import inspector from 'node:inspector';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './api/app.ts';
import { electron } from './api/electron-module.ts';
import { hostState } from './api/host-state.ts';
import { readApplication, readArguments } from './arguments.ts';
import { startChromium } from './browser/chromium-process.ts';
import { closeStrays } from './browser/target.ts';

/**
 * The main process of the simulated host: what Electron's binary does from its start to `ready`.
 * docs/simulated-host.md tells the order and why.
 */
const args = process.argv.slice(2);
process.argv = [join(import.meta.dirname, 'electron'), ...args];
const { preloads, inspect, debuggingPort, target } = readArguments(args);
if (args.includes('--version')) {
  console.log('v0.0.0-simulated');
  process.exit(0);
}
if (!target) {
  console.error('usage: electron [switches] <app folder or main file> [the app’s arguments]');
  process.exit(1);
}

const define = (owner: object, name: string, value: unknown) =>
  Object.defineProperty(owner, name, { value, enumerable: true, configurable: true });
define(process.versions, 'electron', '0.0.0-simulated');
define(process.versions, 'burrowSimulatedHost', '1');
define(process, 'type', 'browser');
define(process, 'defaultApp', true);
define(process, 'resourcesPath', join(target, 'resources'));
define(globalThis, 'burrowSimulatedHost', hostState);

const loader = Module as unknown as { _load(request: string, ...rest: unknown[]): unknown };
const load = loader._load;
loader._load = function (this: unknown, request, ...rest) {
  return request === 'electron' || request === 'electron/main' ? electron : load.call(this, request, ...rest);
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
process.on('uncaughtException', (error) => {
  // As in Electron, an app that listens itself decides itself.
  if (process.listenerCount('uncaughtException') > 1) return;
  // Electron shows a dialog and goes on; with nobody to read it, going on would only hang.
  console.error('A JavaScript error occurred in the main process\n', error);
  app.exit(1);
});

const require = createRequire(import.meta.url);
const released = Promise.withResolvers<void>();
if (inspect) inspector.open(0);
for (const preload of preloads) require(preload);
const held = inspect && debuggingPort && preloads.length === 0;
if (held) define(globalThis, '__playwright_run', () => released.resolve());
else released.resolve();

Object.assign(hostState.application, readApplication(target));
const { mainFile } = hostState.application;
if (/\.m[jt]s$/.test(mainFile)) await import(pathToFileURL(mainFile).href);
else require(mainFile);

const headless = process.env.BURROW_SIMULATED_HEADLESS === '1' || !hasDisplay();
const chromium = await startChromium({
  profile: join(app.getPath('userData'), 'chromium-profile'),
  headless,
  debuggingPort,
});
hostState.chromium = chromium;
await closeStrays(chromium);
void chromium.connection.closed.then(() => {
  for (const window of [...hostState.windows]) {
    window.webContents.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 });
    window.webContents.markDestroyed();
  }
});
if (chromium.devToolsUrl) console.error(`DevTools listening on ${chromium.devToolsUrl}`);
await released.promise;
app.becomeReady();

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
