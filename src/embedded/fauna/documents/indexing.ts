/** What entries a document makes in the indexes that hold its collection, and keeping them in step with it. */
import { notUnique } from '../errors/errors.ts';
import type { At } from '../errors/position.ts';
import { fail, QueryFailure } from '../errors/query-error.ts';
import type { Context, Session } from '../language/context.ts';
import { applyLambda } from '../language/lambda.ts';
import { DOCUMENTS } from '../schema/catalog.ts';
import { DOCUMENTS_INDEX, isUserCollection, NATIVE } from '../schema/ids.ts';
import type { IndexSchema, IndexSource, TermSchema } from '../schema/model.ts';
import type { NewEntry } from '../store/rows.ts';
import { NEVER } from '../store/rows.ts';
import { encodeValue } from '../values/codec.ts';
import { encodeKey, encodeKeys, encodeRef } from '../values/keys.ts';
import { document, isArray, isTagged, type Ref, ref, type Value, type Version } from '../values/value.ts';
import { getVersion } from './read.ts';
import { storedForm, storeRules } from './rules.ts';
import { select } from './select.ts';

const asStoredAt = (time: bigint) => (value: Parameters<typeof storedForm>[0]) => storedForm(value, time);

/** The entry every document has in its collection. */
export function collectionEntry({ scope, collection, id }: Omit<Ref, 'kind'>): NewEntry {
  return {
    scope,
    index: DOCUMENTS,
    terms: encodeKey(BigInt(collection)),
    position: encodeRef(collection, id),
    collection,
    id,
    vals: null,
  };
}

/** All entries a version has in one index: the product of its terms' and values' elements. */
export function indexEntries(session: Session, index: IndexSchema, version: Version): NewEntry[] {
  const source = index.sources.find((found) => covers(found, version.collection));
  if (!source) return [];
  const read = (term: TermSchema) => termValues(session, source, term, version);
  const terms = index.terms.map(read);
  const values = index.values.map(read);
  if (terms.length > 0 && terms.every((found) => found.every((value) => value === null))) return [];
  const asStored = asStoredAt(version.ts);
  const rules = storeRules(version.ts);
  const reverse = index.values.map((value) => value.reverse);
  const end = encodeRef(version.collection, version.id);
  const entries = new Map<string, NewEntry>();
  for (const termRow of product(terms)) {
    const termsKey = encodeKeys(termRow, [], asStored);
    for (const row of product(values)) {
      const position = Buffer.concat([encodeKeys(row, reverse, asStored), end]);
      entries.set(`${termsKey.toString('latin1')}\n${position.toString('latin1')}`, {
        scope: index.scope,
        index: index.id,
        terms: termsKey,
        position,
        collection: version.collection,
        id: version.id,
        vals: row.length > 0 ? encodeValue(row, rules) : null,
      });
    }
  }
  return [...entries.values()];
}

const covers = (source: IndexSource, collection: number): boolean =>
  source.collections ? source.collections.includes(collection) : isUserCollection(collection);

function termValues(session: Session, source: IndexSource, term: TermSchema, version: Version): Value[] {
  const found =
    term.binding === undefined
      ? fieldValue(session, term, version)
      : boundValue(session, source, term.binding, version);
  if (found === undefined) return [null];
  const values = term.multiple ? scalars(found) : [found];
  return (values.length > 0 ? values : [null]).map((value) => (term.casefold ? foldCase(value) : value));
}

function fieldValue(session: Session, term: TermSchema, version: Version): Value | undefined {
  return select(session, version.scope, document(version), term.field ?? [], true);
}

/** Bindings are pure lambdas of the document; one that fails gives null. */
function boundValue(session: Session, source: IndexSource, name: string, version: Version): Value | undefined {
  const lambda = source.bindings.get(name);
  if (!lambda) return undefined;
  const context: Context = {
    session,
    auth: { scope: version.scope, permissions: { type: 'client' }, login: { type: 'root' }, identity: undefined },
    bindings: undefined,
    validTime: undefined,
    depth: 0,
    limit: { effect: 'pure', reason: 'index bindings' },
  };
  try {
    return applyLambda(lambda, document(version), context, undefined);
  } catch (error) {
    if (error instanceof QueryFailure) return undefined;
    throw error;
  }
}

/** An index holds scalars: arrays count by their elements, and objects not at all. */
function scalars(value: Value): Value[] {
  if (isArray(value)) return value.flatMap(scalars);
  if (value instanceof Map) return [];
  if (isTagged(value) && (value.kind === 'set' || value.kind === 'lambda' || value.kind === 'page')) return [];
  return [value];
}

const foldCase = (value: Value): Value =>
  typeof value === 'string' ? value.normalize('NFKC').toLowerCase().normalize('NFKC') : value;

function product(columns: readonly Value[][]): Value[][] {
  return columns.reduce<Value[][]>(
    (rows, column) => rows.flatMap((row) => column.map((value) => [...row, value])),
    [[]],
  );
}

/** Brings the entries of all indexes from the document's last version to its new one. */
export function reindex(session: Session, before: Version | undefined, after: Version | undefined, position: At): void {
  const version = after ?? before;
  if (!version) return;
  const { transaction } = session;
  const keep = keepsHistory(session, version);
  if (!before) transaction.addEntry(collectionEntry(version));
  if (!after) transaction.removeEntry(collectionEntry(version), keep);
  for (const index of session.catalog.scope(version.scope).indexesOf(version.collection)) {
    const old = before ? indexEntries(session, index, before) : [];
    const fresh = after ? indexEntries(session, index, after) : [];
    const stays = new Set(fresh.map(identity));
    const was = new Set(old.map(identity));
    for (const entry of old) if (!stays.has(identity(entry))) transaction.removeEntry(entry, keep);
    for (const entry of fresh) {
      if (was.has(identity(entry))) continue;
      if (index.unique) refuseDuplicate(session, index, entry, position);
      transaction.addEntry(entry);
    }
  }
}

const identity = (entry: NewEntry): string =>
  `${Buffer.from(entry.terms).toString('latin1')}\n${Buffer.from(entry.position).toString('latin1')}`;

/** In a unique index no two documents have the same terms and values. */
function refuseDuplicate(session: Session, index: IndexSchema, entry: NewEntry, position: At): void {
  const prefix = entry.position.subarray(0, entry.position.length - 10);
  const found = session.transaction.scan({
    scope: entry.scope,
    index: index.id,
    terms: entry.terms,
    from: prefix,
    to: Buffer.concat([prefix, Buffer.alloc(10, 0xff)]),
    ascending: true,
    at: NEVER - 1n,
    limit: 2,
  });
  if (found.some((row) => row.id !== entry.id || row.collection !== entry.collection)) fail(notUnique(position));
}

/** Whether past entries are worth keeping; schema documents' always are. */
function keepsHistory(session: Session, version: Version): boolean {
  if (!isUserCollection(version.collection)) return true;
  return session.catalog.scope(version.scope).collection(version.collection)?.historyDays !== 0n;
}

/** Fills a new index from the documents that are there. */
export function buildIndex(session: Session, index: IndexSchema, position: At): void {
  const { transaction, catalog } = session;
  const collections = index.sources.flatMap(
    (source) =>
      source.collections ??
      catalog
        .scope(index.scope)
        .all(NATIVE.collections)
        .map(({ id }) => Number(id)),
  );
  for (const collection of new Set(collections)) {
    for (const row of transaction.entries(index.scope, BigInt(DOCUMENTS_INDEX), encodeKey(BigInt(collection)))) {
      if (row.removed !== NEVER) continue;
      const version = getVersion(session, ref(index.scope, collection, row.id), undefined);
      if (!version) continue;
      for (const entry of indexEntries(session, index, version)) {
        if (index.unique) refuseDuplicate(session, index, entry, position);
        transaction.addEntry(entry, version.ts);
      }
    }
  }
}
