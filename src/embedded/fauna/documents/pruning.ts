/**
 * Forgetting what a collection's `history_days` no longer covers: as FaunaDB's compactions do (CollectionFilter.scala's
 * VersionsFilter and SortedIndexFilter), the version that was current at the oldest time stays, unless it is a delete or
 * its ttl had ended by then.
 */
import { BadRequest } from '../errors/bad-request.ts';
import { QueryFailure } from '../errors/query-error.ts';
import type { Session } from '../language/context.ts';
import type { NewEntry, VersionRow } from '../store/rows.ts';
import type { Ref, Version } from '../values/value.ts';
import { expiryOf, indexEntries } from './index-entries.ts';
import { collectionEntry, indexesOf } from './indexing.ts';
import { minValidTime, toVersion } from './read.ts';

/** What may be forgotten at once, so that nothing waits for it long. */
export interface Allowance {
  versions: number;
  bytes: number;
}
export const allowance = (): Allowance => ({ versions: 50, bytes: 256 * 1024 });
const isSpent = ({ versions, bytes }: Allowance): boolean => versions <= 0 || bytes <= 0;

/** Forgets of one document as much as is allowed. Answers whether there is more. */
export function prune(session: Session, target: Ref, allowed = allowance()): boolean {
  const { scope, collection, id } = target;
  const oldest = minValidTime(session, scope, collection);
  const { transaction } = session;
  const root = transaction.version(scope, collection, id, oldest);
  if (!root) return false;
  const end = isOver(session, target, root, oldest) ? root.ts + 1n : root.ts;
  const { housekeeping } = transaction;
  for (;;) {
    const row = housekeeping.oldest(scope, collection, id, end);
    if (!row) return false;
    if (isSpent(allowed)) return true;
    allowed.versions -= 1;
    allowed.bytes -= row.data.length;
    for (const entry of entriesOf(session, toVersion(session, target, row))) {
      housekeeping.dropEnded(entry, oldest);
      housekeeping.dropExpired(entry, oldest);
    }
    housekeeping.dropVersion(scope, collection, id, row.ts);
  }
}

/** Whether the version that was current at the oldest time is nothing that a history could begin with. */
export function isOver(session: Session, target: Ref, root: VersionRow, oldest: bigint): boolean {
  if (root.action === 'delete') return true;
  const expiry = expiryOf(toVersion(session, target, root));
  return expiry !== undefined && expiry < oldest;
}

/** What the version had in all indexes. None where that cannot be told any more: it must not keep the rest. */
export function entriesOf(session: Session, version: Version): NewEntry[] {
  const entries = indexesOf(session, version).flatMap((index) => {
    try {
      return indexEntries(session, index, version);
    } catch (error) {
      if (error instanceof QueryFailure || error instanceof BadRequest) return [];
      throw error;
    }
  });
  return [collectionEntry(version), ...entries];
}
