/** Refs by name and number, and the refs of Fauna's own collections. */
import { invalidArgument } from '../errors/errors.ts';
import { at } from '../errors/position.ts';
import { argumentError, fail, gather } from '../errors/query-error.ts';
import { anyValue, databaseOrNull, databaseRef, nothing, string } from '../language/casts.ts';
import type { Context } from '../language/context.ts';
import { type Call, defineFunction, optional } from '../language/define.ts';
import type { Form } from '../language/form.ts';
import { isUserCollection, NATIVE, type NativeName } from '../schema/ids.ts';
import { namedRef } from '../schema/resolve.ts';
import { typeName } from '../values/names.ts';
import { isRef, isTagged, type Ref, ref, type UnresolvedType, type Value } from '../values/value.ts';

/** The scope of a database's documents; undefined if it is gone. */
function scopeOf(context: Context, database: Ref): number | undefined {
  const found = context.session.catalog.scope(database.scope).get(NATIVE.databases, database.id);
  return found && Number(found.fields.get('scope'));
}

function byName(key: string, collection: number, type: UnresolvedType): Form {
  return defineFunction({
    parameters: { [key]: string, scope: optional(databaseRef) },
    effect: 'pure',
    evaluate: (args, { context }) => {
      const name = args[key] as string;
      const database = args.scope as Ref | undefined;
      const scope = database ? scopeOf(context, database) : context.auth.scope;
      if (scope === undefined) return { kind: 'unresolved', type, name };
      return namedRef(context, scope, collection, type, name);
    },
  });
}

function nativeCollection(key: NativeName | 'classes'): Form {
  const collection = key === 'classes' ? NATIVE.collections : NATIVE[key];
  return defineFunction({
    parameters: { [key]: databaseOrNull },
    effect: 'pure',
    evaluate: (args, { context, position }) => {
      const database = args[key] ?? null;
      const scope = database ? scopeOf(context, database) : context.auth.scope;
      if (scope === undefined) return fail(invalidArgument(at(position, 'scope'), ['Database Ref'], 'Database Ref'));
      return ref(scope, NATIVE.collections, BigInt(collection));
    },
  });
}

function documentId(value: Value, { position }: Call): bigint {
  if (typeof value === 'bigint') return value;
  const place = at(position, 'id');
  if (typeof value !== 'string') return fail(invalidArgument(place, ['String', 'Number'], typeName(value)));
  const id = /^[+-]?\d+$/.test(value) ? BigInt(value.startsWith('+') ? value.slice(1) : value) : undefined;
  if (id !== undefined && BigInt.asIntN(64, id) === id) return id;
  // An empty text is all digits, too.
  if (/^\d*$/.test(value)) return fail(argumentError(place, `The id provided is too large: '${value}'`));
  return fail(argumentError(place, `Number or numeric String expected, non-numeric '${value}' provided.`));
}

function collectionOf(
  value: Value,
  { position }: Call,
): Ref | { readonly unresolved: string; readonly database?: string } {
  const place = at(position, 'ref');
  if (isRef(value) && value.collection === NATIVE.collections) {
    const number = Number(value.id);
    const named = number === NATIVE.keys || number === NATIVE.tokens || number === NATIVE.credentials;
    if (isUserCollection(number) || named) return value;
    return fail(argumentError(place, 'Regular Class Ref expected, Schema Class Ref provided.'));
  }
  if (isTagged(value) && value.kind === 'unresolved' && value.type === 'collection') {
    return { unresolved: value.name, ...(value.database === undefined ? {} : { database: value.database }) };
  }
  return fail(invalidArgument(place, ['Collection Ref'], typeName(value)));
}

const newId = (key: 'new_id' | 'next_id'): Form =>
  defineFunction({
    parameters: { [key]: nothing },
    effect: 'write',
    evaluate: (_args, { context }) => context.session.newId().toString(),
  });

export const refForms: readonly Form[] = [
  byName('database', NATIVE.databases, 'database'),
  byName('index', NATIVE.indexes, 'index'),
  byName('class', NATIVE.collections, 'collection'),
  byName('collection', NATIVE.collections, 'collection'),
  byName('function', NATIVE.functions, 'function'),
  byName('role', NATIVE.roles, 'role'),
  byName('access_provider', NATIVE.access_providers, 'access_provider'),
  ...(Object.keys(NATIVE) as NativeName[]).map(nativeCollection),
  nativeCollection('classes'),
  newId('new_id'),
  newId('next_id'),
  defineFunction({
    parameters: { ref: anyValue, id: anyValue, scope: optional(databaseRef) },
    effect: 'pure',
    evaluate: (args, call) => {
      const [collection, id] = gather<ReturnType<typeof collectionOf> | bigint>([
        () => collectionOf(args.ref, call),
        () => documentId(args.id, call),
      ]) as [ReturnType<typeof collectionOf>, bigint];
      if ('unresolved' in collection) {
        const { unresolved, database } = collection;
        return {
          kind: 'unresolved',
          type: 'document',
          name: unresolved,
          id,
          ...(database === undefined ? {} : { database }),
        };
      }
      return ref(args.scope?.scope ?? collection.scope, Number(collection.id), id);
    },
  }),
];
