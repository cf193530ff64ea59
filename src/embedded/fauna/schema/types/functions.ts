/** User function documents. */
import { isRef } from '../../values/value.ts';
import type { DocumentType } from '../document-type.ts';
import { anyMap, name, optional, query, typed } from '../fields.ts';
import { NATIVE } from '../ids.ts';
import { references } from '../references.ts';

const role = typed('Role', (value) =>
  typeof value === 'string' || (isRef(value) && value.collection === NATIVE.roles) ? value : undefined,
);

export const functionDocument: DocumentType = {
  isSchema: true,
  rules: { data: optional(anyMap), name, body: query, role: optional(role), permissions: optional(anyMap) },
  keptOnReplace: ['name', 'body'],
  check: references,
};
