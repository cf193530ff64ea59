/** Filter(set, lambda): the elements for which the lambda says true. It has no history. */
import { type At, at } from '../errors/position.ts';
import { boolean } from '../language/casts.ts';
import type { Context } from '../language/context.ts';
import { applyLambda } from '../language/lambda.ts';
import { type LambdaValue, object } from '../values/value.ts';
import { type Entry, type EventSet, entryValue } from './set.ts';
import { setValue } from './set-value.ts';

export function filterSet(inner: EventSet, lambda: LambdaValue, position: At): EventSet {
  const where = at(position, 'filter');
  function* keep(context: Context, entries: Iterable<Entry>): Generator<Entry> {
    for (const entry of entries) {
      if (boolean(applyLambda(lambda, entryValue(inner, entry), context, where), where)) yield entry;
    }
  }
  return {
    filtered: inner.filtered,
    composite: true,
    shape: inner.shape,
    literal: () => object({ filter: lambda, collection: setValue(inner) }),
    forRead: (context) => {
      const readable = inner.forRead(context);
      return readable && filterSet(readable, lambda, position);
    },
    snapshot: (context, range) => keep(context, inner.snapshot(context, range)),
  };
}
