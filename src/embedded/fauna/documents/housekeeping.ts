/**
 * Forgetting what nobody writes again: a sweep goes through all versions in the file, a small piece at a time between
 * queries. What it forgets was out of reach of every query before, so no answer changes: what a collection's history no
 * longer covers, and what deleted collections and databases held.
 */
import type { Session } from '../language/context.ts';
import { isUserCollection, NATIVE, ROOT_SCOPE } from '../schema/ids.ts';
import type { Place } from '../store/rows.ts';
import { ref } from '../values/value.ts';
import { allowance, entriesOf, prune } from './pruning.ts';
import { minValidTime, toVersion } from './read.ts';

/** Versions that a piece looks at, by their times alone. */
const LOOKED_AT = 1000;
/** Documents past their ttl that a piece looks for. */
const EXPIRED = 20;
/** Rows of a deleted database that a piece drops. */
const DROPPED = 200;
/** Collections with nothing to do that a piece passes by. */
const PASSED_BY = 100;
const BEFORE_ALL = -(2n ** 63n);
const AFTER_ALL = 2n ** 63n - 1n;

export const SWEEP_START: Place = { scope: -1, collection: -1, id: BEFORE_ALL, ts: BEFORE_ALL };

/** Does a piece of the sweep from a place on; answers where it goes on, undefined at its end. To be called in a write. */
export function sweepPiece(session: Session, from: Place): Place | undefined {
  let place: Place | undefined = from;
  for (let passed = 0; place && passed < PASSED_BY; passed += 1) {
    const worked = work(session, place);
    if (worked) return worked === 'done' ? nextCollection(session, place) : worked;
    place = nextCollection(session, place);
  }
  return place;
}

function nextCollection({ transaction }: Session, place: Place): Place | undefined {
  const next = transaction.housekeeping.collectionAfter(place);
  return next && { ...next, id: BEFORE_ALL, ts: BEFORE_ALL };
}

/** Past the last version of the same collection. */
export const endOf = (place: Place): Place => ({ ...place, id: AFTER_ALL, ts: AFTER_ALL });

/** Where to go on in the collection; undefined if nothing in it is ever forgotten. */
function work(session: Session, place: Place): Place | 'done' | undefined {
  const { scope, collection } = place;
  if (scope < ROOT_SCOPE) return undefined;
  const { transaction, catalog } = session;
  if (scope !== ROOT_SCOPE && !transaction.lookup('scope', BigInt(scope))) {
    return transaction.housekeeping.dropScope(scope, DROPPED) > 0 ? place : undefined;
  }
  if (!isUserCollection(collection)) return undefined;
  if (!catalog.scope(scope).get(NATIVE.collections, BigInt(collection))) return dropPiece(session, place);
  const oldest = minValidTime(session, scope, collection);
  return oldest === 0n ? undefined : prunePiece(session, place, oldest);
}

function prunePiece(session: Session, place: Place, oldest: bigint): Place | 'done' {
  const { scope, collection } = place;
  const { transaction } = session;
  const allowed = allowance();
  const { versions } = allowed;
  // Those past their ttl are found by it: going through the versions does not tell them from others.
  const expired = transaction.housekeeping.expired(scope, collection, oldest, EXPIRED);
  for (const id of expired) if (prune(session, ref(scope, collection, id), allowed)) return place;
  if (expired.length === EXPIRED && allowed.versions < versions) return place;
  const rows = transaction.housekeeping.timesAfter(place, LOOKED_AT);
  let last = place;
  let pruned: bigint | undefined;
  for (const row of rows) {
    // Of two versions of a document that are both as old, only the second can be the one that stays.
    if (row.id === last.id && row.ts <= oldest && row.id !== pruned) {
      if (prune(session, ref(scope, collection, row.id), allowed)) return last;
      pruned = row.id;
    }
    last = { scope, collection, ...row };
  }
  return rows.length < LOOKED_AT ? 'done' : last;
}

/** Of a deleted collection in a database that is there: its documents also have entries in indexes of more than it. */
function dropPiece(session: Session, place: Place): Place | 'done' {
  const { scope, collection } = place;
  const { transaction } = session;
  const { versions } = allowance();
  const rows = transaction.housekeeping.timesAfter(place, versions);
  for (const { id, ts } of rows) {
    const target = ref(scope, collection, id);
    const row = transaction.version(scope, collection, id, ts);
    for (const entry of row ? entriesOf(session, toVersion(session, target, row)) : []) transaction.dropPosition(entry);
    transaction.housekeeping.dropVersion(scope, collection, id, ts);
  }
  return rows.length < versions ? 'done' : place;
}
