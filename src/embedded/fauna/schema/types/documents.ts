/** Documents of users' collections. */
import { object } from '../../values/value.ts';
import type { DocumentType } from '../document-type.ts';
import { anyMap, optional, time } from '../fields.ts';

export const userDocument: DocumentType = {
  rules: { data: optional(anyMap), constraints: optional(anyMap), ttl: optional(time) },
  defaults: object({}),
};
