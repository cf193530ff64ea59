/** The type of document each collection holds. */
import type { DocumentType } from '../document-type.ts';
import { NATIVE } from '../ids.ts';
import { accessProviderDocument } from './access-providers.ts';
import { collectionDocument } from './collections.ts';
import { credentialsDocument } from './credentials.ts';
import { databaseDocument } from './databases.ts';
import { userDocument } from './documents.ts';
import { functionDocument } from './functions.ts';
import { indexDocument } from './indexes.ts';
import { keyDocument } from './keys.ts';
import { roleDocument } from './roles.ts';
import { tokenDocument } from './tokens.ts';

const TYPES = new Map<number, DocumentType>([
  [NATIVE.databases, databaseDocument],
  [NATIVE.collections, collectionDocument],
  [NATIVE.keys, keyDocument],
  [NATIVE.tokens, tokenDocument],
  [NATIVE.indexes, indexDocument],
  [NATIVE.credentials, credentialsDocument],
  [NATIVE.functions, functionDocument],
  [NATIVE.roles, roleDocument],
  [NATIVE.access_providers, accessProviderDocument],
]);

export const documentType = (collection: number): DocumentType => TYPES.get(collection) ?? userDocument;
