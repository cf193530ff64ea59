/** User function documents. */
import type { DocumentType } from '../document-type.ts';
import { anyMap, name, optional, query } from '../fields.ts';
import { references } from '../references.ts';
import { role, unknownRoles } from './roles-of.ts';

export const functionDocument: DocumentType = {
  isSchema: true,
  rules: { data: optional(anyMap), name, body: query, role: optional(role), permissions: optional(anyMap) },
  keptOnReplace: ['name'],
  check: (fields, call) => [...references(fields, call), ...unknownRoles(fields, call)],
};
