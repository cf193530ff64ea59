/** Union, intersection and difference: their members are merged by position, all being in the same order. */
import { QueryFailure } from '../errors/query-error.ts';
import type { Context } from '../language/context.ts';
import { object } from '../values/value.ts';
import { type Entry, type EventSet, type Range, SINGLE } from './set.ts';
import { setValue } from './set-value.ts';

export type Combination = 'union' | 'intersection' | 'difference';

/** Whether an element in these members is in the combination. */
const PRESENT: Record<Combination, (members: ReadonlySet<number>, count: number) => boolean> = {
  union: (members) => members.size > 0,
  intersection: (members, count) => members.size === count,
  difference: (members) => members.size === 1 && members.has(0),
};

export function combinedSet(kind: Combination, members: readonly EventSet[]): EventSet {
  const present = PRESENT[kind];
  const self: EventSet = {
    filtered: members.some((member) => member.filtered),
    shape: members[0]?.shape ?? SINGLE,
    literal: () => {
      const values = members.map(setValue);
      return object({ [kind]: values.length === 1 ? (values[0] ?? null) : values });
    },
    forRead: (context) => readable(kind, members, context),
    snapshot: function* (context, range) {
      for (const group of mergeGroups(
        members.map((member) => member.snapshot(context, range)),
        range.ascending,
      )) {
        if (!present(new Set(group.map(([, index]) => index)), members.length)) continue;
        const sources = [...new Set(group.flatMap(([entry]) => entry.sources))];
        for (const entry of largest(kind, group)) yield { ...entry, sources };
      }
    },
    history: (context, range) => combinedHistory(members, context, range, (found) => present(found, members.length)),
  };
  return self;
}

/** Members that may not be read drop out of a union or difference without a word; an intersection is then empty. */
function readable(kind: Combination, members: readonly EventSet[], context: Context): EventSet | undefined {
  const allowed = members.map((member) => member.forRead(context));
  const found = allowed.filter((member) => member !== undefined);
  if (kind === 'union') return found.length > 0 ? combinedSet(kind, found) : undefined;
  if (kind === 'intersection') return found.length === members.length ? combinedSet(kind, found) : undefined;
  return allowed[0] ? combinedSet(kind, found) : undefined;
}

type Group = [entry: Entry, member: number][];

/** Equal elements of a union are one; of the others, as many as the member with the most has. */
function largest(kind: Combination, group: Group): Entry[] {
  if (kind === 'union') return group[0] ? [group[0][0]] : [];
  const byMember = new Map<number, Entry[]>();
  for (const [entry, member] of group) byMember.set(member, [...(byMember.get(member) ?? []), entry]);
  return [...byMember.values()].reduce((best, entries) => (entries.length > best.length ? entries : best), []);
}

/** Elements of several ordered sets, those at the same position together. */
export function* mergeGroups(streams: readonly Iterable<Entry>[], ascending: boolean): Generator<Group> {
  const iterators = streams.map((stream) => stream[Symbol.iterator]());
  const heads = iterators.map((iterator) => iterator.next());
  const sign = ascending ? 1 : -1;
  for (;;) {
    let lowest: Uint8Array | undefined;
    for (const head of heads) {
      if (head.done) continue;
      if (!lowest || sign * Buffer.compare(head.value.position, lowest) < 0) lowest = head.value.position;
    }
    if (!lowest) return;
    const group: Group = [];
    for (const [index, iterator] of iterators.entries()) {
      for (let head = heads[index]; head && !head.done && Buffer.compare(head.value.position, lowest) === 0; ) {
        group.push([head.value, index]);
        head = iterator.next();
        heads[index] = head;
      }
    }
    yield group;
  }
}

/** An event wherever presence changes as the members' events are played in order. */
function* combinedHistory(
  members: readonly EventSet[],
  context: Context,
  range: Range,
  present: (members: ReadonlySet<number>) => boolean,
): Generator<Entry> {
  const events: [Entry, number][] = [];
  for (const [index, member] of members.entries()) {
    if (!member.history) throw new QueryFailure([]);
    for (const entry of member.history(context, { ...range, ascending: true })) events.push([entry, index]);
  }
  events.sort(([a], [b]) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : Buffer.compare(a.position, b.position)));
  const inside = new Map<string, Set<number>>();
  const result: Entry[] = [];
  for (const [entry, index] of events) {
    const key = Buffer.from(entry.position).toString('latin1');
    const membership = inside.get(key) ?? new Set<number>();
    inside.set(key, membership);
    const before = present(membership);
    if (entry.action === 'add' || entry.action === 'create') membership.add(index);
    else membership.delete(index);
    const after = present(membership);
    if (before !== after) result.push({ ...entry, action: after ? 'add' : 'remove' });
  }
  yield* range.ascending ? result : result.reverse();
}
