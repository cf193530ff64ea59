/** What entries a version makes in an index (Index.scala's TermConfig, Indexer.scala). */
import { BadRequest, MOST_COMPONENT } from '../errors/bad-request.ts';
import { QueryFailure } from '../errors/query-error.ts';
import type { Context, Session } from '../language/context.ts';
import { applyLambda } from '../language/lambda.ts';
import { isUserCollection } from '../schema/ids.ts';
import type { IndexSchema, IndexSource, TermSchema } from '../schema/model.ts';
import type { NewEntry } from '../store/rows.ts';
import { nfkcCasefold } from '../values/case-folding.ts';
import { encodeValue } from '../values/codec.ts';
import { encodeKeys, encodeRef } from '../values/keys.ts';
import { isScalar } from '../values/names.ts';
import { normalized } from '../values/normalized.ts';
import { ENTRY_NAME, termsLength, valuesLength } from '../values/stored-length.ts';
import { microsOfTime } from '../values/time.ts';
import {
  document,
  isArray,
  isTagged,
  type Tagged,
  type TransactionTime,
  type Value,
  type Version,
} from '../values/value.ts';
import { storedForm, storeRules } from './rules.ts';
import { select } from './select.ts';

/** The most the entries of one document may take (FaunaDB's limit of a transaction). */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_OF_KEY = 64_000;
/** What Now() is in a binding, which must give the same whenever it is evaluated. */
const END_OF_TIME = 2n ** 63n - 1n;

/** When a version's ttl ends, in µs. */
export function expiryOf({ fields }: Version): bigint | undefined {
  const ttl = fields.get('ttl');
  return ttl !== undefined && isTagged(ttl) && ttl.kind === 'time' ? microsOfTime(ttl) : undefined;
}

/** What an index reads of a version, a column of values for each of its terms and values. */
export interface Columns {
  readonly terms: readonly Value[][];
  readonly values: readonly Value[][];
}

/** Undefined for a version that the index has nothing of. */
export function columnsOf(session: Session, index: IndexSchema, version: Version): Columns | undefined {
  if (version.action === 'delete') return undefined;
  const source = sourceOf(index, version.collection);
  if (!source) return undefined;
  const { scope, collection, id, ts, action, fields } = version;
  // The time of a version is not known while it is being written, so as a term it is always null.
  const pending: Version = { scope, collection, id, ts, action, fields, pending: true };
  const read = (term: TermSchema): Value[] => column(termValues(session, source, term, pending));
  const columns = { terms: index.terms.map(read), values: index.values.map(read) };
  refuseBomb(index, version, columns);
  return columns;
}

export function indexEntries(session: Session, index: IndexSchema, version: Version): NewEntry[] {
  const columns = columnsOf(session, index, version);
  return columns ? entriesOfColumns(index, version, columns, termRows(index, version, columns)) : [];
}

/** Terms as they are stored, and what they count as. */
interface TermRow {
  readonly key: Buffer;
  readonly length: number;
}

/** Those too large for FaunaDB's store are left out (Write.scala's canWrite). */
export function termRows(index: IndexSchema, { ts }: Version, { terms }: Columns): TermRow[] {
  const asStored = (value: Tagged): Value => storedForm(value, ts);
  const rows: TermRow[] = [];
  for (const row of product(terms)) {
    const length = termsLength(index.scope, row, asStored);
    if (length <= MOST_COMPONENT) rows.push({ key: encodeKeys(row.map(withoutTransactionTime), [], asStored), length });
  }
  return rows;
}

/**
 * The product of the terms' elements with the values'. Rows of nothing but nulls are left out, as FaunaDB's are, and
 * those that are too large for its store.
 */
export function entriesOfColumns(
  index: IndexSchema,
  version: Version,
  columns: Columns,
  terms: readonly TermRow[],
): NewEntry[] {
  const { collection, id, ts } = version;
  const asStored = (value: Tagged): Value => storedForm(value, ts);
  const rules = storeRules(ts);
  const reverse = index.values.map((value) => value.reverse);
  const tags = reverse.filter(Boolean).length;
  const expires = expiryOf(version);
  const rows: { length: number; position: Buffer; vals: Buffer | null }[] = [];
  for (const row of product(columns.values)) {
    const length = valuesLength(row, asStored) + tags;
    if (length > MOST_COMPONENT) continue;
    // As a value it is the version's own time: an update must leave its old place in a set ordered by `ts`.
    const settled = row.map((value) => (isTransactionTime(value) ? storedForm(value, ts) : value));
    const position = encodeKeys(settled, reverse, asStored, encodeRef(collection, id));
    rows.push({ length, position, vals: row.length > 0 ? encodeValue(row, rules) : null });
  }
  const entries: NewEntry[] = [];
  for (const { key, length: keyLength } of terms) {
    for (const { length, position, vals } of rows) {
      refuseLongKey(keyLength + ENTRY_NAME + length);
      entries.push({ scope: index.scope, index: index.id, terms: key, position, collection, id, vals, expires });
    }
  }
  return entries;
}

/** A collection's own source, or else the wildcard. Of several for one collection the last counts. */
function sourceOf(index: IndexSchema, collection: number): IndexSource | undefined {
  const own = index.sources.findLast((source) => source.collections?.includes(collection));
  return own ?? (isUserCollection(collection) ? index.sources.findLast((source) => !source.collections) : undefined);
}

const isTransactionTime = (value: Value): value is TransactionTime =>
  isTagged(value) && value.kind === 'transactionTime';

const withoutTransactionTime = (value: Value): Value => (isTransactionTime(value) ? null : value);

function termValues(session: Session, source: IndexSource, term: TermSchema, version: Version): Value[] {
  if (term.binding !== undefined) return boundValues(session, source, term.binding, version);
  const found = select(session, version.scope, document(version), term.field ?? [], term.multiple);
  if (!term.multiple) return wholeValue(normalized(found ?? null), term.casefold);
  const elements = found === undefined ? [] : isArray(found) ? found : [found];
  if (term.casefold && !elements.every(isScalar)) return [];
  return elements.map((value) => (isScalar(value) ? folded(value, term.casefold) : null));
}

/** With `mva: false` an array counts as one value; a transform then needs one, since FaunaDB maps over it. */
function wholeValue(value: Value, casefold: boolean): Value[] {
  if (!casefold) return [value];
  return isArray(value) && value.every(isScalar) ? [value.map((element) => folded(element, true))] : [];
}

const folded = (value: Value, casefold: boolean): Value =>
  casefold && typeof value === 'string' ? nfkcCasefold(value) : value;

/** Bindings are pure lambdas of the document. What fails, or is no scalar, is nothing. */
function boundValues(session: Session, source: IndexSource, name: string, version: Version): Value[] {
  const lambda = source.bindings.get(name);
  if (!lambda) return [];
  const context: Context = {
    session: { ...session, time: END_OF_TIME },
    auth: { scope: version.scope, permissions: { type: 'client' }, login: { type: 'root' }, identity: undefined },
    bindings: undefined,
    validTime: undefined,
    depth: 0,
    limit: { effect: 'pure', reason: 'index bindings' },
  };
  try {
    const value = applyLambda(lambda, document(version), context, undefined);
    if (isArray(value)) return value.map((element) => (isScalar(element) && !isUnresolved(element) ? element : null));
    return isScalar(value) && !isUnresolved(value) ? [value] : [];
  } catch (error) {
    if (error instanceof QueryFailure) return [];
    throw error;
  }
}

const isUnresolved = (value: Value): boolean => isTagged(value) && value.kind === 'unresolved';

/** A column has at least a null in it, and nothing twice. */
function column(values: Value[]): Value[] {
  if (values.length === 0) return [null];
  if (values.length === 1) return values;
  const seen = new Set<string>();
  return values.filter((value) => {
    const key = identityOf(value);
    return !seen.has(key) && seen.add(key);
  });
}

function identityOf(value: Value): string {
  if (isTransactionTime(value)) return `t${value.micros}`;
  return encodeKeys([value], [], (tagged) => storedForm(tagged, 0n)).toString('latin1');
}

function product(columns: readonly Value[][]): Value[][] {
  if (columns.every((column) => column.length === 1)) {
    const row = columns.map(([value = null]) => value);
    return row.length === 0 || row.some((value) => value !== null) ? [row] : [];
  }
  let rows: Value[][] = [[]];
  for (const next of columns) rows = rows.flatMap((row) => next.map((value) => [...row, value]));
  return rows.filter((row) => row.some((value) => value !== null));
}

/** Terms and values each have room, but not all of it together (Write.scala's KeyTooLarge). */
function refuseLongKey(length: number): void {
  if (length > MOST_OF_KEY) throw new BadRequest(`Key bytes (${length}) exceeds threshold (${MOST_OF_KEY})`);
}

/** Arrays multiply: a document may not make more entries than a transaction holds. */
function refuseBomb(index: IndexSchema, version: Version, { terms, values }: Columns): void {
  let count = 1;
  for (const { length } of terms) count *= length;
  for (const { length } of values) count *= length;
  if (count < 1000) return;
  const columns = [...terms, ...values];
  const average = columns.reduce((total, column) => total + sizeOf(column) / column.length, 0);
  if (count * average <= MOST_BYTES) return;
  const what = `doc ${version.id} in scope ${version.scope} and index ${index.id}`;
  throw new BadRequest(
    `Index entries for ${what} have estimated byte size ${Math.ceil(count * average)} that exceeds limit ${MOST_BYTES}`,
  );
}

const sizeOf = (values: readonly Value[]): number =>
  values.reduce<number>(
    (total, value) => total + encodeKeys([value], [], (tagged) => storedForm(tagged, 0n)).length,
    0,
  );
