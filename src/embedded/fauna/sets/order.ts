/** How elements and events stand to each other. */
import { encodeRef, REF_TAG } from '../values/keys.ts';
import { type Entry, positionOf } from './set.ts';

const REF_LENGTH = 10;

/**
 * What sets are merged by: the values, and only where there are none the ref. Two documents with the same values are
 * the same element to a union.
 */
export function groupKey(entry: Pick<Entry, 'values' | 'position' | 'document'>): Uint8Array {
  const position = positionOf(entry);
  return entry.values.length === 0
    ? Buffer.concat([REF_TAG, position])
    : position.subarray(0, position.length - REF_LENGTH);
}

const ACTIONS = { add: 0, create: 1, update: 2, delete: 3, remove: 4 } as const;

const refKey = ({ document }: Pick<Entry, 'document'>): Buffer => encodeRef(document.collection, document.id);
const byRef = (a: Pick<Entry, 'document'>, b: Pick<Entry, 'document'>): number => Buffer.compare(refKey(a), refKey(b));

/** Whether an event puts its document in, rather than taking it out. */
export const comesIn = ({ action }: Pick<Entry, 'action'>): boolean => action !== 'remove' && action !== 'delete';
const byLeaving = (a: Pick<Entry, 'action'>, b: Pick<Entry, 'action'>): number =>
  Number(comesIn(a)) - Number(comesIn(b));

const byTime = (a: bigint, b: bigint): number => (a === b ? 0 : a < b ? -1 : 1);

const byPosition = (a: EventPlace, b: EventPlace): number => Buffer.compare(positionOf(a), positionOf(b));

export type EventPlace = Pick<Entry, 'ts' | 'action' | 'document' | 'position'>;

/** By time, the action (`add` first), the document and its values: what events of several sets are merged by (Event.scala's HistoricalOrd). */
export const compareEvents = (a: EventPlace, b: EventPlace): number =>
  byTime(a.ts, b.ts) || ACTIONS[a.action] - ACTIONS[b.action] || byRef(a, b) || byPosition(a, b);

/** As one index tells its own: those that leave come before those that enter (IndexValue.scala's ByEventOrdering). */
export const compareStored = (a: EventPlace, b: EventPlace): number =>
  byTime(a.ts, b.ts) || byLeaving(a, b) || byRef(a, b) || byPosition(a, b);

/** What a cursor says of a set's event: where its time, document, action and values (or else its ref) are. */
export type EventCursorPlace = EventPlace & {
  /** Of the values, or of the ref where there are none. */
  readonly terms: Uint8Array;
};

/** An event of a set against a cursor (SetEvent.scala's ord). */
export const compareToCursor = (entry: Entry, cursor: EventCursorPlace): number =>
  byTime(entry.ts, cursor.ts) ||
  byRef(entry, cursor) ||
  byLeaving(entry, cursor) ||
  Buffer.compare(groupKey(entry), cursor.terms);
