/**
 * The history of an intersection or a difference (AbstractAlgebraicSet.scala). Each element of the first set is
 * followed from the beginning, along with what the others held under the same values, whatever the document.
 */

import { mergeEvents } from './merge.ts';
import { comesIn, compareEvents, groupKey } from './order.ts';
import type { Entry, EventRange } from './set.ts';

type Member = readonly [event: Entry, member: number];

/** `histories` are the members' events in a range. */
export function combinedHistory(
  histories: (range: EventRange) => Iterable<Entry>[],
  range: EventRange,
  present: (members: ReadonlySet<number>) => boolean,
): Iterable<Entry> {
  const all: EventRange = { ...range, since: 0n, ascending: true, complete: true };
  const [first = [], ...others] = histories(all);
  const targets = others.map((events) => Map.groupBy(events, termsOf));
  const lines = [...byElement(first)].map(([terms, events]) => {
    const members: Member[] = [
      ...events.map((event): Member => [event, 0]),
      ...targets.flatMap((target, index) => (target.get(terms) ?? []).map((event): Member => [event, index + 1])),
    ];
    const line = play(members, present).filter(({ ts }) => ts >= range.since && ts <= range.until);
    return range.ascending ? line : line.reverse();
  });
  return mergeEvents(lines, range.ascending);
}

const termsOf = (entry: Entry): string => Buffer.from(groupKey(entry)).toString('latin1');

/** A document with its values is an element of its own. */
function* byElement(events: Iterable<Entry>): Generator<[terms: string, events: Entry[]]> {
  for (const [terms, same] of Map.groupBy(events, termsOf)) {
    for (const line of Map.groupBy(same, documentOf).values()) yield [terms, line];
  }
}

const documentOf = ({ document }: Entry): string => `${document.collection} ${document.id}`;

/** An event wherever presence changes. A member has the values as long as any document there has them. */
function play(events: readonly Member[], present: (members: ReadonlySet<number>) => boolean): Entry[] {
  const inside = new Map<number, Set<string>>();
  const membership = new Set<number>();
  const result: Entry[] = [];
  for (const [event, member] of [...events].sort(([a], [b]) => compareEvents(a, b))) {
    const documents = inside.get(member) ?? new Set();
    inside.set(member, documents);
    const before = present(membership);
    if (comesIn(event)) documents.add(documentOf(event));
    else documents.delete(documentOf(event));
    if (documents.size > 0) membership.add(member);
    else membership.delete(member);
    const after = present(membership);
    if (before !== after) result.push({ ...event, action: after ? 'add' : 'remove' });
  }
  return result;
}
