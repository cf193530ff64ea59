/** Credentials: a document's password, kept as a hash. They are usually written through their document. */
import type { DocumentType } from '../document-type.ts';
import { anyMap, anyRef, optional, time } from '../fields.ts';
import { passwordFailures, withHashedPassword } from './passwords.ts';

export const credentialsDocument: DocumentType = {
  rules: {
    data: optional(anyMap),
    constraints: optional(anyMap),
    ttl: optional(time),
    instance: anyRef,
    // Only ever what `prepare` lets through.
    hashed_password: optional((value) => ({ value })),
  },
  prepare: (patch, { context, base }) => {
    const failures = passwordFailures(patch, base, context);
    return { patch: failures.length > 0 ? patch : withHashedPassword(patch, context), failures };
  },
};
