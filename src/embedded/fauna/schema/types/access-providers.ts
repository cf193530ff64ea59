/** Access provider documents (AccessProvider.scala). */
import {
  duplicateValue,
  invalidType,
  invalidUri,
  type ValidationFailure,
  validationFailure,
  valueRequired,
} from '../../errors/validation.ts';
import { isBuiltinRole } from '../../security/auth.ts';
import { audienceOf, databaseGlobalId } from '../../security/global-id.ts';
import { type FaunaObject, isArray, isObject, isRef, isTagged, object, type Value } from '../../values/value.ts';
import type { DocumentType, WriteCall } from '../document-type.ts';
import { anyMap, type FieldRule, name, optional, refined, storedTypeName, text, typed } from '../fields.ts';
import { NATIVE } from '../ids.ts';
import { references } from '../references.ts';

const uri = refined(
  typed('URI', (value) => (typeof value === 'string' ? value : undefined)),
  (value) => {
    const found = String(value);
    const valid = URL.canParse(found) && new URL(found).protocol === 'https:';
    return valid ? [] : [invalidUri(['jwks_uri'], found)];
  },
);

const isRoleRef = (value: Value): boolean =>
  typeof value === 'string' || (isRef(value) && value.collection === NATIVE.roles);

const role: FieldRule = (value, field) => {
  const given = value ?? null;
  if (isRoleRef(given)) return { value: given };
  if (!isObject(given)) return { failures: [invalidType(field, 'Role', storedTypeName(given))] };
  const inner = given.get('role');
  const predicate = given.get('predicate');
  if (inner === undefined) return { failures: [valueRequired(['role'])] };
  if (!isRoleRef(inner)) return { failures: [invalidType(['role'], 'Ref', storedTypeName(inner))] };
  if (predicate === undefined) return { failures: [valueRequired(['predicate'])] };
  if (!isTagged(predicate) || predicate.kind !== 'lambda') {
    const path = typeof predicate === 'string' ? ['roles', 'predicate'] : ['predicate'];
    return { failures: [invalidType(path, 'Query', storedTypeName(predicate))] };
  }
  return { value: object({ role: inner, predicate }) };
};

const roles: FieldRule = (value, path) => {
  if (value === undefined || value === null) return {};
  if (!isArray(value)) return role(value, path);
  const checked = value.map((found) => role(found, path));
  return {
    value: checked.flatMap((result) => (result.value === undefined ? [] : [result.value])),
    failures: checked.flatMap((result) => result.failures ?? []),
  };
};

export const accessProviderDocument: DocumentType = {
  isSchema: true,
  allowedInContainer: true,
  rules: { data: optional(anyMap), name, issuer: text, jwks_uri: uri, roles, audience: optional(text) },
  createOnly: ['audience'],
  keptOnReplace: ['name', 'issuer', 'jwks_uri', 'roles'],
  check: (fields, call) => [
    ...issuerFailures(fields, call),
    ...references(fields, call),
    ...roleFailures(fields, call),
  ],
  complete: (fields, { context: { session, auth } }) => ({
    stored: new Map(fields).set('audience', audienceOf(databaseGlobalId(session, auth.scope))),
  }),
};

function issuerFailures(fields: FaunaObject, { context, id }: WriteCall): ValidationFailure[] {
  const others = context.session.catalog.scope(context.auth.scope).all(NATIVE.access_providers);
  const taken = others.some((other) => other.id !== id && other.fields.get('issuer') === fields.get('issuer'));
  return taken ? [duplicateValue(['issuer'])] : [];
}

function roleFailures(fields: FaunaObject, { context }: WriteCall): ValidationFailure[] {
  const given = fields.get('roles') ?? null;
  const names = (isArray(given) ? given : [given])
    .map((found) => (isObject(found) ? (found.get('role') ?? null) : found))
    .filter((found) => typeof found === 'string');
  const schema = context.session.catalog.scope(context.auth.scope);
  return [
    ...names
      .filter((found) => !isBuiltinRole(found) && schema.find(NATIVE.roles, found) === undefined)
      .map((found) => validationFailure(['roles'], `Role \`${found}\` does not exist.`)),
    ...names
      .filter(isBuiltinRole)
      .map((found) => validationFailure(['roles'], `Builtin role \`${found}\` not allowed.`)),
  ];
}
