/** Key documents. The secret is answered once and kept as a hash. */

import { getVersion } from '../../documents/read.ts';
import { duplicateValue, invalidSecret, invalidType, type ValidationFailure } from '../../errors/validation.ts';
import { SALT_BYTES } from '../../security/hashes.ts';
import { hashSecret, keySecret, parseSecret, RANDOM_BYTES, secretMatches } from '../../security/secrets.ts';
import { type FaunaObject, ref } from '../../values/value.ts';
import type { DocumentType, Prepared, WriteCall } from '../document-type.ts';
import { anyMap, optional, refOf, storedTypeName, text, time } from '../fields.ts';
import { NATIVE } from '../ids.ts';
import { references } from '../references.ts';
import { priority, role, unknownRoles } from './roles-of.ts';

export const keyDocument: DocumentType = {
  allowedInContainer: true,
  rules: {
    data: optional(anyMap),
    role: role,
    database: optional(refOf(NATIVE.databases, 'Database Ref')),
    priority: optional(priority),
    ttl: optional(time),
    hashed_secret: optional(text),
  },
  createOnly: ['hashed_secret'],
  prepare: withHashedSecret,
  check: (_, call, given) => [...references(given, call), ...unknownRoles(given, call)],
  /** The secret shows in this answer only; who brings one, or its hash, knows it already. */
  complete: (fields, { context: { session }, id }) => {
    if (fields.has('hashed_secret')) return { stored: fields };
    const random = session.randomBytes(RANDOM_BYTES);
    const stored = new Map(fields).set('hashed_secret', hashSecret(random, session.randomBytes(SALT_BYTES)));
    return { stored, shown: new Map([...stored, ['secret', keySecret(id, random)]]) };
  },
  written: (version, { context: { session } }) =>
    session.transaction.putLookup('key', version.id, version.scope, version.id),
  deleted: (version, { context: { session } }) => session.transaction.dropLookup('key', version.id),
};

/**
 * A key may be made with a secret that has the key's own number in it, or with a hash, but not with another key's
 * (Key.scala's SecretValidator). A hash is taken whatever the secret beside it is, unless that is one.
 */
function withHashedSecret(patch: FaunaObject, call: WriteCall): Prepared {
  const [secret, hash] = [patch.get('secret') ?? null, patch.get('hashed_secret') ?? null];
  const refused = (...failures: ValidationFailure[]): Prepared => ({ patch, failures });
  if (typeof secret === 'string') {
    const parsed = parseSecret(secret);
    if (parsed?.type !== 'key' || parsed.id !== call.id) return refused(invalidSecret(['secret']));
    if (isElsewhere(call, (other) => secretMatches(parsed, other))) return refused(duplicateValue(['secret']));
    const salt = call.context.session.randomBytes(SALT_BYTES);
    return { patch: new Map(patch).set('hashed_secret', hashSecret(parsed.random, salt)), failures: [] };
  }
  if (typeof hash === 'string') {
    return isElsewhere(call, () => true) ? refused(duplicateValue(['hashed_secret'])) : { patch, failures: [] };
  }
  const wrong = Object.entries({ secret, hashed_secret: hash }).filter(([, value]) => value !== null);
  return refused(...wrong.map(([name, value]) => invalidType([name], 'String', storedTypeName(value))));
}

/** Whether a key of this number and such a hash is in another database. */
function isElsewhere({ context: { session, auth }, id }: WriteCall, matches: (hash: string) => boolean): boolean {
  const place = session.transaction.lookup('key', id);
  if (!place || place.scope === auth.scope) return false;
  const other = getVersion(session, ref(place.scope, NATIVE.keys, id), undefined)?.fields.get('hashed_secret');
  return typeof other === 'string' && matches(other);
}
