import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

const usualPlaces = (): string[] => {
  if (process.platform === 'darwin') {
    return [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ];
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);
    return roots.flatMap((root) => [
      join(root, 'Chromium', 'Application', 'chrome.exe'),
      join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
    ]);
  }
  const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin', ...(process.env.PATH ?? '').split(delimiter)];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
};

/** The Chromium that the simulated host shows its windows in, or null. `BURROW_CHROMIUM` names one explicitly. */
export const findChromium = (): string | null => {
  const named = process.env.BURROW_CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  return usualPlaces().find((path) => existsSync(path)) ?? null;
};

/** Like `findChromium`, but throws a sentence that says what to install. */
export const requireChromium = (): string => {
  const found = findChromium();
  if (found) return found;
  const named = process.env.BURROW_CHROMIUM;
  if (named) throw new Error(`BURROW_CHROMIUM names ${named}, which does not exist.`);
  throw new Error(
    'The simulated host needs Chromium or Chrome and found none. Install one (Debian: apt-get install chromium; ' +
      'macOS: brew install --cask chromium) or name one in BURROW_CHROMIUM.',
  );
};
