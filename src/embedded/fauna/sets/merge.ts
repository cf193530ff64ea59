/** Several ordered streams of elements or events as one (PageMerger.scala). */
import { storedForm } from '../documents/rules.ts';
import { encodeKey } from '../values/keys.ts';
import { createHeap } from './heap.ts';
import { compareEvents, groupKey } from './order.ts';
import type { Entry, EventSet } from './set.ts';

/** The items of all streams in order, each with the number of its stream; of equal ones, one of each stream in turn. */
export function* merged<T>(
  streams: readonly Iterable<T>[],
  compare: (a: T, b: T) => number,
): Generator<readonly [item: T, member: number]> {
  interface Head {
    readonly item: T;
    readonly member: number;
  }
  const iterators = streams.map((stream) => stream[Symbol.iterator]());
  const heads = createHeap<Head>((a, b) => compare(a.item, b.item));
  const advance = (member: number): void => {
    const step = iterators[member]?.next();
    if (step && !step.done) heads.push({ item: step.value, member });
  };
  for (const member of iterators.keys()) advance(member);
  for (let first = heads.pop(); first; first = heads.pop()) {
    const equal: Head[] = [];
    for (let other = heads.pop(); other; other = heads.pop()) {
      if (compare(other.item, first.item) !== 0) {
        heads.push(other);
        break;
      }
      equal.push(other);
    }
    const slice = [first, ...equal.reverse()];
    for (const { item, member } of slice) yield [item, member];
    for (const { member } of slice) advance(member);
  }
}

export type Group = [entry: Entry, member: number][];

interface Keyed {
  readonly entry: Entry;
  readonly key: Uint8Array;
}

/** Elements of several ordered sets, those of the same group together. */
export function* mergeGroups(streams: readonly Iterable<Entry>[], ascending: boolean): Generator<Group> {
  const sign = ascending ? 1 : -1;
  const compare = (a: Keyed, b: Keyed): number => sign * Buffer.compare(a.key, b.key);
  let group: Group = [];
  let previous: Keyed | undefined;
  for (const [keyed, member] of merged(streams.map(withKeys), compare)) {
    if (previous && compare(previous, keyed) !== 0) {
      yield group;
      group = [];
    }
    previous = keyed;
    group.push([keyed.entry, member]);
  }
  if (group.length > 0) yield group;
}

function* withKeys(entries: Iterable<Entry>): Generator<Keyed> {
  for (const entry of entries) yield { entry, key: groupKey(entry) };
}

/** Several streams of events as one; the same event in several of them is one, from all their sources. */
export function* mergeEvents(streams: readonly Iterable<Entry>[], ascending: boolean): Generator<Entry> {
  const compare = (a: Entry, b: Entry): number => (ascending ? compareEvents(a, b) : compareEvents(b, a));
  let same: Entry[] = [];
  for (const [event] of merged(streams, compare)) {
    if (same[0] && compare(same[0], event) !== 0) {
      yield { ...same[0], sources: sourcesOf(same) };
      same = [];
    }
    same.push(event);
  }
  if (same[0]) yield { ...same[0], sources: sourcesOf(same) };
}

/** The sets the entries are from, each once, those of the last first. */
export function sourcesOf(entries: readonly Entry[]): readonly EventSet[] {
  if (entries.length === 1) return entries[0]?.sources ?? [];
  const found = new Map<string, EventSet>();
  for (const entry of entries.toReversed()) {
    for (const source of entry.sources) {
      const key = identityOf(source);
      if (!found.has(key)) found.set(key, source);
    }
  }
  return [...found.values()];
}

const identities = new WeakMap<EventSet, string>();

/** The same for sets that are of the same. */
function identityOf(set: EventSet): string {
  const known = identities.get(set);
  if (known !== undefined) return known;
  const identity = encodeKey(set.literal(), (tagged) => storedForm(tagged, 0n)).toString('latin1');
  identities.set(set, identity);
  return identity;
}
