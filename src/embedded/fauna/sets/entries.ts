/** Reads index entries page by page, so that a set is only read as far as it is used. */
import { chargeScan } from '../documents/costs.ts';
import { collectionExists, minValidTime, refuseTooOld } from '../documents/read.ts';
import { loadRules } from '../documents/rules.ts';
import type { Context, Session } from '../language/context.ts';
import { type EntryRow, NEVER, type ScanRow } from '../store/rows.ts';
import { decodeValue } from '../values/decode.ts';
import { encodeRef } from '../values/keys.ts';
import { isArray, type Value } from '../values/value.ts';
import { merged } from './merge.ts';
import { compareStored } from './order.ts';
import type { Entry, EventRange, EventSet, Range } from './set.ts';

const MAX_CHUNK = 2048;

export interface Source {
  readonly scope: number;
  readonly index: bigint;
  readonly terms: Uint8Array;
  /** Those its documents may be of. */
  collections(session: Session): readonly number[];
}

export function* scanEntries(context: Context, source: Source, range: Range, origin: EventSet): Generator<Entry> {
  const { session, validTime } = context;
  if (validTime !== undefined) {
    for (const collection of source.collections(session)) refuseTooOld(session, source.scope, collection, validTime);
  }
  const limit = Math.min(Math.max(range.size, 16), MAX_CHUNK);
  let { from, to } = range;
  const exists = collections(context, source.scope);
  for (;;) {
    const [low, high] = range.ascending ? [from, to] : [to, from];
    const rows = session.transaction.scan({
      ...source,
      from: low,
      to: high,
      ascending: range.ascending,
      at: validTime ?? NEVER - 1n,
      limit,
    });
    chargeScan(session, source, [from, to, validTime, limit], rows);
    for (const row of rows) {
      session.spend();
      if (exists(row.collection)) yield toEntry(context, source.scope, row, origin);
    }
    const last = rows.at(-1);
    if (!last || rows.length < limit) return;
    const position = last.position ?? encodeRef(last.collection, last.id);
    from = range.ascending ? Buffer.concat([position, Buffer.of(0)]) : below(position);
    to = range.to;
  }
}

/** The highest bytes below a position. Positions are never prefixes of each other, so cutting its end down will do. */
function below(position: Uint8Array): Buffer {
  const key = Buffer.from(position);
  for (let index = key.length - 1; index >= 0; index -= 1) {
    const byte = key[index] ?? 0;
    if (byte > 0) {
      key[index] = byte - 1;
      return Buffer.concat([key, Buffer.alloc(16, 0xff)]);
    }
    key[index] = 0xff;
  }
  return Buffer.alloc(0);
}

/** Whether a collection is there; mostly all rows are of one. */
function collections({ session }: Context, scope: number): (collection: number) => boolean {
  let known: number | undefined;
  let exists = false;
  return (collection) => {
    if (collection === known) return exists;
    known = collection;
    exists = collectionExists(session, { kind: 'ref', scope, collection, id: 0n });
    return exists;
  };
}

function toEntry(context: Context, scope: number, row: EntryRow | ScanRow, origin: EventSet): Entry {
  return {
    document: { kind: 'ref', scope, collection: row.collection, id: row.id },
    values: row.vals ? decodeValues(row.vals, scope, context) : [],
    position: row.position,
    ts: row.added,
    action: 'add',
    sources: [origin],
  };
}

function decodeValues(bytes: Uint8Array, scope: number, context: Context): Value[] {
  const value = decodeValue(bytes, loadRules(scope, context.session.parseLambda));
  return isArray(value) ? value : [value];
}

/**
 * The comings and goings under the terms, by time. What happened before history is kept is left out, but for what a
 * complete history needs: how an element came in that was still there then.
 */
export function* entryEvents(context: Context, source: Source, range: EventRange, origin: EventSet): Generator<Entry> {
  const streams = (['added', 'removed'] as const).map((by) => eventsBy(by, context, source, range, origin));
  const compare = (a: Entry, b: Entry): number => (range.ascending ? compareStored(a, b) : compareStored(b, a));
  for (const [event] of merged(streams, compare)) yield event;
}

/** One side of it. Those of one time come out in the order of events, which is not that of positions. */
function* eventsBy(
  by: 'added' | 'removed',
  context: Context,
  source: Source,
  { since, until, ascending, size, complete = false }: EventRange,
  origin: EventSet,
): Generator<Entry> {
  const { session } = context;
  const oldestOf = oldestKept(session, source.scope);
  // At the very oldest time what came in is told, and what left is not.
  const isKept = (row: EntryRow): boolean => {
    const oldest = oldestOf(row.collection);
    if (by === 'removed') return row.removed > oldest;
    const isThere = row.removed > oldest && (row.expires === null || row.expires >= oldest);
    return row.added >= oldest || (complete && isThere);
  };
  const limit = Math.min(Math.max(size, 16), MAX_CHUNK);
  let beyond: { ts: bigint; position: Uint8Array } | undefined;
  let same: Entry[] = [];
  const exists = collections(context, source.scope);
  const flush = (): Entry[] => {
    const events = same.sort((a, b) => (ascending ? compareStored(a, b) : compareStored(b, a)));
    same = [];
    return events;
  };
  for (;;) {
    const from = ascending && beyond ? beyond.ts : since;
    const to = !ascending && beyond ? beyond.ts : until;
    const rows = session.transaction.scanEvents({ ...source, by, from, to, ascending, beyond, limit });
    chargeScan(session, source, [by, from, to, beyond?.position, limit], rows);
    for (const row of rows) {
      session.spend();
      const ts = row[by];
      beyond = { ts, position: row.position };
      if (!exists(row.collection) || !isKept(row)) continue;
      if (same[0] && same[0].ts !== ts) yield* flush();
      same.push({ ...toEntry(context, source.scope, row, origin), ts, action: by === 'added' ? 'add' : 'remove' });
    }
    if (rows.length < limit) break;
  }
  yield* flush();
}

/** The oldest time that is kept of a collection. */
function oldestKept(session: Session, scope: number): (collection: number) => bigint {
  const known = new Map<number, bigint>();
  return (collection) => {
    const oldest = known.get(collection) ?? minValidTime(session, scope, collection);
    known.set(collection, oldest);
    return oldest;
  };
}
