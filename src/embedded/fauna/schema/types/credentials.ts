/** Credentials: a document's password, kept as a hash. They are usually written through their document. */
import { validationFailed } from '../../errors/errors.ts';
import { fail } from '../../errors/query-error.ts';
import type { DocumentType } from '../document-type.ts';
import { anyMap, anyRef, optional, text, time } from '../fields.ts';
import { passwordFailures, withHashedPassword } from './passwords.ts';

export const credentialsDocument: DocumentType = {
  rules: {
    data: optional(anyMap),
    constraints: optional(anyMap),
    ttl: optional(time),
    instance: anyRef,
    hashed_password: optional(text),
  },
  prepare: (patch, { context, base, position }) => {
    const failures = passwordFailures(patch, base, context);
    if (failures.length > 0) fail(validationFailed(position, failures));
    return withHashedPassword(patch, context);
  },
};
