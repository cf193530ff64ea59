/** Reads index entries page by page, so that a set is only read as far as it is used. */
import { collectionExists } from '../documents/read.ts';
import { loadRules } from '../documents/rules.ts';
import type { Context } from '../language/context.ts';
import { type EntryRow, NEVER } from '../store/rows.ts';
import { decodeValue } from '../values/codec.ts';
import { isArray, type Value } from '../values/value.ts';
import type { Entry, EventSet, Range } from './set.ts';

const MAX_CHUNK = 2048;

export interface Source {
  readonly scope: number;
  readonly index: bigint;
  readonly terms: Uint8Array;
}

export function* scanEntries(context: Context, source: Source, range: Range, origin: EventSet): Generator<Entry> {
  const { session, validTime } = context;
  const limit = Math.min(Math.max(range.size, 16), MAX_CHUNK);
  let { from, to } = range;
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
    for (const row of rows) {
      session.spend();
      const entry = toEntry(context, source.scope, row, origin);
      if (entry) yield entry;
    }
    const last = rows.at(-1);
    if (!last || rows.length < limit) return;
    from = range.ascending ? Buffer.concat([last.position, Buffer.of(0)]) : below(last.position);
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

function toEntry(context: Context, scope: number, row: EntryRow, origin: EventSet): Entry | undefined {
  const document = { kind: 'ref', scope, collection: row.collection, id: row.id } as const;
  if (!collectionExists(context.session, document)) return undefined;
  return {
    document,
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

/** The comings and goings under the terms, by time; a removal before an addition of the same time. */
export function* entryEvents(context: Context, source: Source, range: Range, origin: EventSet): Generator<Entry> {
  const latest = context.validTime ?? NEVER;
  const events = context.session.transaction.entries(source.scope, source.index, source.terms).flatMap((row) => {
    const entry = toEntry(context, source.scope, row, origin);
    if (!entry) return [];
    const added: Entry = entry;
    return row.removed === NEVER ? [added] : [added, { ...entry, ts: row.removed, action: 'remove' as const }];
  });
  events.sort(compareEvents);
  if (!range.ascending) events.reverse();
  for (const event of events) if (event.ts <= latest) yield event;
}

const ORDER = { create: 0, add: 0, update: 1, delete: 2, remove: 2 } as const;

/** By time, then the document, then the action. */
export function compareEvents(a: Entry, b: Entry): number {
  if (a.ts !== b.ts) return a.ts < b.ts ? -1 : 1;
  if (a.document.id !== b.document.id) return a.document.id < b.document.id ? -1 : 1;
  return ORDER[a.action] - ORDER[b.action] || Buffer.compare(a.position, b.position);
}
