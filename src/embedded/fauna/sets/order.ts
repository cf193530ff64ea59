/** How elements and events stand to each other. */
import { encodeRef, REF_TAG } from '../values/keys.ts';
import type { Entry } from './set.ts';

const REF_LENGTH = 10;

/**
 * What sets are merged by: the values, and only where there are none the ref. Two documents with the same values are
 * the same element to a union.
 */
export const groupKey = (entry: Entry): Uint8Array =>
  entry.values.length === 0
    ? Buffer.concat([REF_TAG, entry.position])
    : entry.position.subarray(0, entry.position.length - REF_LENGTH);

export type Group = [entry: Entry, member: number][];

interface Head {
  readonly entry: Entry;
  readonly key: Uint8Array;
}

/** Elements of several ordered sets, those of the same group together. */
export function* mergeGroups(streams: readonly Iterable<Entry>[], ascending: boolean): Generator<Group> {
  const iterators = streams.map((stream) => stream[Symbol.iterator]());
  const next = (index: number): Head | undefined => {
    const step = iterators[index]?.next();
    return step && !step.done ? { entry: step.value, key: groupKey(step.value) } : undefined;
  };
  const heads = iterators.map((_, index) => next(index));
  const sign = ascending ? 1 : -1;
  for (;;) {
    let lowest: Uint8Array | undefined;
    for (const head of heads) {
      if (head && (!lowest || sign * Buffer.compare(head.key, lowest) < 0)) lowest = head.key;
    }
    if (!lowest) return;
    const group: Group = [];
    for (const index of heads.keys()) {
      for (let head = heads[index]; head && Buffer.compare(head.key, lowest) === 0; head = heads[index]) {
        group.push([head.entry, index]);
        heads[index] = next(index);
      }
    }
    yield group;
  }
}

const ACTIONS = { add: 0, create: 1, update: 2, delete: 3, remove: 4 } as const;

const refKey = (entry: Pick<Entry, 'document'>): Buffer => encodeRef(entry.document.collection, entry.document.id);

export type EventPlace = Pick<Entry, 'ts' | 'action' | 'document' | 'position'>;

/** By time, the action, the document, and its values (Event.scala's HistoricalOrd). */
export function compareEvents(a: EventPlace, b: EventPlace): number {
  if (a.ts !== b.ts) return a.ts < b.ts ? -1 : 1;
  const order = ACTIONS[a.action] - ACTIONS[b.action] || Buffer.compare(refKey(a), refKey(b));
  return order || Buffer.compare(a.position, b.position);
}

/** Whether an event puts its document in, rather than taking it out. */
export const comesIn = (entry: Entry): boolean => entry.action !== 'remove' && entry.action !== 'delete';

/** Several streams of events as one; the same event in several of them is one, from all their sources. */
export function* mergeEvents(streams: readonly Iterable<Entry>[], ascending: boolean): Generator<Entry> {
  const iterators = streams.map((stream) => stream[Symbol.iterator]());
  const heads = iterators.map((iterator) => iterator.next());
  const sign = ascending ? 1 : -1;
  for (;;) {
    let first: Entry | undefined;
    for (const head of heads) {
      if (!head.done && (!first || sign * compareEvents(head.value, first) < 0)) first = head.value;
    }
    if (!first) return;
    const sources = new Set<Entry['sources'][number]>();
    for (const [index, iterator] of iterators.entries()) {
      for (let head = heads[index]; head && !head.done && compareEvents(head.value, first) === 0; ) {
        for (const source of head.value.sources) sources.add(source);
        head = iterator.next();
        heads[index] = head;
      }
    }
    yield { ...first, sources: [...sources] };
  }
}
