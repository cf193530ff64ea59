import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Application } from './api/host-state.ts';

export interface HostArguments {
  /** Modules of `-r`: Playwright's loader, when it knows the binary by ELECTRON_OVERRIDE_DIST_PATH. */
  preloads: string[];
  inspect: boolean;
  debuggingPort: boolean;
  /** The folder or file to start. */
  target: string | null;
}

/** Reads Electron's own switches; everything after the app's path is the app's. */
export const readArguments = (args: string[]): HostArguments => {
  const read: HostArguments = { preloads: [], inspect: false, debuggingPort: false, target: null };
  for (let index = 0; index < args.length && read.target === null; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '-r' || arg === '--require') {
      index += 1;
      read.preloads.push(resolve(args[index] ?? ''));
    } else if (arg.startsWith('--inspect')) read.inspect = true;
    else if (arg.startsWith('--remote-debugging-port')) read.debuggingPort = true;
    else if (!arg.startsWith('-')) read.target = resolve(arg);
  }
  return read;
};

interface PackageJson {
  name?: string;
  productName?: string;
  version?: string;
  main?: string;
}

/** As Electron's default app: a folder is described by its package.json, a bare file by nothing. */
export const readApplication = (target: string): Application => {
  if (!existsSync(target)) throw new Error(`Unable to find Electron app at ${target}`);
  if (!statSync(target).isDirectory())
    return { name: 'Electron', version: '0.0.0', path: dirname(target), mainFile: target };
  const file = join(target, 'package.json');
  const json = (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as PackageJson;
  const mainFile = resolve(target, json.main ?? 'index.js');
  if (!existsSync(mainFile)) throw new Error(`Cannot find the app's main file ${mainFile}; build it first`);
  return {
    name: json.productName ?? json.name ?? 'Electron',
    version: json.version ?? '0.0.0',
    path: target,
    mainFile,
  };
};
