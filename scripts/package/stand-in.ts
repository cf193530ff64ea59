import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What Electron's program carries so that fuses can be set: sentinel, version, count, and one state a fuse. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSE_COUNT = 9;

/**
 * A folder shaped like Electron's Linux distribution, for machines where the real one is out of reach: packaging runs
 * to its end and what goes into the app can be checked. It starts nothing but a sentence that says so.
 */
export const makeStandInElectron = (folder: string): string => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  const program = join(folder, 'electron');
  writeFileSync(
    program,
    Buffer.concat([
      Buffer.from(
        '#!/bin/sh\necho "This is a stand-in for Electron: it was packaged where the real one is out of reach." >&2\nexit 1\n',
      ),
      Buffer.from(FUSE_SENTINEL),
      Buffer.from([1, FUSE_COUNT]),
      Buffer.from('0'.repeat(FUSE_COUNT)),
    ]),
  );
  chmodSync(program, 0o755);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak']) writeFileSync(join(folder, name), '');
  return folder;
};
