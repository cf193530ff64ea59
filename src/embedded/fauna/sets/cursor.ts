/** Cursors: where a page begins (Parser.scala's CursorParser). */
import { cursorExpected, invalidArgument, unresolvedRef } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { argumentError, fail } from '../errors/query-error.ts';
import type { AsStored } from '../values/keys.ts';
import { encodeKeys, encodeRef } from '../values/keys.ts';
import { typeName } from '../values/names.ts';
import { microsOfTime } from '../values/time.ts';
import { type FaunaObject, isArray, isObject, isRef, isTagged, type Value } from '../values/value.ts';
import type { Entry, EventSet } from './set.ts';

export interface Cursor {
  /** As it was given, to be answered again. */
  readonly literal: Value;
  /** Of an element. */
  readonly position: Uint8Array;
  /** The given values, for Range's literal. */
  readonly values: readonly Value[];
  /** Of an event: its time, document and action. */
  readonly event?: Pick<Entry, 'ts' | 'document' | 'action'>;
}

const HIGHEST = Buffer.alloc(16, 0xff);

/** `end` is which side of everything it leaves open the cursor stands on. */
export function readCursor(set: EventSet, value: Value, end: 'low' | 'high', asStored: AsStored, position: At): Cursor {
  if (isTagged(value) && value.kind === 'unresolved') return fail(unresolvedRef(position, value));
  return set.shape.historical ? eventCursor(value, position) : elementCursor(set, value, end, asStored);
}

function elementCursor(set: EventSet, value: Value, end: 'low' | 'high', asStored: AsStored): Cursor {
  const given = isArray(value) ? value : [value];
  const valueCount = Math.max(set.shape.size - 1, 0);
  const refAt = set.shape.size === 0 ? given.length - 1 : valueCount;
  const values = given.slice(0, refAt);
  const last = given.length > refAt && refAt >= 0 ? given[refAt] : undefined;
  const prefix = encodeKeys(values, set.shape.reversed, asStored);
  if (last === undefined) {
    return { literal: given, values, position: end === 'low' ? prefix : Buffer.concat([prefix, HIGHEST]) };
  }
  if (isRef(last)) {
    const ref = encodeRef(last.collection, last.id);
    return { literal: given, values, position: Buffer.concat([prefix, flipIf(ref, set.shape.reversed[refAt])]) };
  }
  // Anything else in the ref's place stands before or after all refs, as its type sorts.
  const after = Buffer.compare(encodeKeys([last], [], asStored), Buffer.of(0x60)) > 0;
  return { literal: given, values, position: after ? Buffer.concat([prefix, HIGHEST]) : prefix };
}

const flipIf = (key: Buffer, flip: boolean | undefined): Uint8Array =>
  flip ? Uint8Array.from(key, (byte) => 0xff ^ byte) : key;

const EVENT_KEYS = ['ts', 'action', 'resource', 'instance', 'document', 'values', 'data'];
const MIN_REF = { kind: 'ref', scope: 0, collection: 0, id: -(2n ** 63n) } as const;

function eventCursor(value: Value, position: At): Cursor {
  const plain = (ts: bigint): Cursor => ({
    literal: { kind: 'event', ts, action: 'add', document: MIN_REF },
    position: new Uint8Array(),
    values: [],
    event: { ts, action: 'add', document: MIN_REF },
  });
  if (typeof value === 'bigint') return plain(value);
  if (value === null) return plain(2n ** 63n - 2n);
  if (isTagged(value) && value.kind === 'time') return plain(microsOfTime(value));
  if (isTagged(value) && value.kind === 'date') return plain(BigInt(value.days) * 86_400_000_000n);
  if (isTagged(value) && value.kind === 'event') {
    return { literal: value, position: new Uint8Array(), values: value.values ?? [], event: value };
  }
  if (isObject(value)) return eventObjectCursor(value, position);
  return fail(invalidArgument(position, ['Object', 'Integer', 'Time', 'Date'], typeName(value)));
}

const ACTIONS = ['create', 'update', 'delete', 'add', 'remove'] as const;

function eventObjectCursor(value: FaunaObject, position: At): Cursor {
  const keys = [...value.keys()];
  if (!value.has('ts') || keys.some((key) => !EVENT_KEYS.includes(key))) {
    return fail(argumentError(position, `Cannot create event cursor with keys ${keys.join(', ')}`));
  }
  const ts = value.get('ts') ?? null;
  if (typeof ts !== 'bigint') return fail(invalidArgument(at(position, 'ts'), ['Integer'], typeName(ts)));
  const given = value.get('action');
  const action = ACTIONS.find((known) => known === actionText(given)) ?? 'add';
  const key = ['document', 'instance', 'resource'].find((name) => value.has(name));
  const document = key ? (value.get(key) ?? null) : MIN_REF;
  if (!isTagged(document) || document.kind !== 'ref') {
    return fail(invalidArgument(at(position, key ?? ''), ['Ref'], typeName(document)));
  }
  const event = { ts, action, document };
  return { literal: { kind: 'event', ...event }, position: new Uint8Array(), values: [], event };
}

const actionText = (value: Value | undefined): unknown =>
  value !== undefined && isTagged(value) && value.kind === 'action' ? value.action : value;

/** `{ after }`, `{ before }` or null. */
export function readCursorObject(value: Value, position: At): { key: 'after' | 'before'; value: Value } | undefined {
  if (value === null) return undefined;
  if (isObject(value) && value.size === 1) {
    for (const key of ['after', 'before'] as const) {
      const inner = value.get(key);
      if (inner !== undefined) return { key, value: inner };
    }
  }
  return fail(cursorExpected(position));
}
