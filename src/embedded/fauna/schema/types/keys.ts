/** Key documents. The secret is answered once and kept as a hash. */

import { getVersion } from '../../documents/read.ts';
import { validationFailed } from '../../errors/errors.ts';
import { fail } from '../../errors/query-error.ts';
import { duplicateValue, invalidSecret, invalidType, type ValidationFailure } from '../../errors/validation.ts';
import { SALT_BYTES } from '../../security/hashes.ts';
import { hashSecret, keySecret, parseSecret, RANDOM_BYTES, secretMatches } from '../../security/secrets.ts';
import { type FaunaObject, ref } from '../../values/value.ts';
import type { DocumentType, WriteCall } from '../document-type.ts';
import { anyMap, optional, refOf, storedTypeName, text, time } from '../fields.ts';
import { NATIVE } from '../ids.ts';
import { references } from '../references.ts';
import { priority, role, unknownRoles } from './roles-of.ts';

export const keyDocument: DocumentType = {
  allowedInContainer: true,
  rules: {
    data: optional(anyMap),
    role,
    database: optional(refOf(NATIVE.databases, 'Ref')),
    priority: optional(priority),
    ttl: optional(time),
    hashed_secret: optional(text),
  },
  createOnly: ['hashed_secret'],
  prepare: withHashedSecret,
  check: (fields, call) => [...references(fields, call), ...unknownRoles(fields, call)],
  /** The secret shows in this answer only; who brings one, or its hash, knows it already. */
  complete: (fields, { context: { session }, id }) => {
    if (fields.has('hashed_secret')) return { stored: fields };
    const random = session.randomBytes(RANDOM_BYTES);
    const stored = new Map(fields).set('hashed_secret', hashSecret(random, session.randomBytes(SALT_BYTES)));
    return { stored, shown: new Map([...stored, ['secret', keySecret(id, random)]]) };
  },
  written: (version, { context: { session } }) =>
    session.transaction.putLookup('key', version.id, version.scope, version.id),
  deleted: (version, { session }) => session.transaction.dropLookup('key', version.id),
};

/** A key may be made with a secret that has the key's own number in it, or with a hash, but not with another key's. */
function withHashedSecret(patch: FaunaObject, call: WriteCall): FaunaObject {
  const [secret, hash] = [patch.get('secret') ?? null, patch.get('hashed_secret') ?? null];
  const prepared = new Map([...patch].filter(([name]) => name !== 'secret'));
  const refuse = (failure: ValidationFailure): never => fail(validationFailed(call.position, [failure]));
  if (secret !== null) {
    if (typeof secret !== 'string') return refuse(invalidType(['secret'], 'String', storedTypeName(secret)));
    const parsed = parseSecret(secret);
    if (parsed?.type !== 'key' || parsed.id !== call.id) return refuse(invalidSecret(['secret']));
    if (isElsewhere(call, (other) => secretMatches(parsed, other))) refuse(duplicateValue(['secret']));
    const salt = call.context.session.randomBytes(SALT_BYTES);
    return prepared.set('hashed_secret', hashSecret(parsed.random, salt));
  }
  if (typeof hash === 'string' && isElsewhere(call, () => true)) refuse(duplicateValue(['hashed_secret']));
  return prepared;
}

/** Whether a key of this number and such a hash is in another database. */
function isElsewhere({ context: { session, auth }, id }: WriteCall, matches: (hash: string) => boolean): boolean {
  const place = session.transaction.lookup('key', id);
  if (!place || place.scope === auth.scope) return false;
  const other = getVersion(session, ref(place.scope, NATIVE.keys, id), undefined)?.fields.get('hashed_secret');
  return typeof other === 'string' && matches(other);
}
