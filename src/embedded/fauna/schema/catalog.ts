/**
 * A scope's schema by name and number. It is read whole when first asked for and kept until a schema document changes
 * anywhere in the file, which the store counts.
 */
import type { Transaction } from '../store/transaction.ts';
import type { LoadRules } from '../values/codec.ts';
import { decodeValue } from '../values/decode.ts';
import { microsOfTime } from '../values/time.ts';
import { type FaunaObject, isObject, isTagged } from '../values/value.ts';
import { CREDENTIALS_BY_DOCUMENT, DOCUMENTS_INDEX, NATIVE, ROOT_SCOPE, TOKENS_BY_DOCUMENT } from './ids.ts';
import type { CollectionSchema, DatabaseSchema, IndexSchema, NamedDocument } from './model.ts';
import { readIndex } from './read-index.ts';

const NAMED = [
  NATIVE.databases,
  NATIVE.collections,
  NATIVE.indexes,
  NATIVE.functions,
  NATIVE.roles,
  NATIVE.access_providers,
] as const;

export interface ScopeSchema {
  /** The number of a schema document by its name. */
  find(collection: number, name: string): bigint | undefined;
  get(collection: number, id: bigint): NamedDocument | undefined;
  all(collection: number): readonly NamedDocument[];
  collection(id: number): CollectionSchema | undefined;
  index(id: bigint): IndexSchema | undefined;
  /** Those that hold the collection's documents, inactive ones included. */
  indexesOf(collection: number): readonly IndexSchema[];
}

export interface Catalog {
  /** The same for transactions that see the same schema, until they change it. */
  readonly version: bigint;
  scope(scope: number): ScopeSchema;
  /** The database whose documents live in the scope; the root has one too. */
  database(scope: number): DatabaseSchema | undefined;
  /** The name a schema document had before this transaction deleted it: the answer to Delete still shows its ref. */
  formerName(scope: number, collection: number, id: bigint): string | undefined;
  /** To be called after a schema document was written. */
  changed(): void;
}

export const ROOT_DATABASE: DatabaseSchema = {
  scope: ROOT_SCOPE,
  parent: undefined,
  id: 0n,
  name: '__root__',
  globalId: 0n,
  container: false,
  protected: undefined,
};

/** Opens the catalog as a transaction sees it. What is read before a change in it serves later transactions too. */
export function createCatalogCache(rules: (scope: number) => LoadRules): (transaction: Transaction) => Catalog {
  let version = -1n;
  let shared = new Map<number, ScopeSchema>();
  return (transaction) => {
    const current = transaction.counter('schema');
    if (current !== version) {
      version = current;
      shared = new Map();
    }
    let scopes = shared;
    const former: Map<number, ScopeSchema>[] = [];
    const catalog: Catalog = {
      version,
      changed: () => {
        transaction.schemaChanged = true;
        former.push(scopes);
        scopes = new Map();
      },
      formerName: (scope, collection, id) =>
        former.map((known) => known.get(scope)?.get(collection, id)?.name).findLast((name) => name !== undefined),
      scope: (scope) => {
        const known = scopes.get(scope);
        if (known) return known;
        const schema = readScope(transaction, scope, rules(scope));
        scopes.set(scope, schema);
        return schema;
      },
      database: (scope) => {
        if (scope === ROOT_SCOPE) return ROOT_DATABASE;
        const place = transaction.lookup('scope', BigInt(scope));
        const found = place && catalog.scope(place.scope).get(NATIVE.databases, place.id);
        return found && place && databaseOf(found, place.scope);
      },
    };
    return catalog;
  };
}

export function databaseOf(document: NamedDocument, parent: number): DatabaseSchema {
  const protection = document.fields.get('protected');
  return {
    scope: Number(document.fields.get('scope')),
    parent,
    id: document.id,
    name: document.name,
    globalId: BigInt(document.fields.get('global_id') as bigint),
    container: document.fields.get('container') === true,
    protected: typeof protection === 'boolean' ? protection : undefined,
  };
}

function readScope(transaction: Transaction, scope: number, rules: LoadRules): ScopeSchema {
  const documents = new Map<number, Map<bigint, NamedDocument>>();
  const names = new Map<number, Map<string, bigint>>();
  for (const collection of NAMED) {
    const byId = new Map<bigint, NamedDocument>();
    for (const row of transaction.latest(scope, collection)) {
      const fields = decodeValue(row.data, rules);
      if (isObject(fields)) byId.set(row.id, { id: row.id, name: String(fields.get('name')), fields });
    }
    documents.set(collection, byId);
    names.set(collection, new Map([...byId.values()].map((document) => [document.name, document.id])));
  }
  const of = (collection: number): Map<bigint, NamedDocument> => documents.get(collection) ?? new Map();
  const indexes = new Map([...of(NATIVE.indexes).values()].map(({ id, fields }) => [id, readIndex(scope, id, fields)]));
  const byCollection = new Map<number, IndexSchema[]>();
  return {
    find: (collection, name) => names.get(collection)?.get(name),
    get: (collection, id) => of(collection).get(id),
    all: (collection) => [...of(collection).values()],
    index: (id) => indexes.get(id),
    collection: (id) => {
      const found = of(NATIVE.collections).get(BigInt(id));
      return found && readCollection(id, found.name, found.fields);
    },
    indexesOf: (collection) => {
      let found = byCollection.get(collection);
      if (!found) {
        found = [...indexes.values(), ...nativeIndexes(scope)].filter((index) => holds(index, collection));
        byCollection.set(collection, found);
      }
      return found;
    },
  };
}

const days = (fields: FaunaObject, name: string): bigint | undefined => {
  const value = fields.get(name);
  return typeof value === 'bigint' ? value : undefined;
};

function time(fields: FaunaObject, name: string): bigint | undefined {
  const value = fields.get(name);
  return value !== undefined && isTagged(value) && value.kind === 'time' ? microsOfTime(value) : undefined;
}

const readCollection = (id: number, name: string, fields: FaunaObject): CollectionSchema => ({
  id,
  name,
  historyDays: days(fields, 'history_days'),
  minValidTime: time(fields, 'min_valid_time') ?? 0n,
  ttlDays: days(fields, 'ttl_days'),
});

const holds = (index: IndexSchema, collection: number): boolean =>
  index.sources.some((source) => (source.collections ? source.collections.includes(collection) : collection >= 1024));

/** The document of a token or credentials leads to them; to one of the latter at most. */
function nativeIndexes(scope: number): IndexSchema[] {
  const byDocument = (id: bigint, collection: number, unique: boolean): IndexSchema => ({
    scope,
    id,
    name: '',
    active: true,
    unique,
    sources: [{ collections: [collection], bindings: new Map() }],
    terms: [{ field: ['instance'], binding: undefined, reverse: false, casefold: false, multiple: false }],
    values: [],
  });
  return [
    byDocument(TOKENS_BY_DOCUMENT, NATIVE.tokens, false),
    byDocument(CREDENTIALS_BY_DOCUMENT, NATIVE.credentials, true),
  ];
}

/** The number entries of "all documents of a collection" are stored under. */
export const DOCUMENTS = BigInt(DOCUMENTS_INDEX);
