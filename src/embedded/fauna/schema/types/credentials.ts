/** Credentials: a document's password, kept as a hash. They are usually written through their document. */

import { invalidPassword } from '../../errors/validation.ts';
import { hashPassword, passwordMatches } from '../../security/passwords.ts';
import type { DocumentType } from '../document-type.ts';
import { anyMap, anyRef, optional, text } from '../fields.ts';

export const credentialsDocument: DocumentType = {
  rules: {
    data: optional(anyMap),
    instance: anyRef,
    hashed_password: optional(text),
    password: optional(text),
    current_password: optional(text),
  },
  check: (fields, { previous, context }) => {
    if (context.auth.permissions.type === 'server') return [];
    const old = previous?.fields.get('hashed_password');
    const given = fields.get('current_password');
    if (!fields.has('password') || old === undefined) return [];
    return typeof given === 'string' && passwordMatches(given, String(old))
      ? []
      : [invalidPassword(['current_password'])];
  },
  complete: (fields, { context }) => {
    const password = fields.get('password');
    const stored = new Map(fields);
    stored.delete('password');
    stored.delete('current_password');
    if (typeof password === 'string')
      stored.set('hashed_password', hashPassword(password, context.session.randomBytes(16)));
    return { stored };
  },
};
