/** Keeping the entries of indexes in step with documents, and with their histories. */
import { notUnique } from '../errors/errors.ts';
import type { At } from '../errors/position.ts';
import { fail } from '../errors/query-error.ts';
import type { Session } from '../language/context.ts';
import { DOCUMENTS } from '../schema/catalog.ts';
import type { IndexSchema } from '../schema/model.ts';
import type { NewEntry } from '../store/rows.ts';
import { NEVER } from '../store/rows.ts';
import { encodeKey, encodeRef } from '../values/keys.ts';
import { isRef, type Ref, type Value, type Version } from '../values/value.ts';
import { chargeEntry, chargeVersions } from './costs.ts';
import { columnsOf, entriesOfColumns, expiryOf, indexEntries, termRows } from './index-entries.ts';
import { toVersion } from './read.ts';

/** The entry every document has in its collection. */
export function collectionEntry(version: Omit<Ref, 'kind'>, expires?: bigint): NewEntry {
  const { scope, collection, id } = version;
  return {
    scope,
    index: DOCUMENTS,
    terms: encodeKey(BigInt(collection)),
    position: encodeRef(collection, id),
    collection,
    id,
    vals: null,
    expires,
  };
}

const identity = (entry: NewEntry): string =>
  `${entry.index}\n${Buffer.from(entry.terms).toString('latin1')}\n${Buffer.from(entry.position).toString('latin1')}`;

/** Those that a document of the collection has entries in. */
export const indexesOf = (session: Session, { scope, collection }: Omit<Ref, 'kind'>): readonly IndexSchema[] =>
  session.catalog.scope(scope).indexesOf(collection);

/** Brings the entries of all indexes from the document's last version to its new one. */
export function reindex(session: Session, before: Version | undefined, after: Version | undefined, position: At): void {
  const version = after ?? before;
  if (!version) return;
  const sameExpiry = before !== undefined && after !== undefined && expiryOf(before) === expiryOf(after);
  const ofCollection = (of: Version | undefined): NewEntry[] => (of ? [collectionEntry(of, expiryOf(of))] : []);
  if (!sameExpiry) replaceEntries(session, ofCollection(before), ofCollection(after));
  for (const index of indexesOf(session, version)) {
    const steps = index.terms.length + index.values.length;
    session.meter.compute(before && after ? 2 * steps : steps);
    const old = before && columnsOf(session, index, before);
    const fresh = after && columnsOf(session, index, after);
    const sameTerms = old !== undefined && fresh !== undefined && areSame(old.terms, fresh.terms);
    if (sameExpiry && sameTerms && areSame(old.values, fresh.values)) continue;
    const oldTerms = old ? termRows(index, before, old) : [];
    const freshTerms = sameTerms ? oldTerms : fresh ? termRows(index, after, fresh) : [];
    const refuse = (entry: NewEntry): void => refuseDuplicate(session, entry, position);
    replaceEntries(
      session,
      old ? entriesOfColumns(index, before, old, oldTerms) : [],
      fresh ? entriesOfColumns(index, after, fresh, freshTerms) : [],
      index.unique ? refuse : undefined,
    );
  }
}

/** Whether the columns hold the same. Of values with an inside that is not asked, nor of the time of a transaction. */
function areSame(old: readonly Value[][], fresh: readonly Value[][]): boolean {
  return old.every((column, place) => {
    const other = fresh[place] ?? [];
    return column.length === other.length && column.every((value, row) => isSameScalar(value, other[row]));
  });
}

function isSameScalar(a: Value, b: Value | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (b === undefined || !isRef(a) || !isRef(b)) return false;
  return a.scope === b.scope && a.collection === b.collection && a.id === b.id;
}

/** Only what differs; an element of another ttl goes and comes (Indexer.scala's tuples have the ttl in them). */
function replaceEntries(
  session: Session,
  before: readonly NewEntry[],
  after: readonly NewEntry[],
  refuse?: (entry: NewEntry) => void,
): void {
  const remove = (entry: NewEntry): void => {
    chargeEntry(session, entry);
    session.transaction.removeEntry(entry);
  };
  const add = (entry: NewEntry): void => {
    refuse?.(entry);
    chargeEntry(session, entry);
    session.transaction.addEntry(entry);
  };
  const [last, next] = [before[0], after[0]];
  if (last && next && before.length === 1 && after.length === 1) {
    if (last.expires === next.expires && isSamePlace(last, next)) return;
    remove(last);
    add(next);
    return;
  }
  const old = byIdentity(before);
  const fresh = byIdentity(after);
  for (const [key, entry] of old) if (!isKept(fresh.get(key), entry)) remove(entry);
  for (const [key, entry] of fresh) if (!isKept(old.get(key), entry)) add(entry);
}

const isKept = (other: NewEntry | undefined, entry: NewEntry): boolean =>
  other !== undefined && other.expires === entry.expires;

/** Of one index. */
const isSamePlace = (a: NewEntry, b: NewEntry): boolean =>
  Buffer.compare(a.position, b.position) === 0 && Buffer.compare(a.terms, b.terms) === 0;

function byIdentity(entries: readonly NewEntry[]): Map<string, NewEntry> {
  const found = new Map<string, NewEntry>();
  for (const entry of entries) found.set(identity(entry), entry);
  return found;
}

/** In a unique index no two documents have the same terms and values. */
function refuseDuplicate(session: Session, entry: NewEntry, position: At): void {
  const prefix = entry.position.subarray(0, entry.position.length - 10);
  const found = session.transaction.scan({
    scope: entry.scope,
    index: entry.index,
    terms: entry.terms,
    from: prefix,
    to: Buffer.concat([prefix, Buffer.alloc(10, 0xff)]),
    ascending: true,
    at: NEVER - 1n,
    limit: 2,
  });
  if (found.some((row) => row.id !== entry.id || row.collection !== entry.collection)) fail(notUnique(position));
}

/** One element of a set through a document's history: from when to when it was in. */
interface Line {
  readonly entry: NewEntry;
  readonly spans: { added: bigint; removed: bigint; readonly expires: bigint | undefined }[];
}

/** The entries of all versions of one document, oldest first, in one index. */
function timeline(versions: readonly Version[], entriesOf: (version: Version) => NewEntry[]): Map<string, Line> {
  const lines = new Map<string, Line>();
  for (const version of versions) {
    const current = new Map(entriesOf(version).map((entry) => [identity(entry), entry]));
    for (const [key, { spans }] of lines) {
      const last = spans.at(-1);
      const next = current.get(key);
      if (last?.removed === NEVER && (!next || next.expires !== last.expires)) last.removed = version.ts;
    }
    for (const [key, entry] of current) {
      const line = lines.get(key) ?? { entry, spans: [] };
      lines.set(key, line);
      const last = line.spans.at(-1);
      if (last?.removed !== NEVER) line.spans.push({ added: version.ts, removed: NEVER, expires: entry.expires });
    }
  }
  return lines;
}

function replaceLines(session: Session, old: ReadonlyMap<string, Line>, fresh: ReadonlyMap<string, Line>): void {
  const { transaction } = session;
  for (const { entry } of old.values()) transaction.dropPosition(entry);
  for (const [key, { entry, spans }] of fresh) {
    if (!old.has(key)) transaction.dropPosition(entry);
    for (const { added, removed, expires } of spans) transaction.addEntry({ ...entry, expires }, added, removed);
  }
}

const documentEntries = (version: Version): NewEntry[] =>
  version.action === 'delete' ? [] : [collectionEntry(version, expiryOf(version))];

/** Writes the entries of a document anew after its history was edited. */
export function rewriteHistory(
  session: Session,
  target: Ref,
  old: readonly Version[],
  fresh: readonly Version[],
): void {
  replaceLines(session, timeline(old, documentEntries), timeline(fresh, documentEntries));
  for (const index of indexesOf(session, target)) {
    const entriesOf = (version: Version): NewEntry[] => indexEntries(session, index, version);
    replaceLines(session, timeline(old, entriesOf), timeline(fresh, entriesOf));
  }
}

/** Adds one document, with its history, to an index that is being built; answers how many versions it has. */
export function indexDocument(session: Session, index: IndexSchema, target: Ref): number {
  const versions = versionsOf(session, target);
  replaceLines(
    session,
    new Map(),
    timeline(versions, (version) => indexEntries(session, index, version)),
  );
  return versions.length;
}

/** All versions that are kept, oldest first. */
export function versionsOf(session: Session, target: Ref): Version[] {
  const rows = session.transaction.versions(target.scope, target.collection, target.id, -NEVER);
  chargeVersions(session, target, rows.length);
  return rows.map((row) => toVersion(session, target, row));
}
