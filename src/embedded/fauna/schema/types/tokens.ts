/** Tokens: what Login gives for a document. */
import { databaseGlobalId } from '../../security/global-id.ts';
import { SALT_BYTES } from '../../security/hashes.ts';
import { hashSecret, RANDOM_BYTES, tokenSecret } from '../../security/secrets.ts';
import type { FaunaObject } from '../../values/value.ts';
import type { DocumentType } from '../document-type.ts';
import { anyMap, anyRef, long, optional, text, time } from '../fields.ts';

export const tokenDocument: DocumentType = {
  rules: {
    data: optional(anyMap),
    constraints: optional(anyMap),
    ttl: optional(time),
    instance: anyRef,
    hashed_secret: optional(text),
    global_id: optional(long),
  },
  internal: ['global_id'],
  /** The hash shows when the token is read, not when it is written. */
  complete: (fields, { context: { session, auth }, id }) => {
    if (fields.has('hashed_secret')) return { stored: fields, shown: withoutHash(fields) };
    const random = session.randomBytes(RANDOM_BYTES);
    const globalId = databaseGlobalId(session, auth.scope);
    const hash = hashSecret(random, session.randomBytes(SALT_BYTES));
    const stored = new Map(fields).set('hashed_secret', hash).set('global_id', globalId);
    return { stored, shown: new Map(fields).set('secret', tokenSecret(id, globalId, random)) };
  },
};

const withoutHash = (fields: FaunaObject): FaunaObject =>
  new Map([...fields].filter(([name]) => name !== 'hashed_secret'));
