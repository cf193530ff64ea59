import { randomUUID } from 'node:crypto';
import {
  type FSWatcher,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

export interface SecondInstance {
  argv: string[];
  workingDirectory: string;
  additionalData: unknown;
}

/**
 * The lock of `app.requestSingleInstanceLock`: one process a user-data folder, as Electron's SingletonLock. A loser
 * leaves its arguments as a file, so that they arrive although it quits at once.
 */
export const createSingleInstance = (userData: () => string, onSecond: (instance: SecondInstance) => void) => {
  let watcher: FSWatcher | null = null;
  const folder = () => join(userData(), 'simulated-singleton');
  const lockFile = () => join(folder(), 'pid');

  const takeMessages = (): void => {
    for (const name of readdirSync(folder())) {
      if (!name.endsWith('.json')) continue;
      const path = join(folder(), name);
      const instance = JSON.parse(readFileSync(path, 'utf8')) as SecondInstance;
      rmSync(path, { force: true });
      onSecond(instance);
    }
  };

  const acquire = (): boolean => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        writeFileSync(lockFile(), String(process.pid), { flag: 'wx', mode: 0o600 });
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        if (isHostAlive(readHolder(lockFile()))) return false;
        rmSync(lockFile(), { force: true });
      }
    }
    return false;
  };

  return {
    has: () => watcher !== null,
    request: (additionalData?: unknown): boolean => {
      if (watcher) return true;
      mkdirSync(folder(), { recursive: true, mode: 0o700 });
      if (acquire()) {
        for (const name of readdirSync(folder())) if (name.endsWith('.json')) rmSync(join(folder(), name));
        watcher = watch(folder(), takeMessages);
        watcher.unref();
        return true;
      }
      const message: SecondInstance = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
      const path = join(folder(), randomUUID());
      writeFileSync(path, JSON.stringify(message), { mode: 0o600 });
      renameSync(path, `${path}.json`);
      return false;
    },
    release: (): void => {
      if (!watcher) return;
      watcher.close();
      watcher = null;
      rmSync(lockFile(), { force: true });
    },
  };
};

const readHolder = (path: string): number => {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return 0;
  }
};

/** A process of that id may be another program by now; where /proc can tell, it must be a simulated host. */
const isHostAlive = (pid: number): boolean => {
  if (!pid || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('electron-simulation');
  } catch {
    return process.platform !== 'linux';
  }
};
