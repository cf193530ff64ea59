import { readFileSync } from 'node:fs';
import { createBridgeHalf } from './bridge-half.ts';
import { createCodec } from './codec.ts';
import { runIsolatedWorld } from './isolated-world.ts';
import { type PageSettings, runMainWorld } from './main-world.ts';

/** Electron's own name for the preload's world; it is what DevTools shows. */
export const ISOLATED_WORLD = 'Electron Isolated Context';
export const SEND_BINDING = 'burrowSimulatedSend';

export const mainWorldScript = (settings: PageSettings): string =>
  `(${runMainWorld})({ settings: ${JSON.stringify(settings)}, createBridgeHalf: ${createBridgeHalf} });`;

export const isolatedWorldScript = (settings: PageSettings, preloadPath: string): string => {
  const process = {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    isMainFrame: true,
    platform: globalThis.process.platform,
    arch: globalThis.process.arch,
    versions: globalThis.process.versions,
    env: {},
    argv: [],
  };
  const preload = `function (require, process, module, exports) {\n${readFileSync(preloadPath, 'utf8')}\n}`;
  return `(${runIsolatedWorld})({
    settings: ${JSON.stringify({ ...settings, process })},
    createCodec: ${createCodec}, createBridgeHalf: ${createBridgeHalf}, preload: ${preload}
  });\n//# sourceURL=${preloadPath}`;
};
