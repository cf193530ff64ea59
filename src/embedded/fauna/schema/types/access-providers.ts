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
import { type FaunaObject, isObject, isRef, type Value } from '../../values/value.ts';
import type { DocumentType, WriteCall } from '../document-type.ts';
import { anyMap, type FieldRule, name, optional, refined, storedTypeName, text, typed } from '../fields.ts';
import { NATIVE } from '../ids.ts';
import { references } from '../references.ts';
import { isHttpsUrl } from './java-url.ts';
import { isLambda, listOf } from './role-fields.ts';

const uri = refined(
  typed('URI', (value) => (typeof value === 'string' ? value : undefined)),
  (value) => (isHttpsUrl(String(value)) ? [] : [invalidUri(['jwks_uri'], String(value))]),
);

const isRoleRef = (value: Value): boolean => isRef(value) && value.collection === NATIVE.roles;

/** Of one of the roles the first thing that is wrong. Inside an object fields are named without the way to it. */
function roleFailure(given: Value): ValidationFailure | undefined {
  if (typeof given === 'string' || isRoleRef(given)) return undefined;
  if (!isObject(given)) return invalidType(['roles'], 'Role', storedTypeName(given));
  const [role, predicate] = [given.get('role'), given.get('predicate')];
  if (role === undefined) return valueRequired(['role']);
  if (typeof role !== 'string' && !isRoleRef(role)) return invalidType(['role'], 'Role Ref', storedTypeName(role));
  if (predicate === undefined) return valueRequired(['predicate']);
  if (typeof predicate === 'string' || isLambda(predicate)) return undefined;
  return invalidType(['predicate'], 'Query', storedTypeName(predicate));
}

const roles: FieldRule = (value) => {
  const [failure] = listOf(value).flatMap((found) => roleFailure(found) ?? []);
  return { value, ...(failure ? { failures: [failure] } : {}) };
};

/** A predicate that is text is of version 10. */
const textFailures = (fields: FaunaObject): ValidationFailure[] =>
  listOf(fields.get('roles')).some((found) => isObject(found) && typeof found.get('predicate') === 'string')
    ? [invalidType(['roles', 'predicate'], 'Query', 'String')]
    : [];

export const accessProviderDocument: DocumentType = {
  isSchema: true,
  allowedInContainer: true,
  rules: {
    data: optional(anyMap),
    name,
    issuer: text,
    jwks_uri: uri,
    roles: roles,
    audience: optional(text),
  },
  createOnly: ['audience'],
  keptOnReplace: ['name', 'issuer', 'jwks_uri', 'roles'],
  check: (fields, call, given) => [
    ...textFailures(fields),
    ...issuerFailures(given, call),
    ...references(given, call),
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
  const names = listOf(fields.get('roles'))
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
