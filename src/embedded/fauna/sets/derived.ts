/** Sets over one other set: its events, a range of it, it backwards, it without duplicates. */
import type { Context } from '../language/context.ts';
import { object, type Value } from '../values/value.ts';
import { compareEvents } from './entries.ts';
import type { Entry, EventSet, Range } from './set.ts';
import { setValue } from './set-value.ts';

/** What most of them share: reading permission is the inner set's. */
function over(
  inner: EventSet,
  wrap: (inner: EventSet) => EventSet,
  parts: Pick<EventSet, 'literal' | 'snapshot'> & Partial<EventSet>,
): EventSet {
  return {
    filtered: inner.filtered,
    shape: inner.shape,
    forRead: (context: Context) => {
      const readable = inner.forRead(context);
      return readable && wrap(readable);
    },
    ...parts,
  };
}

/** Events(set): its elements are what happened. */
export function historicalSet(inner: EventSet): EventSet {
  return over(inner, historicalSet, {
    shape: { ...inner.shape, historical: true },
    literal: () => object({ events: inner.literal() }),
    snapshot: () => [],
    ...(inner.history ? { history: (context: Context, range: Range) => inner.history?.(context, range) ?? [] } : {}),
  });
}

export interface Bound {
  readonly values: readonly Value[];
  readonly position: Uint8Array;
}

/** Range(set, from, to): both included, prefixes of the values. */
export function rangeSet(inner: EventSet, from: Bound, to: Bound): EventSet {
  const literal = (values: readonly Value[]): Value => (values.length === 1 ? (values[0] ?? null) : [...values]);
  const inside = (position: Uint8Array): boolean =>
    Buffer.compare(position, from.position) >= 0 && Buffer.compare(position, to.position) <= 0;
  return over(inner, (readable) => rangeSet(readable, from, to), {
    literal: () =>
      new Map<string, Value>([
        ['range', setValue(inner)],
        ...(from.values.length > 0 ? ([['from', literal(from.values)]] as [string, Value][]) : []),
        ...(to.values.length > 0 ? ([['to', literal(to.values)]] as [string, Value][]) : []),
      ]),
    snapshot: (context, range) => inner.snapshot(context, narrow(range, from.position, to.position)),
    ...(inner.history
      ? {
          history: function* (context: Context, range: Range) {
            for (const event of inner.history?.(context, range) ?? []) if (inside(event.position)) yield event;
          },
        }
      : {}),
  });
}

function narrow(range: Range, low: Uint8Array, high: Uint8Array): Range {
  const later = (a: Uint8Array | undefined, b: Uint8Array) => (a && Buffer.compare(a, b) > 0 ? a : b);
  const earlier = (a: Uint8Array | undefined, b: Uint8Array) => (a && Buffer.compare(a, b) < 0 ? a : b);
  return range.ascending
    ? { ...range, from: later(range.from, low), to: earlier(range.to, high) }
    : { ...range, from: earlier(range.from, high), to: later(range.to, low) };
}

/** Reverse(set). Paginate reads it with positions turned round. */
export function reverseSet(inner: EventSet): EventSet {
  return over(inner, reverseSet, {
    shape: { ...inner.shape, reversed: inner.shape.reversed.map((flag) => !flag) },
    literal: () => object({ reverse: setValue(inner) }),
    snapshot: function* (context, range) {
      const turned: Range = {
        ...range,
        from: range.from && bound(range.from, range.ascending),
        to: range.to && bound(range.to, !range.ascending),
        ascending: !range.ascending,
      };
      for (const entry of inner.snapshot(context, turned)) yield { ...entry, position: flip(entry.position) };
    },
    ...(inner.history ? { history: (context: Context, range: Range) => inner.history?.(context, range) ?? [] } : {}),
  });
}

/** A prefix reaches over all that continues it, so the upper end of a range must. */
const bound = (position: Uint8Array, upper: boolean): Uint8Array =>
  upper ? Buffer.concat([flip(position), Buffer.alloc(16, 0xff)]) : flip(position);

function flip(position: Uint8Array): Uint8Array {
  return Uint8Array.from(position, (byte) => 0xff ^ byte);
}

/** Distinct(set): of elements with the same values, the first. */
export function distinctSet(inner: EventSet): EventSet {
  return over(inner, distinctSet, {
    literal: () => object({ distinct: setValue(inner) }),
    snapshot: function* (context, range) {
      let previous: Uint8Array | undefined;
      for (const entry of inner.snapshot(context, range)) {
        const key = valuesPart(entry);
        if (!previous || Buffer.compare(previous, key) !== 0) yield entry;
        previous = key;
      }
    },
    ...(inner.history ? { history: (context: Context, range: Range) => distinctHistory(inner, context, range) } : {}),
  });
}

/** A position without the ref at its end; where there are no values, the ref is the value. */
const valuesPart = (entry: Entry): Uint8Array =>
  entry.values.length === 0 ? entry.position : entry.position.subarray(0, entry.position.length - 10);

function* distinctHistory(inner: EventSet, context: Context, range: Range): Generator<Entry> {
  const counts = new Map<string, number>();
  const result: Entry[] = [];
  for (const event of [...(inner.history?.(context, { ...range, ascending: true }) ?? [])].sort(compareEvents)) {
    const key = Buffer.from(valuesPart(event)).toString('latin1');
    const before = counts.get(key) ?? 0;
    const after = before + (event.action === 'add' || event.action === 'create' ? 1 : -1);
    counts.set(key, after);
    if ((before === 0) !== (after === 0)) result.push(event);
  }
  yield* range.ascending ? result : result.reverse();
}
