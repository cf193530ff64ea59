/** A page of a set (ReadAdaptor.scala's PaginateImpl): ascending always, `after` included, `before` not. */
import { storedForm } from '../documents/rules.ts';
import { refuseTooLarge } from '../errors/bad-request.ts';
import { noEventsHistory } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { fail, permissionDenied } from '../errors/query-error.ts';
import type { Context } from '../language/context.ts';
import { checkAction } from '../security/permissions.ts';
import { NEVER } from '../store/rows.ts';
import { valuesLength } from '../values/stored-length.ts';
import type { Page, Value } from '../values/value.ts';
import { type Cursor, edgeOf } from './cursor.ts';
import { collectionRefOf } from './documents-set.ts';
import { fromEvent } from './event-cursor.ts';
import { NoHistory } from './join.ts';
import { type Entry, type EventSet, entryCursor, entryValue, positionOf } from './set.ts';

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
  request: Omit<PageRequest, 'sources'>,
  position: At,
): Generator<Entry> {
  if (set.shape.historical && !set.history) fail(noEventsHistory(position));
  if (request.cursor)
    refuseTooLarge(valuesLength(request.cursor.values, (value) => storedForm(value, context.session.time)));
  const entries = set.shape.historical ? eventsFrom(context, set, request) : elementsFrom(context, set, request);
  try {
    for (const entry of entries) if (!set.filtered || mayRead(context, entry)) yield entry;
  } catch (error) {
    // Of a join it only turns out as it is read.
    if (error instanceof NoHistory) fail(noEventsHistory(position));
    throw error;
  }
}

/** At the cursor or beyond it, upwards; before it, downwards. */
function* elementsFrom(
  context: Context,
  set: EventSet,
  { cursor, ascending, size }: Omit<PageRequest, 'sources'>,
): Generator<Entry> {
  const range = { from: cursor?.position, to: undefined, ascending, size: Math.max(size, 0) + 1 };
  const fromValues = cursor && edgeOf(cursor, ascending);
  for (const entry of set.snapshot(context, { ...range, fromValues })) {
    if (cursor) {
      const order = Buffer.compare(positionOf(entry), cursor.position);
      if (ascending ? order < 0 : order >= 0) continue;
    }
    yield entry;
  }
}

function eventsFrom(
  context: Context,
  set: EventSet,
  { cursor, ascending, size }: Omit<PageRequest, 'sources'>,
): Iterable<Entry> {
  const event = cursor?.event;
  const since = ascending ? (event?.ts ?? 0n) : 0n;
  // Only without a cursor At() bounds a page downwards.
  const until = (ascending ? undefined : event?.ts) ?? context.validTime ?? NEVER;
  const events = set.history?.(context, { since, until, ascending, size: Math.max(size, 0) + 1 }) ?? [];
  return event ? fromEvent(events, event, ascending) : events;
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
