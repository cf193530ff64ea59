/** Key documents. The secret is answered once and kept as a hash. */

import { invalidSecret, type ValidationFailure } from '../../errors/validation.ts';
import { SALT_BYTES } from '../../security/hashes.ts';
import { hashSecret, keySecret, parseSecret, RANDOM_BYTES } from '../../security/secrets.ts';
import type { FaunaObject } from '../../values/value.ts';
import type { DocumentType, WriteCall } from '../document-type.ts';
import { anyMap, optional, refOf, text, time } from '../fields.ts';
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
    secret: optional(text),
    hashed_secret: optional(text),
  },
  createOnly: ['hashed_secret'],
  check: (fields, call) => [
    ...secretFailures(fields, call),
    ...references(fields, call),
    ...unknownRoles(fields, call),
  ],
  /** The secret shows in this answer only; who brings a hash knows it already. */
  complete: (fields, { context: { session }, id }) => {
    const stored = new Map([...fields].filter(([field]) => field !== 'secret'));
    const given = parseSecret(String(fields.get('secret')));
    if (!given && fields.has('hashed_secret')) return { stored };
    const random = given?.random ?? session.randomBytes(RANDOM_BYTES);
    stored.set('hashed_secret', hashSecret(random, session.randomBytes(SALT_BYTES)));
    return { stored, shown: given ? stored : new Map([...stored, ['secret', keySecret(id, random)]]) };
  },
  written: (version, { context: { session } }) =>
    session.transaction.putLookup('key', version.id, version.scope, version.id),
  deleted: (version, { session }) => session.transaction.dropLookup('key', version.id),
};

/** A key may be made with a secret, if it has the key's own number in it. */
function secretFailures(fields: FaunaObject, { id }: WriteCall): ValidationFailure[] {
  const given = fields.get('secret');
  if (typeof given !== 'string') return [];
  const parsed = parseSecret(given);
  return parsed?.type === 'key' && parsed.id === id ? [] : [invalidSecret(['secret'])];
}
