/** A page of a set (ReadAdaptor.scala's PaginateImpl): ascending always, `after` included, `before` not. */
import { noEventsHistory } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { fail, permissionDenied } from '../errors/query-error.ts';
import type { Context } from '../language/context.ts';
import { checkAction } from '../security/permissions.ts';
import { NEVER } from '../store/rows.ts';
import type { Page, Value } from '../values/value.ts';
import type { Cursor } from './cursor.ts';
import { collectionRefOf } from './documents-set.ts';
import { compareEvents } from './order.ts';
import { type Entry, type EventSet, entryCursor, entryValue } from './set.ts';

export const DEFAULT_PAGE_SIZE = 64;
export const MAX_PAGE_SIZE = 100_000;

export interface PageRequest {
  readonly cursor?: Cursor | undefined;
  readonly ascending: boolean;
  readonly size: number;
  readonly sources: boolean;
}

/** `position` is the form's; a refusal is reported at its `verb`. */
export function paginate(context: Context, plan: EventSet, request: PageRequest, position: At, verb?: string): Page {
  const set = plan.forRead(context) ?? fail(permissionDenied(verb === undefined ? position : at(position, verb)));
  const { ascending, cursor, size } = request;
  const found: Entry[] = [];
  for (const entry of readable(context, set, request, position)) {
    found.push(entry);
    if (found.length > size) break;
  }
  const next = nextCursor(set, found, request, size);
  const kept = found.slice(0, Math.max(size, 0));
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
  if (size < 0 || found.length <= size) return undefined;
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
  if (set.shape.historical && !set.history) fail(noEventsHistory(position));
  for (const entry of entriesFrom(context, set, cursor, ascending, Math.max(size, 0) + 1)) {
    if (cursor && !within(set, entry, cursor, ascending)) continue;
    if (set.filtered && !mayRead(context, entry)) continue;
    yield entry;
  }
}

function entriesFrom(
  context: Context,
  set: EventSet,
  cursor: Cursor | undefined,
  ascending: boolean,
  size: number,
): Iterable<Entry> {
  if (!set.shape.historical) {
    return set.snapshot(context, { from: cursor?.position, to: undefined, ascending, size });
  }
  const ts = cursor?.event?.ts;
  const since = ascending ? (ts ?? 0n) : 0n;
  const until = ascending ? NEVER : (ts ?? NEVER);
  return set.history?.(context, { since, until, ascending, size }) ?? [];
}

/** At the cursor or beyond it, upwards; before it, downwards. */
function within(set: EventSet, entry: Entry, cursor: Cursor, ascending: boolean): boolean {
  const order = set.shape.historical ? eventOrder(entry, cursor) : Buffer.compare(entry.position, cursor.position);
  return ascending ? order >= 0 : order < 0;
}

/** A cursor says `add` and `remove` also of documents, and its values may be left out. */
function eventOrder(entry: Entry, { event }: Cursor): number {
  if (!event) return 0;
  const action = { create: 'add', delete: 'remove', add: 'add', remove: 'remove', update: 'update' } as const;
  const position = entry.position.subarray(0, event.position.length);
  return compareEvents(
    { ...entry, action: event.action === 'update' ? entry.action : action[entry.action], position },
    event,
  );
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
