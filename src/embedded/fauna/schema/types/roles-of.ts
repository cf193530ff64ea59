/** What keys and functions may do: their `role` (Key.scala's Role), and the priority of keys and databases. */
import { invalidType, type ValidationFailure, validationFailure, valueRequired } from '../../errors/validation.ts';
import { isBuiltinRole } from '../../security/auth.ts';
import { type FaunaObject, isArray, isRef, type Value } from '../../values/value.ts';
import type { WriteCall } from '../document-type.ts';
import { type FieldRule, storedTypeName, typed } from '../fields.ts';
import { NATIVE } from '../ids.ts';

const isRole = (value: Value): boolean =>
  typeof value === 'string' || (isRef(value) && value.collection === NATIVE.roles);

/** One role, built-in or not, by name or ref; or several of the other kind. */
export const role: FieldRule = (value, path) => {
  if (value === undefined) return { failures: [valueRequired(path)] };
  const fits = isArray(value) ? value.every((found) => isRole(found) && !isBuiltinRole(found)) : isRole(value);
  return fits ? { value } : { failures: [invalidType(path, 'Role', storedTypeName(value))] };
};

export const priority = typed('Priority', (value) =>
  typeof value === 'bigint' && value >= 1n && value <= 500n ? value : undefined,
);

/** Names of roles that are not there. Inside a list a built-in role is looked for by its name like any other. */
export function unknownRoles(fields: FaunaObject, { context }: WriteCall): ValidationFailure[] {
  const given = fields.get('role') ?? null;
  const schema = context.session.catalog.scope(context.auth.scope);
  const names = (isArray(given) ? given : [given].filter((found) => !isBuiltinRole(found))).filter(
    (found) => typeof found === 'string',
  );
  return names
    .filter((found) => schema.find(NATIVE.roles, found) === undefined)
    .map((found) => validationFailure(['role'], `Role name \`${found}\` does not exist.`));
}
