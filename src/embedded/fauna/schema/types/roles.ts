/** Role documents (Role.scala). */
import { validationFailed } from '../../errors/errors.ts';
import { elements } from '../../errors/position.ts';
import { fail } from '../../errors/query-error.ts';
import { invalidArity, resourcesExceeded, type ValidationFailure } from '../../errors/validation.ts';
import { type FaunaObject, isObject, isRef, type Value, type Version } from '../../values/value.ts';
import type { DocumentType, WriteCall } from '../document-type.ts';
import { anyMap, name, optional } from '../fields.ts';
import { NATIVE } from '../ids.ts';
import { references } from '../references.ts';
import { ACTION_ARITIES, isLambda, listOf, membership, privileges, textFailures } from './role-fields.ts';

export const roleDocument: DocumentType = {
  isSchema: true,
  allowedInContainer: true,
  rules: { data: optional(anyMap), name, membership, privileges },
  keptOnReplace: ['name'],
  check: (fields, call, given) => [...arityFailures(given), ...textFailures(fields), ...references(given, call)],
  written: refuseTooMany,
};

const MAX_ROLES_PER_COLLECTION = 64;

/** A collection's documents are members of so many roles at most. */
function refuseTooMany({ fields, scope }: Version, { context, position }: WriteCall): void {
  const roles = context.session.catalog.scope(scope).all(NATIVE.roles);
  const crowded = listOf(fields.get('membership')).some((found) => {
    const collection = resourceOf(found);
    const members = roles.filter((role) =>
      listOf(role.fields.get('membership')).some((other) => resourceOf(other) === collection),
    );
    return collection !== undefined && members.length > MAX_ROLES_PER_COLLECTION;
  });
  if (!crowded) return;
  const path = elements(position).map(String);
  fail(validationFailed(position, [resourcesExceeded(path, 'roles per membership class', MAX_ROLES_PER_COLLECTION)]));
}

function resourceOf(found: Value): bigint | undefined {
  const resource = isObject(found) ? (found.get('resource') ?? null) : null;
  return isRef(resource) ? resource.id : undefined;
}

/** FaunaDB looks at the arities only where privileges or membership is one object, not a list. */
function arityFailures(fields: FaunaObject): ValidationFailure[] {
  const actions = fieldOf(fields.get('privileges'), 'actions');
  const expected: [Value, number, string[]][] = Object.entries(ACTION_ARITIES).map(([action, arity]) => [
    fieldOf(actions, action),
    arity,
    ['privileges', 'actions', action],
  ]);
  expected.push([fieldOf(fields.get('membership'), 'predicate'), 1, ['membership', 'predicate']]);
  return expected.flatMap(([found, arity, path]) => arityFailure(found, arity, path));
}

const fieldOf = (value: Value | undefined, field: string): Value =>
  value !== undefined && isObject(value) ? (value.get(field) ?? null) : null;

function arityFailure(found: Value, expected: number, path: string[]): ValidationFailure[] {
  if (!isLambda(found) || found.pattern.type === 'ignore') return [];
  const actual = found.pattern.type === 'name' ? 1 : found.pattern.elements.length;
  return actual === expected ? [] : [invalidArity(path, expected, String(actual))];
}
