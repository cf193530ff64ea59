/** Collection documents. */
import { object } from '../../values/value.ts';
import type { DocumentType } from '../document-type.ts';
import { anyMap, flag, long, name, nonNegative, optional } from '../fields.ts';
import { FIRST_COLLECTION, NATIVE } from '../ids.ts';

export const collectionDocument: DocumentType = {
  isSchema: true,
  rules: {
    data: optional(anyMap),
    name,
    history_days: optional(nonNegative),
    ttl_days: optional(long),
    document_ttls: optional(flag),
    permissions: optional(anyMap),
  },
  defaults: object({ history_days: 0n }),
  keptOnReplace: ['name', 'history_days'],
  /** Sequential, as refs sort by it and FaunaDB's are. Numbers of deleted collections are not used again. */
  nextId: ({ session, auth }) => {
    const highest = session.transaction.maxId(auth.scope, NATIVE.collections);
    return highest === undefined ? BigInt(FIRST_COLLECTION) : highest + 1n;
  },
};
