import type { DatabaseSync } from 'node:sqlite';
import { type Instance, newId, type Random } from '../instance.ts';
import { one, run } from './query.ts';

export interface InstanceSettings {
  id: string;
  /** Origins that may send Authorization from a page. */
  allowedOrigins: string[];
}

interface Row {
  id: string;
  allowed_origins: string;
}

/** Makes the instance's one row at the first start. */
export function ensureInstanceSettings(database: DatabaseSync, random: Random): void {
  run(
    database,
    `INSERT INTO instance (id, allowed_origins) SELECT ?, '[]' WHERE NOT EXISTS (SELECT 1 FROM instance)`,
    newId({ random }, 'ins'),
  );
}

export function readInstanceSettings({ database }: Instance): InstanceSettings {
  const row = one<Row>(database, 'SELECT * FROM instance');
  if (!row) throw new Error('the instance has no settings');
  return { id: row.id, allowedOrigins: JSON.parse(row.allowed_origins) as string[] };
}

export function saveAllowedOrigins({ database }: Instance, allowedOrigins: string[]): void {
  run(database, 'UPDATE instance SET allowed_origins = ?', JSON.stringify(allowedOrigins));
}
