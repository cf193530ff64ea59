import { execFileSync } from 'node:child_process';
import { closeSync, fstatSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface SmallDisk {
  folder: string;
  /** Fills the disk but for so many bytes. */
  fill(leave: number): void;
  /** Takes back what `fill` took. */
  free(): void;
}

const BYTES = 64 * 1024 * 1024;

/** A disk in memory that is gone after the test; or a sentence that says why there can be none here. */
export const mountSmallDisk = (): SmallDisk | string => {
  if (process.platform !== 'linux') return 'a small disk is mounted by tmpfs, which only Linux has';
  const folder = mkdtempSync(join(tmpdir(), 'burrow-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${BYTES}`, 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    rmSync(folder, { recursive: true });
    return `mounting a small disk is not allowed here (${error instanceof Error ? error.message.trim() : error})`;
  }
  onTestFinished(() => {
    // Lazily: a process that is about to end may still hold a file.
    execFileSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true });
  });
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: (leave) => {
      const file = openSync(filler, 'a');
      const page = Buffer.alloc(4_096);
      try {
        while (writeSync(file, page) > 0);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
      ftruncateSync(file, Math.max(0, fstatSync(file).size - leave));
      closeSync(file);
    },
    free: () => rmSync(filler),
  };
};
