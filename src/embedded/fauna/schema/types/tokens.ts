/** Tokens: what Login gives for a document. */
import { databaseGlobalId } from '../../security/global-id.ts';
import { hashSecret, tokenSecret } from '../../security/secrets.ts';
import type { DocumentType } from '../document-type.ts';
import { anyMap, anyRef, long, optional, text, time } from '../fields.ts';

export const tokenDocument: DocumentType = {
  rules: {
    data: optional(anyMap),
    instance: optional(anyRef),
    ttl: optional(time),
    hashed_secret: optional(text),
    global_id: optional(long),
  },
  internal: ['global_id'],
  complete: (fields, { context: { session, auth }, id }) => {
    if (fields.has('hashed_secret')) return { stored: fields };
    const random = session.randomBytes(20);
    const globalId = databaseGlobalId(session, auth.scope);
    const stored = new Map(fields).set('hashed_secret', hashSecret(random)).set('global_id', globalId);
    const shown = new Map(fields).set('secret', tokenSecret(id, globalId, random));
    return { stored, shown };
  },
};
