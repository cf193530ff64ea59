/**
 * Reverse(set): the set read from its other end. Where a set has no values the ref becomes one, as in FaunaDB, whose
 * cursors then are `[ref, ref]`. It has no history.
 */
import { REF_TAG } from '../values/keys.ts';
import { object } from '../values/value.ts';
import { groupKey } from './order.ts';
import { type Entry, type EventSet, positionOf, type Range, type Shape } from './set.ts';
import { setValue } from './set-value.ts';

export function reverseSet(inner: EventSet): EventSet {
  const bare = inner.shape.size === 1;
  const self: EventSet = {
    filtered: inner.filtered,
    composite: true,
    shape: reversedShape(inner.shape),
    literal: () => object({ reverse: setValue(inner) }),
    forRead: (context) => {
      const readable = inner.forRead(context);
      return readable && reverseSet(readable);
    },
    snapshot: function* (context, range) {
      const turn = bare ? refBound : bound;
      const turned: Range = {
        ...range,
        from: range.from && turn(range.from, range.ascending),
        to: range.to && turn(range.to, !range.ascending),
        fromValues: range.fromValues && turn(range.fromValues, range.ascending),
        ascending: !range.ascending,
      };
      for (const entry of inner.snapshot(context, turned)) yield { ...turnedEntry(entry), sources: [self] };
    },
  };
  return self;
}

function reversedShape(shape: Shape): Shape {
  if (shape.size === 1) return { ...shape, size: 2, reversed: [true, false] };
  const values = shape.reversed.slice(0, -1).map((flag) => !flag);
  return { ...shape, reversed: [...values, false], refReversed: !shape.refReversed };
}

function turnedEntry(entry: Entry): Entry {
  if (entry.values.length > 0) return { ...entry, position: flip(positionOf(entry)) };
  const position = Buffer.concat([flip(groupKey(entry)), positionOf(entry)]);
  return { ...entry, values: [entry.document], position };
}

/** A prefix reaches over all that continues it, so the upper end of a range must. */
const bound = (position: Uint8Array, upper: boolean): Uint8Array =>
  upper ? Buffer.concat([flip(position), Buffer.alloc(16, 0xff)]) : flip(position);

/** As positions of a bare set: only its refs. What is no ref lies before or after all of them. */
function refBound(position: Uint8Array, upper: boolean): Uint8Array {
  const key = flip(position);
  const tag = key[0] ?? 0xff;
  if (tag === REF_TAG[0]) return upper ? Buffer.concat([key.subarray(1, 11), Buffer.of(0xff)]) : key.subarray(1, 11);
  return tag < (REF_TAG[0] ?? 0) ? new Uint8Array() : Uint8Array.of(0xff, 0xff);
}

function flip(position: Uint8Array): Uint8Array {
  return Uint8Array.from(position, (byte) => 0xff ^ byte);
}
