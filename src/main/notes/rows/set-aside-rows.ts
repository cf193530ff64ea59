import type { Failure } from '../../../shared/failure.ts';
import type { SetAsideNote } from '../../../shared/sync/status.ts';
import { titleAndPreview } from '../documents/readable.ts';
import type { StoreFile } from '../file/store-file.ts';

/** Writes of other FQL clients that cannot be taken up, into notes that hold no edits of this device. */
const FOREIGN = `foreign_writes f LEFT JOIN notes n ON n.id = f.id
  WHERE f.failure IS NOT NULL AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.nr = n.nr)`;

/** Every note that is set aside: with edits that the server refuses, or with a foreign write that has nowhere to go. */
export function listSetAside(file: StoreFile): SetAsideNote[] {
  const edits = file
    .prepare('SELECT n.id, n.title, o.failure FROM outbox o JOIN notes n ON n.nr = o.nr WHERE o.failure IS NOT NULL')
    .all();
  // A note that was never here has no title yet; of a large text its beginning will do.
  const foreign = file
    .prepare(`SELECT f.id, n.title, substr(f.body, 1, 4096) AS body, f.failure FROM ${FOREIGN}`)
    .all();
  return [...edits, ...foreign].map((row) => ({
    id: String(row.id),
    title: String(row.title ?? titleAndPreview(String(row.body)).title),
    failure: JSON.parse(String(row.failure)) as Failure,
  }));
}

/** Notes with edits that the server has not acknowledged, and those of `listSetAside`. */
export function countWaiting(file: StoreFile): number {
  const count = (rows: string): number => Number(file.prepare(`SELECT count(*) AS n FROM ${rows}`).get()?.n);
  // One by one, so that each is counted in its own index.
  return count('outbox WHERE failure IS NULL') + count('outbox WHERE failure IS NOT NULL') + count(FOREIGN);
}
