import type { DatabaseSync } from 'node:sqlite';
import { type Instance, newId, type Random, randomText } from '../instance.ts';
import { one, run } from './query.ts';

export interface InstanceSettings {
  id: string;
  /** Origins that may send Authorization from a page. */
  allowedOrigins: string[];
}

interface Row {
  id: string;
  secret_key: string;
  allowed_origins: string;
}

/** Makes the instance's one row at the first start. Returns the secret key that was made then. */
export function ensureInstanceSettings(database: DatabaseSync, random: Random): string {
  run(
    database,
    `INSERT INTO instance (id, secret_key, allowed_origins) SELECT ?, ?, '[]' WHERE NOT EXISTS (SELECT 1 FROM instance)`,
    newId({ random }, 'ins'),
    `sk_test_${randomText(random, 42)}`,
  );
  return readRow(database).secret_key;
}

export function readInstanceSettings({ database }: Instance): InstanceSettings {
  const row = readRow(database);
  return { id: row.id, allowedOrigins: JSON.parse(row.allowed_origins) as string[] };
}

export function saveAllowedOrigins({ database }: Instance, allowedOrigins: string[]): void {
  run(database, 'UPDATE instance SET allowed_origins = ?', JSON.stringify(allowedOrigins));
}

function readRow(database: DatabaseSync): Row {
  const row = one<Row>(database, 'SELECT * FROM instance');
  if (!row) throw new Error('the instance has no settings');
  return row;
}
