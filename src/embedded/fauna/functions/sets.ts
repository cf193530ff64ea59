/** Functions that make sets. */
import { storedForm } from '../documents/rules.ts';
import {
  incompatibleSets,
  indexInactive,
  invalidArgument,
  lambdaEffect,
  mixedArguments,
  noEventsHistory,
  notFound,
  unresolvedRef,
} from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { fail, gather, permissionDenied, QueryFailure } from '../errors/query-error.ts';
import { anyRef, anyValue, type Cast, collectionRef, nameOrIndex, oneOrMore, zeroOrMore } from '../language/casts.ts';
import type { Context } from '../language/context.ts';
import { defineFunction, enter } from '../language/define.ts';
import { maxEffect } from '../language/effect.ts';
import { type Form, form } from '../language/form.ts';
import { NATIVE } from '../schema/ids.ts';
import type { IndexSchema } from '../schema/model.ts';
import { isInScope } from '../security/permissions.ts';
import { anySet, identifier, iterable, setOrArray } from '../sets/casts.ts';
import { type Combination, combinedSet } from '../sets/combine.ts';
import { readCursor } from '../sets/cursor.ts';
import { distinctSet, historicalSet, rangeSet } from '../sets/derived.ts';
import { documentSet, singletonSet } from '../sets/document-set.ts';
import { documentsSet } from '../sets/documents-set.ts';
import { indexSet, matchedSet } from '../sets/index-set.ts';
import { joinSet } from '../sets/join.ts';
import { reverseSet } from '../sets/reverse.ts';
import { compatible, type EventSet } from '../sets/set.ts';
import { set } from '../sets/set-value.ts';
import { equalValues } from '../values/equal.ts';
import { typeName } from '../values/names.ts';
import { isArray, isPage, isRef, isTagged, type Ref, type Value } from '../values/value.ts';

/** A term must be storable, so no ref to nothing may be in it. */
export const matchTerm: Cast<Value> = (value, position) =>
  holdsUnresolved(value) ? fail(invalidArgument(position, ['Any'], typeName(value))) : value;

function holdsUnresolved(value: Value): boolean {
  if (isArray(value)) return value.some(holdsUnresolved);
  if (value instanceof Map) return [...value.values()].some(holdsUnresolved);
  return isTagged(value) && value.kind === 'unresolved';
}

const storing = (context: Context) => (value: Parameters<typeof storedForm>[0]) =>
  storedForm(value, context.session.time);

/** The index a Match reads; errors are at `index` whatever the key was, as FaunaDB's. */
function indexOf(context: Context, given: string | Ref, place: At): IndexSchema {
  const { session, auth } = context;
  const scope = typeof given === 'string' ? auth.scope : given.scope;
  const schema = session.catalog.scope(scope);
  const id = typeof given === 'string' ? schema.find(NATIVE.indexes, given) : given.id;
  if (id === undefined) return fail(unresolvedRef(place, { kind: 'unresolved', type: 'index', name: String(given) }));
  if (!isInScope(session, auth.scope, scope)) return fail(permissionDenied(place));
  return schema.index(id) ?? fail(notFound(place, 'Index'));
}

export function match(context: Context, given: string | Ref, terms: readonly Value[], position: At): Value {
  const place = at(position, 'index');
  const index = indexOf(context, given, place);
  if (!index.active) return fail(indexInactive(place, index.name));
  return set(matchedSet(context, index, terms));
}

function combining(kind: Combination, ofArrays: (arrays: Value[][]) => Value[]): Form {
  return defineFunction({
    parameters: { [kind]: oneOrMore(setOrArray) },
    effect: 'pure',
    evaluate: (args, { position }) => {
      const members = args[kind] ?? [];
      const place = at(position, kind);
      const sets = members.flatMap((member) => (isArray(member) ? [] : [member.set]));
      const arrays = members.filter(isArray);
      if (sets.length === 0) return ofArrays(arrays);
      return arrays.length > 0 ? fail(mixedArguments(place, ['Set', 'Array'])) : combine(kind, sets, position);
    },
  });
}

/** Each must be in the order of the next. */
export function combine(kind: Combination, members: readonly EventSet[], position: At): Value {
  const clashes = members.filter((member, index) => {
    const next = members[index + 1];
    return next && !compatible(member.shape, next.shape);
  });
  if (clashes.length > 0) throw new QueryFailure(clashes.map(() => incompatibleSets(at(position, kind))));
  return set(combinedSet(kind, members));
}

const times = (values: readonly Value[], value: Value): number =>
  values.filter((other) => equalValues(other, value)).length;

/** As often as in the array that has it most. */
function unionOf(left: Value[], right: Value[]): Value[] {
  const result: Value[] = [];
  for (const value of [...left, ...right]) {
    if (times(result, value) > 0) continue;
    for (let copies = Math.max(times(left, value), times(right, value)); copies > 0; copies -= 1) result.push(value);
  }
  return result;
}

/** Multiset: each right element matches one left element. */
function split(left: Value[], right: Value[]): { kept: Value[]; matched: Value[] } {
  const rest = [...right];
  const kept: Value[] = [];
  const matched: Value[] = [];
  for (const value of left) {
    const found = rest.findIndex((other) => equalValues(other, value));
    if (found < 0) kept.push(value);
    else {
      rest.splice(found, 1);
      matched.push(value);
    }
  }
  return { kept, matched };
}

const folding = (step: (left: Value[], right: Value[]) => Value[]) => (arrays: Value[][]) =>
  arrays.slice(1).reduce(step, arrays[0] ?? []);

const unique = (values: readonly Value[]): Value[] =>
  values.filter((value, index) => values.findIndex((other) => equalValues(other, value)) === index);

export const events = (value: Ref | { readonly set: EventSet }, position: At): Value => {
  if ('set' in value) {
    if (value.set.shape.historical) return fail(noEventsHistory(position));
    return set(historicalSet(value.set));
  }
  return set(historicalSet(documentSet(value)));
};

/** `with` is a lambda in place or an expression that gives an index. */
const joinForm = form({
  required: ['join', 'with'],
  effect: 'pure',
  parse: (args, parser, position) => {
    const source = parser.expression(args.get('join') ?? null, at(position, 'join'));
    const target = parser.lambdaOrExpression(args.get('with') ?? null, at(position, 'with'));
    return {
      effect: maxEffect([source.effect, target.effect]),
      literal: () =>
        new Map([
          ['join', source.literal()],
          ['with', target.literal()],
        ]),
      evaluate: (context) => {
        enter(context, 'pure', position);
        const left = anySet(source.evaluate(context), at(position, 'join'));
        const right = target.evaluate(context);
        return set(join(context, left, right, position));
      },
    };
  },
});

export function join(context: Context, source: EventSet, target: Value, position: At): EventSet {
  const place = at(position, 'with');
  if (isTagged(target) && target.kind === 'lambda') {
    if (target.body.effect !== 'pure') fail(lambdaEffect(place, 'pure'));
    return joinSet(source, { type: 'lambda', lambda: target, position });
  }
  if (isTagged(target) && target.kind === 'unresolved') return fail(unresolvedRef(place, target));
  if (!isRef(target) || target.collection !== NATIVE.indexes) {
    return fail(invalidArgument(place, ['Lambda', 'Index Ref'], typeName(target)));
  }
  const index = indexOf(context, target, place);
  const { shape } = indexSet(index, [], new Uint8Array());
  return joinSet(source, {
    type: 'index',
    ref: target,
    shape,
    match: (inner, value) => matchedSet(inner, index, isArray(value) ? value : [value]),
  });
}

export function range(context: Context, source: EventSet, from: Value, to: Value, position: At): Value {
  const [low, high] = gather([
    () => readCursor(source, from, 'low', storing(context), at(position, 'from')),
    () => readCursor(source, to, 'high', storing(context), at(position, 'to')),
  ]);
  return low && high ? set(rangeSet(source, low, high)) : null;
}

export const setForms: readonly Form[] = [
  defineFunction({
    parameters: { match: zeroOrMore(matchTerm), index: nameOrIndex },
    effect: 'pure',
    evaluate: (args, { context, position }) => match(context, args.index, args.match, position),
  }),
  defineFunction({
    parameters: { match: nameOrIndex, terms: zeroOrMore(matchTerm) },
    effect: 'pure',
    evaluate: (args, { context, position }) => match(context, args.match, args.terms, position),
  }),
  defineFunction({
    parameters: { match: nameOrIndex },
    effect: 'pure',
    evaluate: (args, { context, position }) => match(context, args.match, [], position),
  }),
  defineFunction({
    parameters: { singleton: anyRef },
    effect: 'pure',
    evaluate: (args) => set(singletonSet(args.singleton)),
  }),
  defineFunction({
    parameters: { events: identifier },
    effect: 'pure',
    evaluate: (args, { position }) => events(args.events, position),
  }),
  defineFunction({
    parameters: { documents: collectionRef },
    effect: 'pure',
    evaluate: ({ documents }) => set(documentsSet(documents.scope, Number(documents.id))),
  }),
  combining('union', folding(unionOf)),
  combining(
    'intersection',
    folding((left, right) => split(left, right).matched),
  ),
  combining(
    'difference',
    folding((left, right) => split(left, right).kept),
  ),
  joinForm,
  defineFunction({
    parameters: { distinct: iterable },
    effect: 'pure',
    evaluate: ({ distinct }) => {
      if (isArray(distinct)) return unique(distinct);
      return isPage(distinct) ? { ...distinct, data: unique(distinct.data) } : set(distinctSet(distinct.set));
    },
  }),
  defineFunction({
    parameters: { reverse: iterable },
    effect: 'pure',
    evaluate: ({ reverse }) => {
      if (isArray(reverse)) return [...reverse].reverse();
      return isPage(reverse) ? { ...reverse, data: [...reverse.data].reverse() } : set(reverseSet(reverse.set));
    },
  }),
  defineFunction({
    parameters: { range: anySet, from: anyValue, to: anyValue },
    effect: 'pure',
    evaluate: ({ range: source, from, to }, { context, position }) => range(context, source, from, to, position),
  }),
];
