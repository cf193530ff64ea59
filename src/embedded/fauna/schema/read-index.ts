/** An index document's fields as an IndexSchema. They were validated when written. */
import type { PathStep } from '../language/casts.ts';
import { type FaunaObject, isArray, isObject, isRef, isTagged, type LambdaValue, type Value } from '../values/value.ts';
import type { IndexSchema, IndexSource, TermSchema } from './model.ts';

const listOf = (value: Value | undefined): Value[] =>
  value === undefined || value === null ? [] : isArray(value) ? value : [value];

export function readIndex(scope: number, id: bigint, fields: FaunaObject): IndexSchema {
  return {
    scope,
    id,
    name: String(fields.get('name')),
    active: fields.get('active') === true,
    unique: fields.get('unique') === true,
    sources: listOf(fields.get('source')).map(readSource),
    terms: listOf(fields.get('terms')).map(readTerm),
    values: listOf(fields.get('values')).map(readTerm),
  };
}

function readSource(value: Value): IndexSource {
  const collection = isObject(value) ? (value.get('collection') ?? value.get('class')) : value;
  const bindings = isObject(value) ? value.get('fields') : undefined;
  return {
    collections:
      collection === '_'
        ? undefined
        : listOf(collection)
            .filter(isRef)
            .map((found) => Number(found.id)),
    bindings: new Map(
      bindings !== undefined && isObject(bindings)
        ? [...bindings].flatMap(([name, found]) => (isLambda(found) ? [[name, found] as const] : []))
        : [],
    ),
  };
}

const isLambda = (value: Value): value is LambdaValue => isTagged(value) && value.kind === 'lambda';

function readTerm(value: Value): TermSchema {
  const fields = isObject(value) ? value : new Map<string, Value>();
  const binding = fields.get('binding');
  return {
    binding: typeof binding === 'string' ? binding : undefined,
    field: typeof binding === 'string' ? undefined : (listOf(fields.get('field')) as PathStep[]),
    reverse: fields.get('reverse') === true,
    casefold: fields.get('transform') === 'casefold',
    multiple: fields.get('mva') !== false,
  };
}
