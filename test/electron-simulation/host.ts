import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The simulated host's executable: it takes Electron's arguments. */
export const simulatedElectron = join(import.meta.dirname, 'electron');

/** Electron's executable, or null where it is not on this machine. Never downloads. */
export const electronBinary = (): string | null => {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const pathFile = join(folder, 'path.txt');
  const named = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : usualName();
  const binary = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), named);
  return existsSync(binary) && binary !== simulatedElectron ? binary : null;
};

const usualName = (): string => {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
};

export interface Host {
  name: 'electron' | 'simulated';
  executable: string;
}

/** Real Electron where its binary is present, else the simulated host. */
export const chooseHost = (): Host => {
  const electron = electronBinary();
  return electron ? { name: 'electron', executable: electron } : { name: 'simulated', executable: simulatedElectron };
};
