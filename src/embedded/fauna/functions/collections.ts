/** Arrays and pages, and sets where FaunaDB takes them. */
import { invalidArgument, lambdaEffect } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { fail, gather } from '../errors/query-error.ts';
import { anyValue, array, boolean, each, integer, lambda, zeroOrMore } from '../language/casts.ts';
import type { Context } from '../language/context.ts';
import { type Call, defineFunction, defineLambdaFunction } from '../language/define.ts';
import { allows } from '../language/effect.ts';
import type { Form } from '../language/form.ts';
import { applyLambda } from '../language/lambda.ts';
import { type IterableValue, iterable } from '../sets/casts.ts';
import { filterSet } from '../sets/filter.ts';
import { foldSet } from '../sets/fold.ts';
import type { EventSet } from '../sets/set.ts';
import { isSet, set } from '../sets/set-value.ts';
import { typeName } from '../values/names.ts';
import { isArray, isPage, type LambdaValue, type Page, type Value } from '../values/value.ts';
import { exists } from './reads.ts';

type ArrayOrPage = Value[] | Page;
const dataOf = (value: ArrayOrPage): Value[] => (isArray(value) ? value : value.data);

function arrayOrPage(value: Value, position: At): ArrayOrPage {
  if (isArray(value) || isPage(value)) return value;
  return fail(invalidArgument(at(position, 'collection'), ['Array or Page'], typeName(value)));
}

const mapped = (data: Value[], fn: LambdaValue, context: Context, position: At): Value[] =>
  data.map((value) => applyLambda(fn, value, context, position));

/** Java's narrowing of a Long, then List.take and drop, for which a negative number is none. */
const count = (value: bigint): number => Math.max(0, Number(BigInt.asIntN(32, value)));

/** Whether there is any element. */
function isNonEmpty(value: IterableValue, { context, position }: Call): boolean {
  if (isArray(value)) return value.length > 0;
  if (isPage(value)) return value.data.length > 0;
  return exists(value, context, position);
}

function filtered(fn: LambdaValue, value: IterableValue, { context, position }: Call): Value {
  if (isSet(value)) return filteredSet(fn, value.set, position);
  const page = isPage(value) ? value : undefined;
  const data = dataOf(value);
  // Unlike Map, it tells the errors of all elements.
  const verdicts = gather(data.map((element) => () => applyLambda(fn, element, context, at(position, 'filter'))));
  const keep = each(boolean, verdicts, position);
  // A page that was made of nothing (by Reduce, say) holds what has no place in its set, and loses it here.
  const kept = data.filter((_, index) => keep[index] && (!page || index < page.cursors.length));
  return page ? { ...page, data: kept, cursors: page.cursors.filter((_, index) => keep[index]) } : kept;
}

export function filteredSet(fn: LambdaValue, source: EventSet, position: At): Value {
  if (!allows('read', fn.body.effect)) fail(lambdaEffect(at(position, 'filter'), 'read'));
  return set(filterSet(source, fn, position));
}

export const collectionForms: readonly Form[] = [
  defineLambdaFunction(['map'], {
    parameters: { map: lambda, collection: iterable },
    effect: 'pure',
    evaluate: ({ map, collection }, { context, position }) => {
      const source = arrayOrPage(collection, position);
      const data = mapped(dataOf(source), map, context, at(position, 'map'));
      return isArray(source) ? data : { ...source, data };
    },
  }),
  defineLambdaFunction(['foreach'], {
    parameters: { foreach: lambda, collection: iterable },
    effect: 'pure',
    evaluate: ({ foreach, collection }, { context, position }) => {
      const source = arrayOrPage(collection, position);
      mapped(dataOf(source), foreach, context, at(position, 'foreach'));
      return source;
    },
  }),
  defineLambdaFunction(['filter'], {
    parameters: { filter: lambda, collection: iterable },
    effect: 'pure',
    evaluate: ({ filter, collection }, call) => filtered(filter, collection, call),
  }),
  defineLambdaFunction(['reduce'], {
    parameters: { reduce: lambda, initial: anyValue, collection: iterable },
    effect: 'read',
    evaluate: ({ reduce, initial, collection }, { context, position }) => {
      const step = (result: Value, value: Value) =>
        applyLambda(reduce, [result, value], context, at(position, 'reduce'));
      if (isSet(collection)) return foldSet(context, collection.set, initial, step, at(position, 'reduce'));
      const result = dataOf(collection).reduce<Value>(step, initial);
      return isPage(collection) ? { ...collection, data: [result] } : result;
    },
  }),
  defineFunction({
    parameters: { prepend: zeroOrMore(anyValue), collection: array },
    effect: 'pure',
    evaluate: ({ prepend, collection }) => [...prepend, ...collection],
  }),
  defineFunction({
    parameters: { append: zeroOrMore(anyValue), collection: array },
    effect: 'pure',
    evaluate: ({ append, collection }) => [...collection, ...append],
  }),
  defineFunction({
    parameters: { take: integer, collection: anyValue },
    effect: 'pure',
    evaluate: ({ take, collection }, { position }) => {
      const source = arrayOrPage(collection, position);
      const size = count(take);
      if (isArray(source)) return source.slice(0, size);
      const after = take < 0n ? source.before : (source.cursors[size] ?? source.after);
      return { ...source, data: source.data.slice(0, size), cursors: source.cursors.slice(0, size), after };
    },
  }),
  defineFunction({
    parameters: { drop: integer, collection: anyValue },
    effect: 'pure',
    evaluate: ({ drop, collection }, { position }) => {
      const source = arrayOrPage(collection, position);
      const size = count(drop);
      if (isArray(source)) return source.slice(size);
      const cursors = source.cursors.slice(size);
      const before = drop < 0n ? source.before : (cursors[0] ?? source.after);
      return { ...source, data: source.data.slice(size), cursors, before };
    },
  }),
  defineFunction({
    parameters: { is_empty: iterable },
    effect: 'pure',
    evaluate: ({ is_empty }, call) => !isNonEmpty(is_empty, call),
  }),
  defineFunction({
    parameters: { is_nonempty: iterable },
    effect: 'pure',
    evaluate: ({ is_nonempty }, call) => isNonEmpty(is_nonempty, call),
  }),
  defineFunction({
    parameters: { count: iterable },
    effect: 'read',
    evaluate: ({ count: collection }, { context, position }) => {
      const { meter } = context.session;
      if (!isSet(collection)) {
        const { length } = dataOf(collection);
        meter.compute(length);
        return isPage(collection) ? { ...collection, data: [BigInt(length)] } : BigInt(length);
      }
      const plus = (total: Value): Value => {
        meter.compute();
        return (total as bigint) + 1n;
      };
      return foldSet(context, collection.set, 0n, plus, at(position, 'count'));
    },
  }),
];
