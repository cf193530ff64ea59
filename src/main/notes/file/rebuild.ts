import { existsSync, renameSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { type Failure, failure } from '../../../shared/failure.ts';
import { forgetIndexFile } from '../search/index-file.ts';
import type { Clock, Random } from '../surroundings.ts';
import { DamagedFileError, openFile } from './open-file.ts';
import { type Salvaged, salvage } from './salvage.ts';
import type { Probe, StoreFile } from './store-file.ts';

export interface Opened {
  file: StoreFile;
  /** What the person should be told. */
  notices: Failure[];
}

/** SQLite's files beside the main one; they belong to it and move with it. */
const PARTS = ['', '-wal', '-shm'];

/**
 * Opens the file; one that is damaged is read as far as it can be into a new one, and set aside under a name with the
 * time, never deleted. A crash on the way is no harm: the next open goes on where this one stopped.
 */
export function openOrRebuild(path: string, clock: Clock, random: Random, probe?: Probe): Opened {
  // Complete, and not yet in place: a crash came between.
  if (existsSync(rebuilt(path))) exchange(path, clock);
  try {
    return { file: openFile(path, probe), notices: [] };
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error;
    const read = rebuild(path, clock, random);
    const aside = exchange(path, clock);
    return { file: openFile(path, probe), notices: [inWords(read, aside)] };
  }
}

const rebuilt = (path: string): string => `${path}.rebuilt`;

function rebuild(path: string, clock: Clock, random: Random): Salvaged {
  const unfinished = `${path}.rebuilding`;
  for (const part of PARTS) rmSync(unfinished + part, { force: true });
  const file = openFile(unfinished);
  let read: Salvaged;
  try {
    // Nothing counts before the renaming, so the disk need not be waited for at every step.
    file.db.exec('PRAGMA synchronous = OFF');
    read = salvage(path, file, clock, random);
    file.db.exec('PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    file.close();
  }
  renameSync(unfinished, rebuilt(path));
  return read;
}

/** Sets the damaged file aside and puts the rebuilt one in its place. */
function exchange(path: string, clock: Clock): string {
  let aside = `${path}.damaged-${new Date(clock.now()).toISOString().replaceAll(':', '-')}`;
  while (existsSync(aside)) aside += '+';
  forgetIndexFile(path);
  for (const part of PARTS) if (existsSync(path + part)) renameSync(path + part, aside + part);
  rmSync(`${path}.suspect`, { force: true });
  renameSync(rebuilt(path), path);
  return aside;
}

function inWords({ kept, copies, lost }: Salvaged, aside: string): Failure {
  const said = [`The file that keeps your notes was damaged; ${count(kept)} could be read from it`];
  if (copies > 0) said.push(`${count(copies)} came back as copies with the tag "recovered"`);
  if (lost > 0) said.push(`${count(lost)} could not be read and will be fetched from the server if they were sent`);
  return failure(
    'store-rebuilt',
    `${said.join(', ')}.`,
    `Look through your notes. The damaged file is kept beside the new one: ${basename(aside)}`,
  );
}

const count = (n: number): string => (n === 1 ? '1 note' : `${n} notes`);
