import type { StoreFile } from '../file/store-file.ts';

export type VersionReason = 'edit' | 'deletion' | 'remote' | 'conflict' | 'restore' | 'purged-elsewhere' | 'repair';

export interface VersionRow {
  version: number;
  at: number;
  reason: VersionReason;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** While someone writes, a version is kept this often; a deletion of this many characters is kept always. */
export const VERSION_EVERY = 5 * MINUTE;
export const DELETION_KEPT = 24;

/** Keeps a text that is about to be replaced. Empty texts, and the same text twice in a row, are not kept. */
export function keepVersion(file: StoreFile, nr: number, reason: VersionReason, body: string, now: number): void {
  if (body.trim() === '') return;
  const newest = file.prepare('SELECT body FROM versions WHERE nr = ? ORDER BY version DESC LIMIT 1').get(nr);
  if (newest?.body === body) return;
  file.prepare('INSERT INTO versions (nr, at, reason, body) VALUES (?, ?, ?, ?)').run(nr, now, reason, body);
  const remove = file.prepare('DELETE FROM versions WHERE version = ?');
  for (const version of tooMany(listVersions(file, nr), now)) remove.run(version);
}

/** The newest first. */
export function listVersions(file: StoreFile, nr: number): VersionRow[] {
  return file
    .prepare('SELECT version, at, reason FROM versions WHERE nr = ? ORDER BY version DESC')
    .all(nr) as unknown as VersionRow[];
}

export function versionBody(file: StoreFile, nr: number, version: number): string | undefined {
  const row = file.prepare('SELECT body FROM versions WHERE nr = ? AND version = ?').get(nr, version);
  return row && String(row.body);
}

export function lastVersionAt(file: StoreFile, nr: number): number {
  const row = file.prepare('SELECT max(at) AS at FROM versions WHERE nr = ?').get(nr);
  return Number(row?.at ?? 0);
}

/** All of the last day, then the newest of each hour for a week, of each day for a month, of each month for ever. */
export function tooMany(newestFirst: readonly VersionRow[], now: number): number[] {
  const seen = new Set<string>();
  return newestFirst
    .filter(({ at }) => {
      const age = now - at;
      if (age < DAY) return false;
      const width = age < 7 * DAY ? HOUR : age < 30 * DAY ? DAY : 30 * DAY;
      const slot = `${width}:${Math.floor(at / width)}`;
      if (seen.has(slot)) return true;
      seen.add(slot);
      return false;
    })
    .map(({ version }) => version);
}
