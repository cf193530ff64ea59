/**
 * What documents and index entries take to be read and written, in bytes of FaunaDB's store. A version's own fields are
 * counted as they are there, since that has a limit; the rest of its row, and the entries, about.
 */
import { BadRequest } from '../errors/bad-request.ts';
import type { Session } from '../language/context.ts';
import type { NewEntry, ScanRow } from '../store/rows.ts';
import { storedLength } from '../values/stored-length.ts';
import type { FaunaObject, Ref } from '../values/value.ts';
import { diffFields } from './diff.ts';
import { storedForm } from './rules.ts';

/** Write.scala's VersionBytesThreshold. */
const MOST_OF_VERSION = 8 * 1024 * 1024;
/** A version's key and name, and the two entries that every document has. */
const VERSION_ROW = 300;
/** An entry's key and name but for terms and values. It is written twice, by value and by time. */
const ENTRY_ROW = 45;
/** Of a document or an entry that is read. */
const READ_ROW = 32;

type Key = Omit<Ref, 'kind'>;

/** A document is read, written and charged for its entries one after the other. */
let last = { scope: -1, collection: -1, id: 0n, key: '' };

function keyOf({ scope, collection, id }: Key): string {
  if (last.id !== id || last.collection !== collection || last.scope !== scope)
    last = { scope, collection, id, key: `${scope} ${collection} ${id}` };
  return last.key;
}

/** `before` is the version it replaces or removes, `fields` are undefined for a delete. */
export function chargeVersion(
  { meter, time }: Session,
  target: Key,
  ts: bigint,
  fields: FaunaObject | undefined,
  before: FaunaObject | undefined,
): void {
  const length = (value: FaunaObject): number => storedLength(value, (tagged) => storedForm(tagged, time));
  const own = fields ? length(fields) : 1;
  if (own > MOST_OF_VERSION) {
    throw new BadRequest(`Version bytes (${own}) exceeds threshold (${MOST_OF_VERSION})`);
  }
  const diff = before ? length(diffFields(fields ?? new Map(), before)) : 1;
  meter.write(target, VERSION_ROW + own + diff, `${keyOf(target)} ${ts}`);
}

export const chargeEntry = ({ meter }: Session, entry: NewEntry): void =>
  meter.write(entry, 2 * (ENTRY_ROW + entry.terms.length + entry.position.length));

/** `at` is undefined for the newest version. */
export function chargeRead({ meter }: Session, target: Key, at: bigint | undefined, bytes: number): void {
  if (at === undefined) meter.readDocument(target, READ_ROW + bytes);
  else meter.read(`${keyOf(target)} ${at}`, READ_ROW + bytes);
}

interface Scan {
  readonly scope: number;
  readonly index: bigint;
  readonly terms: Uint8Array;
}

/** `part` says which of the set's rows were read. */
export function chargeScan(
  { meter }: Session,
  { scope, index, terms }: Scan,
  part: readonly (string | number | bigint | Uint8Array | undefined)[],
  rows: readonly Pick<ScanRow, 'vals'>[],
): void {
  const bytes = rows.reduce((total, { vals }) => total + ENTRY_ROW + (vals?.length ?? 0), READ_ROW);
  const key = [scope, index, terms, ...part];
  meter.read(
    key.map((step) => (step instanceof Uint8Array ? Buffer.from(step).toString('latin1') : step)).join(),
    bytes,
  );
}

export const chargeVersions = ({ meter }: Session, target: Key, count: number): void =>
  meter.read(`${keyOf(target)} versions`, READ_ROW * (count + 1));
