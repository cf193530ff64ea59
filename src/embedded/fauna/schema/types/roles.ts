/** Role documents. */
import { validationFailed } from '../../errors/errors.ts';
import { elements } from '../../errors/position.ts';
import { fail } from '../../errors/query-error.ts';
import { invalidArity, invalidType, resourcesExceeded, type ValidationFailure } from '../../errors/validation.ts';
import {
  type FaunaObject,
  isArray,
  isObject,
  isRef,
  isTagged,
  type LambdaValue,
  type Value,
  type Version,
} from '../../values/value.ts';
import type { DocumentType, WriteCall } from '../document-type.ts';
import {
  anyMap,
  anyRef,
  type FieldRule,
  name,
  optional,
  query,
  record,
  refOf,
  storedTypeName,
  zeroOrMore,
} from '../fields.ts';
import { NATIVE } from '../ids.ts';
import { references } from '../references.ts';

const ARITY: Readonly<Record<string, number>> = {
  read: 1,
  write: 2,
  create: 1,
  create_with_id: 2,
  delete: 1,
  history_write: 4,
  history_read: 1,
  unrestricted_read: 1,
  call: 1,
};

const action: FieldRule = (value, path) =>
  typeof value === 'boolean' || (value !== undefined && isTagged(value) && value.kind === 'lambda')
    ? { value }
    : {
        failures: [
          invalidType(path, typeof value === 'string' ? 'Query' : 'RoleAction', storedTypeName(value ?? null)),
        ],
      };

const privilege = record({
  resource: anyRef,
  actions: optional(record(Object.fromEntries(Object.keys(ARITY).map((key) => [key, optional(action)])))),
});
const membership = record({ resource: refOf(NATIVE.collections), predicate: optional(query) });

/** One missing value alone passes, and the whole field then counts as empty (FieldType.scala's ZeroOrMore). */
const lenient =
  (rule: FieldRule): FieldRule =>
  (value, path) => {
    const checked = zeroOrMore(rule)(value, path);
    const [only, ...more] = checked.failures ?? [];
    return only?.code === 'value required' && more.length === 0 ? { value } : checked;
  };

export const roleDocument: DocumentType = {
  isSchema: true,
  allowedInContainer: true,
  rules: { data: optional(anyMap), name, membership: lenient(membership), privileges: lenient(privilege) },
  keptOnReplace: ['name'],
  check: (fields, call) => [...arityFailures(fields), ...references(fields, call)],
  written: refuseTooMany,
};

const MAX_ROLES_PER_COLLECTION = 64;

/** A collection's documents are members of so many roles at most. */
function refuseTooMany({ fields, scope }: Version, { context, position }: WriteCall): void {
  const roles = context.session.catalog.scope(scope).all(NATIVE.roles);
  const crowded = listOf(fields.get('membership')).some((membership) => {
    const collection = resourceOf(membership);
    const members = roles.filter((role) =>
      listOf(role.fields.get('membership')).some((other) => resourceOf(other) === collection),
    );
    return members.length > MAX_ROLES_PER_COLLECTION;
  });
  if (!crowded) return;
  const path = elements(position).map(String);
  fail(validationFailed(position, [resourcesExceeded(path, 'roles per membership class', MAX_ROLES_PER_COLLECTION)]));
}

const listOf = (value: Value | undefined): Value[] =>
  value === undefined || value === null ? [] : isArray(value) ? value : [value];

function resourceOf(membership: Value): bigint | undefined {
  const resource = isObject(membership) ? (membership.get('resource') ?? null) : null;
  return isRef(resource) ? resource.id : undefined;
}

/** FaunaDB looks at the arities only where privileges or membership is one object, not a list. */
function arityFailures(fields: FaunaObject): ValidationFailure[] {
  const failures: ValidationFailure[] = [];
  const privileges = fields.get('privileges') ?? null;
  const actions = isObject(privileges) ? (privileges.get('actions') ?? null) : null;
  for (const [key, arity] of Object.entries(ARITY)) {
    const found = isObject(actions) ? (actions.get(key) ?? null) : null;
    if (isLambda(found)) failures.push(...arityFailure(found, arity, ['privileges', 'actions', key]));
  }
  const member = fields.get('membership') ?? null;
  const predicate = isObject(member) ? (member.get('predicate') ?? null) : null;
  if (isLambda(predicate)) failures.push(...arityFailure(predicate, 1, ['membership', 'predicate']));
  return failures;
}

const isLambda = (value: Value): value is LambdaValue => isTagged(value) && value.kind === 'lambda';

function arityFailure({ pattern }: LambdaValue, expected: number, path: string[]): ValidationFailure[] {
  if (pattern.type === 'ignore') return [];
  const actual = pattern.type === 'name' ? 1 : pattern.elements.length;
  return actual === expected ? [] : [invalidArity(path, expected, String(actual))];
}
