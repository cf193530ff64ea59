/** Reading a whole set: Reduce, Count, Sum and their like. */
import type { At } from '../errors/position.ts';
import { fail, permissionDenied } from '../errors/query-error.ts';
import type { Context } from '../language/context.ts';
import type { Value } from '../values/value.ts';
import { readable } from './paginate.ts';
import { partitionsOf } from './partitions.ts';
import { type EventSet, entryValue } from './set.ts';

export function foldSet(
  context: Context,
  plan: EventSet,
  initial: Value,
  step: (result: Value, value: Value) => Value,
  position: At,
): Value {
  const set = plan.forRead(context) ?? fail(permissionDenied(position));
  // At() does not bound a history that is read whole (AbstractFoldFunction.scala).
  const reading = set.shape.historical ? { ...context, validTime: undefined } : context;
  const { meter, catalog } = context.session;
  return meter.charge(
    () => partitionsOf(catalog, set.literal()),
    () => {
      let result = initial;
      for (const entry of readable(reading, set, { ascending: true, size: 1024 }, position)) {
        result = step(result, entryValue(set, entry));
      }
      return result;
    },
  );
}
