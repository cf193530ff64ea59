/** Sets over one other set: its events, a range of it, it backwards, it without duplicates. */
import type { Context } from '../language/context.ts';
import { object, type Ref, type Value } from '../values/value.ts';
import { type Edges, edgeOf } from './cursor.ts';
import { groupKey } from './order.ts';
import type { Entry, EventRange, EventSet, Range } from './set.ts';
import { setValue } from './set-value.ts';

/** What most of them share: reading permission is the inner set's. */
function over(
  inner: EventSet,
  wrap: (inner: EventSet) => EventSet,
  parts: Pick<EventSet, 'literal' | 'snapshot'> & Partial<EventSet>,
): EventSet {
  return {
    filtered: inner.filtered,
    composite: true,
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
  const { history } = inner;
  const self: EventSet = over(inner, historicalSet, {
    shape: { ...inner.shape, historical: true },
    literal: () => object({ events: inner.literal() }),
    snapshot: (context, range) => inner.snapshot(context, range),
    ...(history
      ? {
          history: function* (context: Context, range: EventRange) {
            for (const event of history(context, range)) yield inner.composite ? event : { ...event, sources: [self] };
          },
        }
      : {}),
  });
  return self;
}

export interface Bound {
  readonly values: readonly Value[];
  readonly ref?: Ref | undefined;
  readonly position: Uint8Array;
  /** Where its values begin and end, whatever the ref. */
  readonly edges: Edges;
}

/** Range(set, from, to): both included, prefixes of the values. It has no history. */
export function rangeSet(inner: EventSet, from: Bound, to: Bound): EventSet {
  const literal = ({ values, ref }: Bound): Value => {
    if (values.length === 0 && ref) return ref;
    return values.length === 1 ? (values[0] ?? null) : [...values];
  };
  const shown = (name: string, bound: Bound): [string, Value][] =>
    bound.values.length > 0 || bound.ref ? [[name, literal(bound)]] : [];
  return over(inner, (readable) => rangeSet(readable, from, to), {
    literal: () => new Map([['range', setValue(inner)], ...shown('from', from), ...shown('to', to)]),
    snapshot: (context, range) => inner.snapshot(context, narrow(range, from, to)),
  });
}

function narrow(range: Range, low: Bound, high: Bound): Range {
  const [start, end] = range.ascending ? [low, high] : [high, low];
  const sign = range.ascending ? 1 : -1;
  const isBeyond = (bound: Uint8Array, other: Uint8Array | undefined, by: number): boolean =>
    other === undefined || sign * by * Buffer.compare(bound, other) > 0;
  const to = isBeyond(end.position, range.to, -1) ? end.position : range.to;
  if (!isBeyond(start.position, range.from, 1)) return { ...range, to };
  return { ...range, from: start.position, fromValues: edgeOf(start, range.ascending), to };
}

/** Distinct(set): of neighbours with the same values, the first. Its history is the set's own. */
export function distinctSet(inner: EventSet): EventSet {
  return over(inner, distinctSet, {
    literal: () => object({ distinct: setValue(inner) }),
    snapshot: function* (context, range) {
      let previous: Uint8Array | undefined;
      for (const entry of inner.snapshot(context, range)) {
        const key = groupKey(entry);
        if (!previous || Buffer.compare(previous, key) !== 0) yield entry;
        previous = key;
      }
    },
    ...(inner.history
      ? { history: (context: Context, range: EventRange): Iterable<Entry> => inner.history?.(context, range) ?? [] }
      : {}),
  });
}
