/** Documents as a query sees them: at its valid time, and not past their ttl. */
import { readTooOld } from '../errors/bad-request.ts';
import type { Context, Session } from '../language/context.ts';
import { NATIVE } from '../schema/ids.ts';
import { NEVER, type VersionRow } from '../store/rows.ts';
import { decodeValue } from '../values/codec.ts';
import { microsOfTime } from '../values/time.ts';
import { isObject, isTagged, type Ref, type Version } from '../values/value.ts';
import { loadRules } from './rules.ts';
import { MOST_DAYS } from './ttl.ts';

export function toVersion(session: Session, ref: Ref, row: VersionRow): Version {
  const fields = row.data.length > 0 ? decodeValue(row.data, loadRules(ref.scope, session.parseLambda)) : new Map();
  return {
    scope: ref.scope,
    collection: ref.collection,
    id: ref.id,
    ts: row.ts,
    action: row.action,
    fields: isObject(fields) ? fields : new Map(),
    pending: row.ts === session.transaction.time,
  };
}

/** History is kept this much longer than `history_days` says, so that cursors stay good (Collection.scala). */
const GRACE = 15n * 60_000_000n;
const DAY = 86_400_000_000n;

/** The oldest time (µs) at which a collection's documents can be read as they were; undefined without a limit. */
export function minValidTime(session: Session, scope: number, collection: number): bigint | undefined {
  if (collection < 1024) return undefined;
  const days = session.catalog.scope(scope).collection(collection)?.historyDays;
  return days === undefined || days > MOST_DAYS ? undefined : session.time - days * DAY - GRACE;
}

/** Nothing can be read as it was before what is kept (ReadValidTimeBelowMVT); `at` is undefined for now. */
export function refuseTooOld(session: Session, scope: number, collection: number, at: bigint | undefined): void {
  const oldest = at === undefined ? undefined : minValidTime(session, scope, collection);
  if (at !== undefined && oldest !== undefined && at < oldest) throw readTooOld(at, oldest);
}

/** The document at a time (µs; undefined is now, with this transaction's writes), or undefined if there is none. */
export function getVersion(session: Session, ref: Ref, at: bigint | undefined): Version | undefined {
  const known = at === undefined ? session.memory.version(ref) : undefined;
  if (known !== undefined) return known ?? undefined;
  if (!collectionExists(session, ref)) return undefined;
  refuseTooOld(session, ref.scope, ref.collection, at);
  const row = session.transaction.version(ref.scope, ref.collection, ref.id, at ?? NEVER);
  const found = row && row.action !== 'delete' ? toVersion(session, ref, row) : undefined;
  const version = found && !expired(found, session.time) ? found : undefined;
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

function expired(version: Version, now: bigint): boolean {
  const ttl = version.fields.get('ttl');
  return ttl !== undefined && isTagged(ttl) && ttl.kind === 'time' && microsOfTime(ttl) <= now;
}
