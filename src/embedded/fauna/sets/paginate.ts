/** A page of a set (ReadAdaptor.scala's PaginateImpl): ascending always, `after` included, `before` not. */
import { noEventsHistory } from '../errors/errors.ts';
import type { At } from '../errors/position.ts';
import { fail, permissionDenied } from '../errors/query-error.ts';
import type { Context } from '../language/context.ts';
import { checkAction } from '../security/permissions.ts';
import type { Page, Value } from '../values/value.ts';
import type { Cursor } from './cursor.ts';
import { collectionRefOf } from './documents-set.ts';
import { compareEvents } from './entries.ts';
import { type Entry, type EventSet, entryCursor, entryValue } from './set.ts';

export const DEFAULT_PAGE_SIZE = 64;
export const MAX_PAGE_SIZE = 100_000;

export interface PageRequest {
  readonly cursor?: Cursor | undefined;
  readonly ascending: boolean;
  readonly size: number;
  readonly sources: boolean;
}

/** `position` is where a refusal is reported. */
export function paginate(context: Context, plan: EventSet, request: PageRequest, position: At): Page {
  const set = plan.forRead(context) ?? fail(permissionDenied(position));
  const { ascending, cursor } = request;
  const size = Math.max(0, request.size);
  const found: Entry[] = [];
  if (size > 0) {
    for (const entry of readable(context, set, request, position)) {
      found.push(entry);
      if (found.length > size) break;
    }
  }
  const next = nextCursor(set, found, request, size);
  const kept = found.slice(0, size);
  if (!ascending) kept.reverse();
  const wrap = (entry: Entry, value: Value): Value =>
    request.sources ? { kind: 'element', value, sources: entry.sources } : value;
  return {
    kind: 'page',
    data: kept.map((entry) => wrap(entry, entryValue(set, entry))),
    cursors: kept.map((entry) => wrap(entry, entryCursor(set, entry))),
    before: ascending ? cursor?.literal : next,
    after: ascending ? next : cursor?.literal,
  };
}

function nextCursor(set: EventSet, found: readonly Entry[], request: PageRequest, size: number): Value | undefined {
  if (size === 0) return request.cursor?.literal;
  if (found.length <= size) return undefined;
  const entry = found[request.ascending ? size : size - 1];
  return entry && entryCursor(set, entry);
}

/** The set's elements from the cursor on that the login may read. */
export function* readable(
  context: Context,
  set: EventSet,
  { cursor, ascending, size }: Omit<PageRequest, 'sources'>,
  position: At,
): Generator<Entry> {
  const range = { from: set.shape.historical ? undefined : cursor?.position, to: undefined, ascending, size: size + 1 };
  if (set.shape.historical && !set.history) fail(noEventsHistory(position));
  const entries = set.shape.historical ? (set.history?.(context, range) ?? []) : set.snapshot(context, range);
  for (const entry of entries) {
    if (cursor && !within(set, entry, cursor, ascending)) continue;
    if (set.filtered && !mayRead(context, entry)) continue;
    yield entry;
  }
}

function within(set: EventSet, entry: Entry, cursor: Cursor, ascending: boolean): boolean {
  if (set.shape.historical) {
    if (!cursor.event) return true;
    const order = compareEvents(entry, { ...entry, ...cursor.event });
    return ascending ? order >= 0 : order < 0;
  }
  const order = Buffer.compare(entry.position, cursor.position);
  return ascending ? order >= 0 : order < 0;
}

export const mayRead = (context: Context, entry: Entry): boolean =>
  checkAction(context, {
    action: 'read',
    resource: collectionRefOf(entry.document.scope, entry.document.collection),
    document: entry.document,
    argument: entry.document,
  });

/** The first element a login may read… or, as FaunaDB's snapshotHead, the first at all: Get(set) checks it then. */
export function head(context: Context, set: EventSet): Entry | undefined {
  for (const entry of set.snapshot(context, { from: undefined, to: undefined, ascending: true, size: 1 })) return entry;
  return undefined;
}
