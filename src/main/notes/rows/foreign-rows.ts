import type { Failure } from '../../../shared/failure.ts';
import type { StoreFile } from '../file/store-file.ts';

/** A write of another FQL client, folded into its document and waiting to be pushed as such. */
export interface ForeignWrite {
  id: string;
  ts: number;
  state: Uint8Array;
  body: string;
  trashed: number;
  edited_at: number;
}

export function keepForeignWrite(file: StoreFile, write: ForeignWrite): void {
  file
    .prepare(
      'INSERT OR REPLACE INTO foreign_writes (id, ts, state, body, trashed, edited_at) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(write.id, write.ts, write.state, write.body, write.trashed, write.edited_at);
}

export function findForeignWrite(file: StoreFile, id: string): ForeignWrite | undefined {
  return file.prepare('SELECT * FROM foreign_writes WHERE id = ?').get(id) as ForeignWrite | undefined;
}

export function hasForeignWrites(file: StoreFile): boolean {
  return file.prepare('SELECT 1 FROM foreign_writes LIMIT 1').get() !== undefined;
}

export function forgetForeignWrite(file: StoreFile, id: string): void {
  file.prepare('DELETE FROM foreign_writes WHERE id = ?').run(id);
}

/** Those that wait to be pushed, the oldest first. */
export function listForeignWrites(file: StoreFile, limit: number): ForeignWrite[] {
  return file
    .prepare('SELECT * FROM foreign_writes WHERE failure IS NULL ORDER BY ts LIMIT ?')
    .all(limit) as unknown as ForeignWrite[];
}

export function refuseForeignWrite(file: StoreFile, id: string, failure: Failure): void {
  file.prepare('UPDATE foreign_writes SET failure = ? WHERE id = ?').run(JSON.stringify(failure), id);
}
