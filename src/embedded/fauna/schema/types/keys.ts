/** Key documents. The secret is answered once and kept as a hash. */

import { invalidType, validationFailure, valueRequired } from '../../errors/validation.ts';
import { isBuiltinRole } from '../../security/auth.ts';
import { hashSecret, keySecret } from '../../security/secrets.ts';
import { isArray, isRef, type Value } from '../../values/value.ts';
import type { DocumentType } from '../document-type.ts';
import { anyMap, type FieldRule, long, optional, refOf, storedTypeName, text, time } from '../fields.ts';
import { NATIVE } from '../ids.ts';
import { references } from '../references.ts';

const isRole = (value: Value): boolean =>
  typeof value === 'string' || (isRef(value) && value.collection === NATIVE.roles);

const role: FieldRule = (value, path) => {
  if (value === undefined) return { failures: [valueRequired(path)] };
  const fits = isArray(value) ? value.every((found) => isRole(found) && !isBuiltinRole(found)) : isRole(value);
  return fits ? { value } : { failures: [invalidType(path, 'Role', storedTypeName(value))] };
};

export const keyDocument: DocumentType = {
  allowedInContainer: true,
  rules: {
    data: optional(anyMap),
    role,
    database: optional(refOf(NATIVE.databases, 'Ref')),
    priority: optional(long),
    ttl: optional(time),
    hashed_secret: optional(text),
  },
  createOnly: ['hashed_secret'],
  check: (fields, call) => {
    const given = fields.get('role') ?? null;
    const schema = call.context.session.catalog.scope(call.context.auth.scope);
    const unknown = (isArray(given) ? given : [given]).filter(
      (found) => typeof found === 'string' && !isBuiltinRole(found) && schema.find(NATIVE.roles, found) === undefined,
    );
    return [
      ...references(fields, call),
      ...unknown.map((found) => validationFailure(['role'], `Role name \`${String(found)}\` does not exist.`)),
    ];
  },
  complete: (fields, { context: { session }, id }) => {
    if (fields.has('hashed_secret')) return { stored: fields };
    const random = session.randomBytes(20);
    const stored = new Map(fields).set('hashed_secret', hashSecret(random));
    return { stored, shown: new Map([...stored, ['secret', keySecret(id, random)]]) };
  },
  written: (version, { context: { session } }) =>
    session.transaction.putLookup('key', version.id, version.scope, version.id),
  deleted: (version, { session }) => session.transaction.dropLookup('key', version.id),
};
