/** Documents of users' collections. `credentials` in one is written as a credentials document of its own. */
import { ownedBy } from '../../documents/owned.ts';
import { invalidType, type ValidationFailure } from '../../errors/validation.ts';
import { type FaunaObject, isObject, object, ref } from '../../values/value.ts';
import type { DocumentType, WriteCall } from '../document-type.ts';
import { anyMap, optional, storedTypeName, time } from '../fields.ts';
import { NATIVE } from '../ids.ts';
import { passwordFailures, setsAnyPassword, withHashedPassword } from './passwords.ts';

export const userDocument: DocumentType = {
  rules: {
    data: optional(anyMap),
    constraints: optional(anyMap),
    ttl: optional(time),
    credentials: optional((value) => ({ value })),
  },
  defaults: object({}),
  prepare: (patch, call) => ({ patch, failures: credentialFailures(patch, call) }),
  complete: (fields, call) => {
    if (!fields.has('credentials')) return { stored: fields };
    writeCredentials(fields.get('credentials') as FaunaObject, call);
    return { stored: new Map([...fields].filter(([name]) => name !== 'credentials')) };
  },
};

/** The document itself never holds credentials, so none of a password is ever asked for its predecessor here. */
function credentialFailures(fields: FaunaObject, { context }: WriteCall): ValidationFailure[] {
  const given = fields.get('credentials') ?? null;
  if (given === null) return [];
  if (isObject(given)) return passwordFailures(given, new Map(), context, ['credentials']);
  const names = ['password', setsAnyPassword(context) ? 'hashed_password' : 'current_password'];
  return names.map((name) => invalidType(['credentials', name], 'Map', storedTypeName(given)));
}

/** With a server's rights: who may write the document may write its password. */
function writeCredentials(given: FaunaObject, { context, id, collection, writer, position }: WriteCall): void {
  const hashed = withHashedPassword(given, context).get('hashed_password');
  if (hashed === undefined || hashed === null) return;
  const target = ref(context.auth.scope, collection, id);
  const fields = object({ hashed_password: hashed });
  const asServer = { ...context, auth: { ...context.auth, permissions: { type: 'server' } as const } };
  const [existing] = ownedBy(context.session, NATIVE.credentials, target);
  if (existing) writer.update(asServer, existing, fields, position);
  else writer.create(asServer, NATIVE.credentials, fields.set('instance', target), position);
}
