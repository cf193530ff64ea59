import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type Launched, type LaunchOptions, launchBurrow } from '../../electron-simulation/launch.ts';

const folders: string[] = [];
const running = new Set<Launched>();

/** A user-data folder that is removed after the test. */
export const newUserData = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-e2e-'));
  folders.push(folder);
  return join(folder, 'user-data');
};

/** Starts Burrow; whatever the test leaves running is ended after it. */
export const openBurrow = async (userData: string, options: Partial<LaunchOptions> = {}): Promise<Launched> => {
  const burrow = await launchBurrow({ userData, ...options });
  running.add(burrow);
  return burrow;
};

afterEach(async () => {
  for (const burrow of running) await burrow.kill().catch(() => {});
  running.clear();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
