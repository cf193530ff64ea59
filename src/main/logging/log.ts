import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

type Level = 'info' | 'warn' | 'error';

const MAX_BYTES = 2 * 1024 * 1024;
let file: string | null = null;

/** Anything that looks like a JWT, a Clerk or Fauna secret, or an address of a person. */
const secrets =
  /ey[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*|\bsk_(?:test|live)_\w+|\bfn[A-Za-z0-9_-]{20,}|[\w.+-]+@[\w-]+\.[\w.]+/g;
export const mask = (text: string): string => text.replace(secrets, '…');

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

const write = (level: Level, message: string, error?: unknown): void => {
  const line = mask(error === undefined ? message : `${message}: ${describe(error)}`);
  if (level !== 'info') console.error(`${level}: ${line}`);
  if (!file) return;
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) renameSync(file, `${file}.1`);
    appendFileSync(file, `${new Date().toISOString()} ${level} ${line}\n`, { mode: 0o600 });
  } catch {
    // A full disk must not take the app down for the sake of its log.
  }
};

/** From now on also into a file, at most two of 2 MB each. */
export const logTo = (path: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  file = path;
};

export const log = {
  info: (message: string) => write('info', message),
  warn: (message: string, error?: unknown) => write('warn', message, error),
  error: (message: string, error?: unknown) => write('error', message, error),
};
