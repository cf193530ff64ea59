/** Where among events a cursor stands (ReadAdaptor.scala's PaginateEvents). */
import { comesIn, compareEvents, compareStored, compareToCursor, type EventCursorPlace } from './order.ts';
import type { Entry } from './set.ts';

/** The events from the cursor on; it says where among those of its own time. They begin with that time. */
export function* fromEvent(events: Iterable<Entry>, cursor: EventCursorPlace, ascending: boolean): Generator<Entry> {
  let same: Entry[] | undefined = [];
  for (const event of events) {
    if (same && event.ts === cursor.ts) {
      same.push(event);
      continue;
    }
    if (same) yield* fromPlace(same, cursor, ascending);
    same = undefined;
    yield event;
  }
  if (same) yield* fromPlace(same, cursor, ascending);
}

/** A cursor that a page gave is one of the events; any other is put where it would be. */
function fromPlace(events: readonly Entry[], cursor: EventCursorPlace, ascending: boolean): readonly Entry[] {
  const found = events.findIndex((event) => isAt(event, cursor));
  if (found >= 0) return events.slice(ascending ? found : found + 1);
  const stored = events.filter((event) =>
    ascending ? storedOrder(event, cursor) >= 0 : storedOrder(event, cursor) <= 0,
  );
  const first = stored.findIndex((event) => (ascending ? order(event, cursor) >= 0 : order(event, cursor) < 0));
  return first < 0 ? [] : stored.slice(first);
}

/** A cursor says `add` and `remove` also of documents. */
function isAt(event: Entry, cursor: EventCursorPlace): boolean {
  if ((event.action === 'update') !== (cursor.action === 'update')) return false;
  return compareToCursor(event, cursor) === 0;
}

/** What the store is asked for: of a document's versions only whether they are deletes counts. */
const storedOrder = (event: Entry, cursor: EventCursorPlace): number =>
  event.ofVersion ? Number(comesIn(cursor)) - Number(comesIn(event)) : compareStored(event, cursor);

function order(event: Entry, cursor: EventCursorPlace): number {
  if (isOfSet(event) && isOfSet(cursor)) return compareToCursor(event, cursor);
  return compareEvents(event, cursor.action === 'remove' ? { ...cursor, action: 'delete' } : cursor);
}

const isOfSet = ({ action }: Pick<Entry, 'action'>): boolean => action === 'add' || action === 'remove';
