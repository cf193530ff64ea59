/** What a whole array, page or set comes to. Of a page the answer is a page of one element. */
import { storedForm } from '../../documents/rules.ts';
import { emptyArray, unresolvedRef } from '../../errors/errors.ts';
import { type At, at } from '../../errors/position.ts';
import { fail, QueryFailure } from '../../errors/query-error.ts';
import { boolean, number } from '../../language/casts.ts';
import { type Call, defineFunction } from '../../language/define.ts';
import type { Form } from '../../language/form.ts';
import { type IterableValue, iterable } from '../../sets/casts.ts';
import { foldSet } from '../../sets/fold.ts';
import { isSet } from '../../sets/set-value.ts';
import { compareValues } from '../../values/compare.ts';
import { isArray, isPage, isTagged, type Tagged, type Value } from '../../values/value.ts';
import { type Numeric, wrapLong } from './long.ts';

interface Reducer<T> {
  readonly initial: T;
  /** One value more. `position` is that of the collection. */
  step(total: T, value: Value, position: At, call: Call): T;
  finish(total: T, count: number, position: At): Value;
}

function reduce<T>(key: string, reducer: Reducer<T>, collection: IterableValue, call: Call): Value {
  const position = at(call.position, key);
  let total = reducer.initial;
  let count = 0;
  const step = (value: Value): void => {
    total = reducer.step(total, value, position, call);
    count += 1;
  };
  if (isSet(collection)) {
    foldSet(
      call.context,
      collection.set,
      null,
      (_, value) => {
        step(value);
        return null;
      },
      position,
    );
  } else {
    for (const value of isPage(collection) ? collection.data : collection) step(value);
  }
  const result = reducer.finish(total, count, position);
  return isPage(collection) ? { ...collection, data: [result] } : result;
}

/** Each element is a step to compute. */
function reducing<T>(key: string, reducer: Reducer<T>): Form {
  const counted: Reducer<T> = {
    ...reducer,
    step: (total, value, position, call) => {
      call.context.session.meter.compute();
      return reducer.step(total, value, position, call);
    },
  };
  return defineFunction({
    parameters: { [key]: iterable },
    effect: 'read',
    evaluate: (args, call) => reduce(key, counted, args[key] ?? [], call),
  });
}

function plus(total: Numeric, value: Value, position: At): Numeric {
  const next = number(value, position);
  return typeof total === 'bigint' && typeof next === 'bigint' ? wrapLong(total + next) : Number(total) + Number(next);
}

/** The first or last in FaunaDB's order of all values; of equal ones the later. */
function extreme(key: string, keeps: (order: number) => boolean): Form {
  const reducer: Reducer<Value | undefined> = {
    initial: undefined,
    step: (best, value, _position, { context }) => {
      if (best === undefined) return value;
      const asStored = (tagged: Tagged): Value => storedForm(tagged, context.session.time);
      return keeps(compareValues(best, value, asStored)) ? best : value;
    },
    finish: (best, _count, position) => (best === undefined ? fail(emptyArray(position)) : best),
  };
  return defineFunction({
    parameters: { [key]: iterable },
    effect: 'read',
    evaluate: (args, call) => {
      const collection = unwrapped(args[key] ?? []);
      if (!isSet(collection))
        refuseUnresolved(isPage(collection) ? collection.data : collection, at(call.position, key));
      return reduce(key, reducer, collection, call);
    },
  });
}

/** An array of just one collection stands for that collection: drivers send their arguments as an array. */
function unwrapped(collection: IterableValue): IterableValue {
  if (!isArray(collection) || collection.length !== 1) return collection;
  const [only = null] = collection;
  return isArray(only) || isPage(only) || isSet(only) ? unwrapped(only) : collection;
}

function refuseUnresolved(values: readonly Value[], position: At): void {
  const unresolved = values.filter(isTagged).filter((value) => value.kind === 'unresolved');
  if (unresolved.length > 0) throw new QueryFailure(unresolved.map((value) => unresolvedRef(position, value)));
}

export const reducerForms: readonly Form[] = [
  reducing<Numeric>('sum', { initial: 0n, step: plus, finish: (total) => total }),
  reducing<Numeric>('mean', {
    initial: 0n,
    step: plus,
    finish: (total, count, position) => (count === 0 ? fail(emptyArray(position)) : Number(total) / count),
  }),
  // Every element is looked at, and must be a Boolean, even after the answer is known.
  reducing<boolean>('any', {
    initial: false,
    step: (found, value, position) => boolean(value, position) || found,
    finish: (found) => found,
  }),
  reducing<boolean>('all', {
    initial: true,
    step: (held, value, position) => boolean(value, position) && held,
    finish: (held) => held,
  }),
  extreme('max', (order) => order > 0),
  extreme('min', (order) => order < 0),
];
