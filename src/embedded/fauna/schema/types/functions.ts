/** User function documents (UserFunction.scala). */
import { schemaValidationFailed } from '../../errors/errors.ts';
import { fail } from '../../errors/query-error.ts';
import type { DocumentType } from '../document-type.ts';
import { anyMap, type FieldRule, name, optional, query, text } from '../fields.ts';
import { references } from '../references.ts';
import { role, unknownRoles } from './roles-of.ts';

/** Text is a body in the language of another version: it passes here, to be refused when all else is right. */
const body: FieldRule = (value, path) => (typeof value === 'string' ? { value } : query(value, path));

export const functionDocument: DocumentType = {
  isSchema: true,
  rules: {
    data: optional(anyMap),
    name,
    role: optional(role),
    body: body,
    signature: optional(text),
  },
  internal: ['internal_sig'],
  keptOnReplace: ['name'],
  check: (_, call, given) => [...references(given, call), ...unknownRoles(given, call)],
  complete: (fields, { position }) => {
    if (typeof fields.get('body') === 'string') {
      fail(schemaValidationFailed(position, 'Invalid type provided for field `body`.'));
    }
    return { stored: fields };
  },
};
