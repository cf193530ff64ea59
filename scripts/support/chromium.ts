import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from '../../test/electron-simulation/chromium.ts';

const isDebianRoot = (): boolean =>
  process.platform === 'linux' && existsSync('/etc/debian_version') && process.getuid?.() === 0;

const run = (command: string, args: string[]): boolean =>
  spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

/**
 * Makes sure that a Chromium is there for the simulated host and the browser tests: on Debian as root it is installed,
 * elsewhere one line says what to install. True when there is one.
 */
export const ensureChromium = (): boolean => {
  if (findChromium()) return true;
  if (isDebianRoot()) {
    console.log('Installing Chromium for the tests (Debian package chromium); this can take a minute…');
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
    if (findChromium()) return true;
  }
  console.error(
    'Chromium or Chrome is needed and was not found. Install it (Debian: apt-get install chromium; macOS: brew install --cask chromium; Windows: winget install Hibbiki.Chromium), or name one in BURROW_CHROMIUM.',
  );
  return false;
};
