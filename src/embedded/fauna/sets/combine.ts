/** Union, intersection and difference: their members are merged by value, all being in the same order. */
import type { Context } from '../language/context.ts';
import { object } from '../values/value.ts';
import { comesIn, compareEvents, type Group, groupKey, mergeEvents, mergeGroups } from './order.ts';
import { type Entry, type EventRange, type EventSet, UNKNOWN } from './set.ts';
import { setValue } from './set-value.ts';

export type Combination = 'union' | 'intersection' | 'difference';

/** Whether an element in these members is in the combination. */
const PRESENT: Record<Combination, (members: ReadonlySet<number>, count: number) => boolean> = {
  union: (members) => members.size > 0,
  intersection: (members, count) => members.size === count,
  difference: (members) => members.size === 1 && members.has(0),
};

export function combinedSet(kind: Combination, members: readonly EventSet[]): EventSet {
  const present = (found: ReadonlySet<number>): boolean => PRESENT[kind](found, members.length);
  return {
    filtered: members.some((member) => member.filtered),
    composite: true,
    shape: members[0]?.shape ?? UNKNOWN,
    literal: () => {
      const values = members.map(setValue);
      return object({ [kind]: values.length === 1 ? (values[0] ?? null) : values });
    },
    forRead: (context) => readable(kind, members, context),
    snapshot: function* (context, range) {
      const streams = members.map((member) => member.snapshot(context, range));
      for (const group of mergeGroups(streams, range.ascending)) {
        if (!present(new Set(group.map(([, index]) => index)))) continue;
        const sources = [...new Set(group.flatMap(([entry]) => entry.sources))];
        for (const entry of chosen(kind, group)) yield { ...entry, sources };
      }
    },
    ...(members.every((member) => member.history)
      ? {
          history: (context: Context, range: EventRange) =>
            kind === 'union'
              ? mergeEvents(histories(members, context, range), range.ascending)
              : combinedHistory(members, context, range, present),
        }
      : {}),
  };
}

const histories = (members: readonly EventSet[], context: Context, range: EventRange): Iterable<Entry>[] =>
  members.map((member) => member.history?.(context, range) ?? []);

/** Members that may not be read drop out without a word, of an intersection too; only a difference's first must stay. */
function readable(kind: Combination, members: readonly EventSet[], context: Context): EventSet | undefined {
  const allowed = members.map((member) => member.forRead(context));
  const found = allowed.filter((member) => member !== undefined);
  return (kind === 'difference' ? allowed[0] : found[0]) && combinedSet(kind, found);
}

/** Of a group, the elements of one member: for a union the one with the most, else the one with the fewest. */
function chosen(kind: Combination, group: Group): Entry[] {
  const byMember = new Map<number, Entry[]>();
  for (const [entry, member] of group) {
    const known = byMember.get(member);
    if (known) known.push(entry);
    else byMember.set(member, [entry]);
  }
  const better = (a: Entry[], b: Entry[]): boolean => (kind === 'union' ? b.length > a.length : b.length < a.length);
  return [...byMember.values()].reduce((best, entries) => (better(best, entries) ? entries : best));
}

/** An event wherever presence changes as the members' events are played from the beginning. */
function combinedHistory(
  members: readonly EventSet[],
  context: Context,
  range: EventRange,
  present: (members: ReadonlySet<number>) => boolean,
): Entry[] {
  const all: EventRange = { ...range, since: 0n, ascending: true };
  const events = histories(members, context, all).flatMap((entries, member) =>
    [...entries].map((entry) => [entry, member] as const),
  );
  events.sort(([a], [b]) => compareEvents(a, b));
  const inside = new Map<string, Set<number>>();
  const result: Entry[] = [];
  for (const [entry, member] of events) {
    const key = identity(entry);
    const membership = inside.get(key) ?? new Set<number>();
    inside.set(key, membership);
    const before = present(membership);
    if (comesIn(entry)) membership.add(member);
    else membership.delete(member);
    const after = present(membership);
    if (before !== after && entry.ts >= range.since) result.push({ ...entry, action: after ? 'add' : 'remove' });
  }
  return range.ascending ? result : result.reverse();
}

/** Events are of a document with its values. */
const identity = (entry: Entry): string =>
  `${entry.document.collection} ${entry.document.id} ${Buffer.from(groupKey(entry)).toString('latin1')}`;
