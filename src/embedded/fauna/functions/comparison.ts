/** Equality, order, and what a container holds. */

import { storedForm } from '../documents/rules.ts';
import { select } from '../documents/select.ts';
import { visible } from '../documents/write.ts';
import { invalidArgument, unresolvedRef } from '../errors/errors.ts';
import { at } from '../errors/position.ts';
import { fail, QueryFailure } from '../errors/query-error.ts';
import { anyValue, boolean, oneOrMore, path, string } from '../language/casts.ts';
import type { Context } from '../language/context.ts';
import { type Call, defineFunction } from '../language/define.ts';
import type { Form } from '../language/form.ts';
import { hasName, NATIVE } from '../schema/ids.ts';
import { documentType } from '../schema/types/index.ts';
import { containsInSet } from '../sets/contains.ts';
import { collectionRefOf } from '../sets/documents-set.ts';
import { isSet } from '../sets/set-value.ts';
import { compareValues } from '../values/compare.ts';
import { equalValues } from '../values/equal.ts';
import { isScalar } from '../values/names.ts';
import { isArray, isObject, isPage, isRef, isTagged, type Ref, ref, type Value } from '../values/value.ts';

function ordering(key: 'lt' | 'lte' | 'gt' | 'gte', holds: (order: number) => boolean): Form {
  return defineFunction({
    parameters: { [key]: oneOrMore(anyValue) },
    effect: 'pure',
    evaluate: (args, { context, position }) => {
      const values = args[key] ?? [];
      const unresolved = values.filter((value) => isTagged(value)).filter((value) => value.kind === 'unresolved');
      if (unresolved.length > 0)
        throw new QueryFailure(unresolved.map((value) => unresolvedRef(at(position, key), value)));
      const asStored = (value: Parameters<typeof storedForm>[0]) => storedForm(value, context.session.time);
      return values.every(
        (value, index) => index === 0 || holds(compareValues(values[index - 1] ?? null, value, asStored)),
      );
    },
  });
}

/** Whether something is at the path. */
const containsPath = (where: Parameters<typeof select>[3], container: Value, { context }: Call): boolean =>
  select(context.session, context.auth.scope, container, where, false) !== undefined;

/** By what the container is: an array's elements, a page's whole data or cursors, a ref's id, collection and database. */
function containsValue(value: Value, container: Value, call: Call): boolean {
  const { context, position } = call;
  const is = (found: Value | undefined): boolean => found !== undefined && equalValues(found, value);
  if (isArray(container)) return container.some(is);
  if (isObject(container)) return [...container.values()].some(is);
  if (isRef(container)) return refParts(container, context).some(is);
  if (isSet(container)) return containsInSet(container.set, value, call);
  if (isPage(container)) {
    const { data, before, after } = container;
    return [data, before, after].some((found) => found !== undefined && isArray(found) && is(found));
  }
  if (isTagged(container) && container.kind === 'document') {
    const { version } = container;
    const own = ref(version.scope, version.collection, version.id);
    const ts: Value = version.pending ? { kind: 'transactionTime', micros: true } : version.ts;
    const fields = visible(version.fields, documentType(version.collection));
    return [own, collectionRefOf(version.scope, version.collection), ts, ...fields.values()].some(is);
  }
  if (isTagged(container) && container.kind === 'event') {
    const { ts, action, document, fields, values } = container;
    return [ts, { kind: 'action', action } as const, document, ...(fields?.values() ?? []), ...(values ?? [])].some(is);
  }
  if (!isScalar(container)) return false;
  return fail(invalidArgument(at(position, 'in'), ['Object', 'Array', 'Page', 'Set', 'Ref'], 'Scalar'));
}

function refParts(container: Ref, { session, auth }: Context): Value[] {
  // FaunaDB looks up the name of a schema document's collection, which has none.
  if (hasName(container.collection)) return [];
  const database = container.scope === auth.scope ? undefined : session.catalog.database(container.scope);
  const parts: Value[] = [container.id.toString(), collectionRefOf(container.scope, container.collection)];
  if (database?.parent !== undefined) parts.push(ref(database.parent, NATIVE.databases, database.id));
  return parts;
}

export const comparisonForms: readonly Form[] = [
  defineFunction({
    parameters: { equals: oneOrMore(anyValue) },
    effect: 'pure',
    evaluate: ({ equals }) => equals.every((value) => equalValues(equals[0] ?? null, value, true)),
  }),
  ordering('lt', (order) => order < 0),
  ordering('lte', (order) => order <= 0),
  ordering('gt', (order) => order > 0),
  ordering('gte', (order) => order >= 0),
  defineFunction({ parameters: { not: boolean }, effect: 'pure', evaluate: ({ not }) => !not }),
  defineFunction({
    parameters: { contains: path, in: anyValue },
    effect: 'pure',
    evaluate: (args, call) => containsPath(args.contains, args.in, call),
  }),
  defineFunction({
    parameters: { contains_path: path, in: anyValue },
    effect: 'pure',
    evaluate: (args, call) => containsPath(args.contains_path, args.in, call),
  }),
  defineFunction({
    parameters: { contains_field: string, in: anyValue },
    effect: 'pure',
    evaluate: (args, call) =>
      isArray(args.in)
        ? fail(invalidArgument(at(call.position, 'in'), ['Object'], 'Array'))
        : containsPath([args.contains_field], args.in, call),
  }),
  defineFunction({
    parameters: { contains_value: anyValue, in: anyValue },
    effect: 'read',
    evaluate: (args, call) => containsValue(args.contains_value, args.in, call),
  }),
];
