/** Union, intersection and difference: their members are merged by value, all being in the same order. */
import type { Context } from '../language/context.ts';
import { object } from '../values/value.ts';
import { combinedHistory } from './combined-history.ts';
import { type Group, mergeEvents, mergeGroups, sourcesOf } from './merge.ts';
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
      // An intersection looks at all that have the first values, so that it finds the same again from a cursor.
      const from = kind === 'intersection' ? (range.fromValues ?? range.from) : range.from;
      const streams = members.map((member) => member.snapshot(context, { ...range, from }));
      for (const group of mergeGroups(streams, range.ascending)) {
        if (!present(new Set(group.map(([, index]) => index)))) continue;
        const sources = sourcesOf(group.map(([entry]) => entry));
        for (const entry of chosen(kind, group)) yield { ...entry, sources };
      }
    },
    ...(members.every((member) => member.history)
      ? {
          history: (context: Context, range: EventRange) =>
            kind === 'union' || members.length === 1
              ? mergeEvents(histories(members, context, range), range.ascending)
              : combinedHistory((all) => histories(members, context, all), range, present),
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

/**
 * Of a group, the elements of one member: for a union the one with the most, else the one with the fewest. An
 * intersection takes as many of its first.
 */
function chosen(kind: Combination, group: Group): Entry[] {
  const byMember = new Map<number, Entry[]>();
  for (const [entry, member] of group) {
    const known = byMember.get(member);
    if (known) known.push(entry);
    else byMember.set(member, [entry]);
  }
  const members = [...byMember].sort(([a], [b]) => a - b).map(([, entries]) => entries);
  const better = (a: Entry[], b: Entry[]): boolean => (kind === 'union' ? b.length > a.length : b.length < a.length);
  const best = members.reduce((found, entries) => (better(found, entries) ? entries : found));
  return kind === 'intersection' ? (members[0] ?? []).slice(0, best.length) : best;
}
