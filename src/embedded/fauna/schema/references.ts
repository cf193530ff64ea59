/** Refs in schema documents must lead to something the writer may read (SharedValidators.scala). */
import { getVersion } from '../documents/read.ts';
import { invalidReference, referenceMissing, type ValidationFailure } from '../errors/validation.ts';
import type { Session } from '../language/context.ts';
import { checkAction } from '../security/permissions.ts';
import { type FaunaObject, isArray, isObject, isRef, type Ref, ref, type Value } from '../values/value.ts';
import type { WriteCall } from './document-type.ts';
import { isUserCollection, NATIVE } from './ids.ts';

export function references(fields: FaunaObject, call: WriteCall): ValidationFailure[] {
  return collect(fields, []).flatMap(([found, path]) => {
    if (found.collection === NATIVE.collections && !isUserCollection(Number(found.id))) return [];
    const { context } = call;
    const resource = ref(found.scope, NATIVE.collections, BigInt(found.collection));
    if (!checkAction(context, { action: 'read', resource, document: found, argument: found })) {
      return [invalidReference(path)];
    }
    return getVersion(context.session, found, undefined) ? [] : [referenceMissing(path)];
  });
}

/** The refs among the fields that lead to nothing in another database's scope, where they are to go. */
export const brokenReferences = (session: Session, fields: FaunaObject, scope: number): ValidationFailure[] =>
  collect(fields, []).flatMap(([{ collection, id }, path]) =>
    (collection === NATIVE.collections && !isUserCollection(Number(id))) ||
    getVersion(session, ref(scope, collection, id), undefined)
      ? []
      : [referenceMissing(path)],
  );

/** Arrays do not show in a failure's path. */
function collect(value: Value, path: readonly string[]): [Ref, readonly string[]][] {
  if (isRef(value)) return [[value, path]];
  if (isArray(value)) return value.flatMap((element) => collect(element, path));
  if (isObject(value)) return [...value].flatMap(([key, field]) => collect(field, [...path, key]));
  return [];
}
