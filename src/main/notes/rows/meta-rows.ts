import type { StoreFile } from '../file/store-file.ts';

export function readMeta(file: StoreFile, key: string): string | null {
  const row = file.prepare('SELECT value FROM meta WHERE key = ?').get(key);
  return row === undefined ? null : String(row.value);
}

export function writeMeta(file: StoreFile, key: string, value: string): void {
  file
    .prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
    .run(key, value);
}
