/** The numbers of Fauna's own collections. They are FaunaDB's (ID.scala), since refs sort by them. */
export const NATIVE = {
  databases: 0,
  collections: 1,
  keys: 2,
  tokens: 3,
  indexes: 7,
  credentials: 10,
  functions: 11,
  roles: 12,
  access_providers: 13,
} as const;

export type NativeName = keyof typeof NATIVE;

/** The first number a user's collection gets. */
export const FIRST_COLLECTION = 1024;
export const LAST_COLLECTION = 32_767;
/** User indexes start above FaunaDB's native ones; number 0 is ours for "documents by collection". */
export const FIRST_INDEX = 32_768n;
export const DOCUMENTS_INDEX = 0;
/** FaunaDB's own indexes that say what belongs to a document. */
export const TOKENS_BY_DOCUMENT = 1n;
export const CREDENTIALS_BY_DOCUMENT = 2n;
export const ROOT_SCOPE = 0;

const BY_ID = new Map<number, NativeName>(Object.entries(NATIVE).map(([name, id]) => [id, name as NativeName]));

/** `classes` is the older name of `collections`. */
export function nativeByName(name: string): number | undefined {
  if (name === 'classes') return NATIVE.collections;
  return Object.hasOwn(NATIVE, name) ? NATIVE[name as NativeName] : undefined;
}
export const nativeName = (id: number): NativeName | undefined => BY_ID.get(id);
export const isUserCollection = (id: number): boolean => id >= FIRST_COLLECTION;

/** Collections whose documents are addressed by name. */
export const hasName = (collection: number): boolean =>
  collection === NATIVE.databases ||
  collection === NATIVE.collections ||
  collection === NATIVE.indexes ||
  collection === NATIVE.functions ||
  collection === NATIVE.roles ||
  collection === NATIVE.access_providers;

const LABELS: Record<NativeName, string> = {
  databases: 'Database',
  collections: 'Collection',
  keys: 'Key',
  tokens: 'Token',
  indexes: 'Index',
  credentials: 'Credentials',
  functions: 'Function',
  roles: 'Role',
  access_providers: 'other',
};
/** What errors call a document of the collection: `Collection not found.`, `Document not found.` */
export function documentLabel(collection: number): string {
  const name = nativeName(collection);
  return name ? LABELS[name] : 'Document';
}
