import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { FailureError, failure } from '../../shared/failure.ts';
import { account } from '../../shared/identity/account.ts';

/** Electron's userData of an app named Burrow (https://www.electronjs.org/docs/latest/api/app#appgetpathname). */
export const defaultUserData = (): string => {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Burrow');
  if (process.platform === 'win32') return join(process.env.APPDATA ?? homedir(), 'Burrow');
  return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'Burrow');
};

const signedIn = (userData: string): string | null => {
  try {
    return account.parse(JSON.parse(readFileSync(join(userData, 'identity', 'account.json'), 'utf8'))).userId;
  } catch {
    return null;
  }
};

/** The file with the notes of the account asked for, else of the one signed in, else of the only one. */
export const notesFileOf = (userData: string, asked: string | undefined): { userId: string; file: string } => {
  const folder = join(userData, 'accounts');
  const all = existsSync(folder)
    ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'notes.db')))
    : [];
  const userId = asked ?? signedIn(userData) ?? (all.length === 1 ? all[0] : undefined);
  if (userId && all.includes(userId)) return { userId, file: join(folder, userId, 'notes.db') };
  throw new FailureError(
    failure(
      'no-such-account',
      userId ? `There are no notes of ${userId} in ${folder}.` : `It is not clear whose notes are meant in ${folder}.`,
      all.length ? `Name one with --account: ${all.join(', ')}.` : 'Sign in in Burrow first, or give --user-data.',
    ),
  );
};

/** Whether a Burrow uses the folder now: Chromium leaves a link to `host-pid` there while it runs (Linux and macOS). */
export const isInUse = (userData: string): boolean => {
  const lock = join(userData, 'SingletonLock');
  try {
    if (!lstatSync(lock).isSymbolicLink()) return false;
    process.kill(Number(/-(\d+)$/.exec(readlinkSync(lock))?.[1]), 0);
    return true;
  } catch {
    return false;
  }
};
