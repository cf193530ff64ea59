/** What is inside an `@ref` (RefParser.scala): an object, or as older drivers write it a path. */
import { invalidArgument, nativeNameExpected } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { argumentError, asParseError, fail, parseError, QueryFailure } from '../errors/query-error.ts';
import { typeName } from '../values/names.ts';
import type { UnresolvedType, Value } from '../values/value.ts';
import { isObject } from '../values/value.ts';
import { isName } from './fields.ts';
import { NATIVE, nativeByName, nativeName } from './ids.ts';

/** A ref as written: what it names, nothing looked up. */
export type RefLiteral =
  | { readonly type: 'native'; readonly collection: number; readonly database: DatabaseLiteral | undefined }
  | NamedLiteral
  | { readonly type: 'document'; readonly collection: CollectionLiteral; readonly id: bigint }
  | { readonly type: 'self'; readonly collection: CollectionLiteral };
export interface NamedLiteral {
  readonly type: Exclude<UnresolvedType, 'document' | 'native'>;
  readonly name: string;
  readonly database: DatabaseLiteral | undefined;
}
export type DatabaseLiteral = NamedLiteral & { readonly type: 'database' };
export type CollectionLiteral =
  | (RefLiteral & { readonly type: 'native' })
  | (NamedLiteral & { readonly type: 'collection' });

const NAMED = new Map<number, NamedLiteral['type']>([
  [NATIVE.databases, 'database'],
  [NATIVE.collections, 'collection'],
  [NATIVE.indexes, 'index'],
  [NATIVE.functions, 'function'],
  [NATIVE.roles, 'role'],
  [NATIVE.access_providers, 'access_provider'],
]);

const TYPE_NAMES: Readonly<Record<string, string>> = {
  database: 'Database Ref',
  collection: 'Collection Ref',
  index: 'Index Ref',
  function: 'User Function Ref',
  role: 'Role Ref',
  access_provider: 'Access Provider Ref',
  key: 'Key Ref',
  native: 'Collection Ref',
};

/** Its errors are errors of parsing. */
export function parseRef(value: Value, position: At): RefLiteral {
  if (typeof value === 'string') return parsePath(value) ?? fail(parseError(position, 'Invalid ref.'));
  if (!isObject(value)) return fail(parseError(position, 'Invalid ref.'));
  try {
    return parseObject(value, position);
  } catch (error) {
    if (!(error instanceof QueryFailure)) throw error;
    throw new QueryFailure(error.errors.map(asParseError));
  }
}

const FORMS = [
  ['@ref'],
  ['id'],
  ['id', 'class'],
  ['id', 'collection'],
  ['id', 'database'],
  ['id', 'class', 'database'],
  ['id', 'collection', 'database'],
];

function parseObject(value: Value, position: At): RefLiteral {
  const form =
    isObject(value) && FORMS.find((keys) => keys.length === value.size && keys.every((key) => value.has(key)));
  if (!form || !isObject(value)) return fail(invalidArgument(position, ['Ref'], typeName(value)));
  const inner = value.get('@ref');
  if (inner !== undefined) return parseObject(inner, position);
  const collectionValue = value.get('class') ?? value.get('collection') ?? null;
  const [id, collection, database] = collect([
    () => idOf(value.get('id') ?? null, at(position, 'id')),
    () => collectionOf(collectionValue, at(position, 'class')),
    () => databaseOf(value.get('database') ?? null, at(position, 'database')),
  ]);
  return made(id ?? '', collection, database, position);
}

/** The results of all, or the errors of all that failed. */
function collect<A, B, C>(steps: readonly [() => A, () => B, () => C]): [A, B, C] {
  const errors: QueryFailure[] = [];
  const results = steps.map((step) => {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof QueryFailure)) throw error;
      errors.push(error);
      return undefined;
    }
  });
  if (errors.length > 0) throw new QueryFailure(errors.flatMap(({ errors: found }) => found));
  return results as [A, B, C];
}

function idOf(value: Value, position: At): string | bigint {
  if (typeof value === 'string' || typeof value === 'bigint') return value;
  return fail(invalidArgument(position, ['String', 'Integer'], typeName(value)));
}

function collectionOf(value: Value, position: At): CollectionLiteral | undefined {
  if (value === null) return undefined;
  const found = parseObject(value, position);
  if (found.type === 'native' || found.type === 'collection') return found as CollectionLiteral;
  return fail(invalidArgument(position, ['Collection Ref'], TYPE_NAMES[found.type] ?? 'Ref'));
}

function databaseOf(value: Value, position: At): DatabaseLiteral | undefined {
  if (value === null) return undefined;
  const found = parseObject(value, position);
  if (found.type === 'database') return found as DatabaseLiteral;
  return fail(invalidArgument(position, ['Database Ref'], TYPE_NAMES[found.type] ?? 'Ref'));
}

function made(
  id: string | bigint,
  collection: CollectionLiteral | undefined,
  database: DatabaseLiteral | undefined,
  position: At,
): RefLiteral {
  if (!collection) {
    if (typeof id === 'bigint') return fail(invalidArgument(at(position, 'id'), ['String'], 'Number'));
    const native = nativeByName(id);
    if (native === undefined) return fail(nativeNameExpected(at(position, 'id'), id));
    return { type: 'native', collection: native, database };
  }
  const native = collection.type === 'native' && !collection.database ? collection.collection : undefined;
  const named = native === undefined ? undefined : NAMED.get(native);
  if (named && typeof id === 'string') return { type: named, name: id, database };
  if (native === NATIVE.keys && typeof id === 'bigint') return { type: 'key', name: String(id), database };
  if (id === 'self' && !database) return { type: 'self', collection };
  if (database) return fail(invalidArgument(at(position, 'database'), ['Null'], 'Database Ref'));
  return { type: 'document', collection, id: typeof id === 'bigint' ? id : numberOf(id, at(position, 'id')) };
}

function numberOf(text: string, position: At): bigint {
  const number = /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined;
  if (number !== undefined && BigInt.asIntN(64, number) === number) return number;
  if (/^\d*$/.test(text)) return fail(argumentError(position, `The id provided is too large: '${text}'`));
  return fail(argumentError(position, `Number or numeric String expected, non-numeric '${text}' provided.`));
}

/** Names that paths would take for something else. */
const RESERVED = new Set(['self', 'events']);
const WITH_IDS = new Set(['keys', 'tokens', 'credentials']);

/** `collections/name/123`, `tokens/self`, `indexes/name`, `databases`… */
function parsePath(text: string): RefLiteral | undefined {
  const [first = '', second, third, ...rest] = text.split('/');
  const native = nativeByName(first);
  if (native === undefined || rest.length > 0) return undefined;
  const root: CollectionLiteral = { type: 'native', collection: native, database: undefined };
  if (second === undefined) return root;
  if (WITH_IDS.has(first)) return third === undefined ? member(root, second) : undefined;
  const type = NAMED.get(native);
  if (!type || !isName(second) || RESERVED.has(second)) return undefined;
  const named: NamedLiteral = { type, name: second, database: undefined };
  if (third === undefined) return named;
  return type === 'collection' ? member(named as CollectionLiteral, third) : undefined;
}

function member(collection: CollectionLiteral, id: string): RefLiteral | undefined {
  if (id === 'self') return { type: 'self', collection };
  const number = /^\d+$/.test(id) ? BigInt(id) : undefined;
  return number !== undefined && BigInt.asIntN(64, number) === number
    ? { type: 'document', collection, id: number }
    : undefined;
}

/** What an unresolved ref to a native collection calls it. */
export const nativeLabel = (collection: number): string => nativeName(collection) ?? '';
