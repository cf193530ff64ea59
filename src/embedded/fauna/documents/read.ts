/** Documents as a query sees them: at its valid time, and not past their ttl. */
import { readTooOld } from '../errors/bad-request.ts';
import type { Context, Session } from '../language/context.ts';
import { isUserCollection, NATIVE } from '../schema/ids.ts';
import { NEVER, type VersionRow } from '../store/rows.ts';
import { microsOfTime } from '../values/time.ts';
import { isTagged, type Ref, type Version } from '../values/value.ts';
import { chargeRead } from './costs.ts';
import { fieldAt, StoredVersion } from './stored-version.ts';
import { MOST_DAYS } from './ttl.ts';

export const toVersion = (session: Session, ref: Ref, row: VersionRow): Version => new StoredVersion(session, ref, row);

/** History is kept this much longer than `history_days` says, so that cursors stay good (Collection.scala). */
const GRACE = 15n * 60_000_000n;
const DAY = 86_400_000_000n;
/** Nothing is kept of these longer than that. */
const LOGINS = new Set<number>([NATIVE.keys, NATIVE.tokens, NATIVE.credentials]);

/** The oldest time (µs) at which a collection's documents can be read as they were. */
export function minValidTime(session: Session, scope: number, collection: number): bigint {
  return latest(keptSince(session, scope, collection) - GRACE, 0n);
}

/** The same but for the grace: what the collection promises. */
export function keptSince({ time, catalog }: Session, scope: number, collection: number): bigint {
  if (LOGINS.has(collection)) return latest(time, 0n);
  const kept = isUserCollection(collection) ? catalog.scope(scope).collection(collection) : undefined;
  return kept ? latest(daysBefore(time, kept.historyDays), kept.minValidTime) : 0n;
}

export const daysBefore = (time: bigint, days: bigint | undefined): bigint =>
  days === undefined || days > MOST_DAYS ? 0n : latest(time - days * DAY, 0n);

const latest = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** Nothing can be read as it was before what is kept (ReadValidTimeBelowMVT); `at` is undefined for now. */
export function refuseTooOld(session: Session, scope: number, collection: number, at: bigint | undefined): void {
  if (at === undefined) return;
  const oldest = minValidTime(session, scope, collection);
  if (at < oldest) throw readTooOld(at, oldest);
}

/** The document at a time (µs; undefined is now, with this transaction's writes), or undefined if there is none. */
export function getVersion(session: Session, ref: Ref, at: bigint | undefined): Version | undefined {
  const known = at === undefined ? session.memory.version(ref) : undefined;
  if (known !== undefined) {
    chargeRead(session, ref, at, 0);
    return known ?? undefined;
  }
  if (!collectionExists(session, ref)) return undefined;
  refuseTooOld(session, ref.scope, ref.collection, at);
  const row = session.transaction.version(ref.scope, ref.collection, ref.id, at ?? NEVER);
  chargeRead(session, ref, at, row?.data.length ?? 0);
  const found = row && row.action !== 'delete' ? toVersion(session, ref, row) : undefined;
  const version = found && !expired(session, found) ? found : undefined;
  if (at === undefined) session.memory.keepVersion(ref, version ?? null, row?.data.length ?? 0);
  return version;
}

export const getDocument = (context: Context, ref: Ref): Version | undefined =>
  getVersion(context.session, ref, context.validTime);

/** Documents of a deleted collection are gone with it. */
export function collectionExists(session: Session, ref: Ref): boolean {
  if (ref.collection < 1024) return true;
  return session.catalog.scope(ref.scope).get(NATIVE.collections, BigInt(ref.collection)) !== undefined;
}

function expired(session: Session, version: Version): boolean {
  const ttl = fieldAt(session, version, ['ttl'])?.value;
  return ttl !== undefined && isTagged(ttl) && ttl.kind === 'time' && microsOfTime(ttl) <= session.time;
}
