/**
 * What may stand inside an `@set` (Parser.scala's EscapesParser.sets). The parts are literals: nothing in them is
 * evaluated, arrays do not stand for sets, and a lambda is written without a tag.
 */
import { type At, at } from '../errors/position.ts';
import { asParseError, fail, parseError, QueryFailure } from '../errors/query-error.ts';
import { anyRef, type Cast, collectionRef, nameOrIndex, oneOrMore, zeroOrMore } from '../language/casts.ts';
import { type Context, WRITE_LIMIT } from '../language/context.ts';
import type { Literals } from '../language/literals.ts';
import { anySet, identifier } from '../sets/casts.ts';
import { distinctSet } from '../sets/derived.ts';
import { singletonSet } from '../sets/document-set.ts';
import { documentsSet } from '../sets/documents-set.ts';
import { reverseSet } from '../sets/reverse.ts';
import { set } from '../sets/set-value.ts';
import type { FaunaObject, LambdaValue, Value } from '../values/value.ts';
import { filteredSet } from './collections.ts';
import { combine, events, join, match, matchTerm, range } from './sets.ts';

interface Parts {
  readonly context: Context;
  readonly position: At;
  read<T>(key: string, cast: Cast<T>): T;
  value(key: string): Value;
  lambda(key: string): LambdaValue;
}

const sets = oneOrMore(anySet).required;
const terms = zeroOrMore(matchTerm).required;

/** By their keys, in the order in which FaunaDB reads them. */
const SETS: readonly (readonly [keys: readonly string[], make: (parts: Parts) => Value])[] = [
  [
    ['match', 'index'],
    ({ read, context, position }) => {
      const given = read('match', terms);
      return match(context, read('index', nameOrIndex), given, position);
    },
  ],
  [
    ['match', 'terms'],
    ({ read, context, position }) => {
      const given = read('terms', terms);
      return match(context, read('match', nameOrIndex), given, position);
    },
  ],
  [['match'], ({ read, context, position }) => match(context, read('match', nameOrIndex), [], position)],
  [['singleton'], ({ read }) => set(singletonSet(read('singleton', anyRef)))],
  [['events'], ({ read, position }) => events(read('events', identifier), position)],
  [
    ['documents'],
    ({ read }) => {
      const { scope, id } = read('documents', collectionRef);
      return set(documentsSet(scope, Number(id)));
    },
  ],
  [['union'], ({ read, position }) => combine('union', read('union', sets), position)],
  [['intersection'], ({ read, position }) => combine('intersection', read('intersection', sets), position)],
  [['difference'], ({ read, position }) => combine('difference', read('difference', sets), position)],
  [['distinct'], ({ read }) => set(distinctSet(read('distinct', anySet)))],
  [['reverse'], ({ read }) => set(reverseSet(read('reverse', anySet)))],
  [
    ['range', 'from', 'to'],
    ({ read, value, context, position }) => range(context, read('range', anySet), value('from'), value('to'), position),
  ],
  [
    ['join', 'with'],
    ({ read, lambda, context, position }) => {
      const source = read('join', anySet);
      return set(join(context, source, lambda('with'), position));
    },
  ],
  [
    ['filter', 'collection'],
    ({ read, lambda, position }) => {
      const predicate = lambda('filter');
      return filteredSet(predicate, read('collection', anySet), position);
    },
  ],
];

/** The set an object describes; what is wrong with it counts as an error of parsing. */
export function readSet(
  { session, auth }: Pick<Context, 'session' | 'auth'>,
  fields: FaunaObject,
  literals: Literals,
  position: At,
): Value {
  const make = SETS.find(([keys]) => keys.length === fields.size && keys.every((key) => fields.has(key)))?.[1];
  if (!make) return fail(parseError(position, 'Invalid set.'));
  const context: Context = { session, auth, bindings: undefined, validTime: undefined, depth: 0, limit: WRITE_LIMIT };
  const value = (key: string): Value => literals.quoted(fields.get(key) ?? null, at(position, key));
  try {
    return make({
      context,
      position,
      value,
      read: (key, cast) => cast(value(key), at(position, key)),
      lambda: (key) => literals.lambda(fields.get(key) ?? null, at(position, key)),
    });
  } catch (error) {
    if (!(error instanceof QueryFailure)) throw error;
    throw new QueryFailure(error.errors.map(asParseError));
  }
}
