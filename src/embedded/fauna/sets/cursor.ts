/** Cursors: where a page begins (Parser.scala's CursorParser). */
import { cursorExpected, invalidArgument, unresolvedRef } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { argumentError, fail, gather } from '../errors/query-error.ts';
import { anyRef, docAction, integer } from '../language/casts.ts';
import type { AsStored } from '../values/keys.ts';
import { encodeKeys, encodeRef, REF_TAG } from '../values/keys.ts';
import { typeName } from '../values/names.ts';
import { normalized } from '../values/normalized.ts';
import { microsOfTime, time } from '../values/time.ts';
import {
  type Action,
  type FaunaObject,
  isArray,
  isObject,
  isRef,
  isTagged,
  type Ref,
  type Value,
} from '../values/value.ts';
import type { EventCursorPlace, EventPlace } from './order.ts';
import type { EventSet } from './set.ts';

export interface Cursor {
  /** As it was given, to be answered again. */
  readonly literal: Value;
  /** Of an element, or of an event's values. */
  readonly position: Uint8Array;
  /** Of an element: where its values begin and end, whatever the ref. */
  readonly edges: Edges;
  /** The given values and ref, for Range's literal. */
  readonly values: readonly Value[];
  readonly ref?: Ref;
  /** Of an event. */
  readonly event?: EventCursorPlace;
}

export interface Edges {
  readonly low: Uint8Array;
  readonly high: Uint8Array;
}

/** Where a reader in this direction begins to find the values. */
export const edgeOf = ({ edges }: { readonly edges: Edges }, ascending: boolean): Uint8Array =>
  ascending ? edges.low : edges.high;

const HIGHEST = Buffer.alloc(16, 0xff);

/** `end` is which side of everything it leaves open the cursor stands on. */
export function readCursor(set: EventSet, value: Value, end: 'low' | 'high', asStored: AsStored, position: At): Cursor {
  if (isTagged(value) && value.kind === 'unresolved') return fail(unresolvedRef(position, value));
  return set.shape.historical ? eventCursor(set, value, asStored, position) : elementCursor(set, value, end, asStored);
}

function elementCursor(set: EventSet, value: Value, end: 'low' | 'high', asStored: AsStored): Cursor {
  const given = (isArray(value) ? value : [value]).map(normalized);
  const valueCount = Math.max(set.shape.size - 1, 0);
  const refAt = set.shape.size === 0 ? given.length - 1 : valueCount;
  const values = given.slice(0, refAt);
  const last = given.length > refAt && refAt >= 0 ? given[refAt] : undefined;
  const prefix = encodeKeys(values, set.shape.reversed, asStored);
  const edges: Edges = { low: prefix, high: Buffer.concat([prefix, HIGHEST]) };
  if (last === undefined) return { literal: given, values, edges, position: edges[end] };
  if (isRef(last)) {
    const ref = encodeRef(last.collection, last.id);
    const position = Buffer.concat([prefix, set.shape.refReversed ? flip(ref) : ref]);
    const bare = { low: position, high: position };
    return { literal: given, values, ref: last, edges: values.length > 0 ? edges : bare, position };
  }
  // Anything else in the ref's place stands before or after all refs, as its type sorts.
  const after = Buffer.compare(encodeKeys([last], [], asStored), REF_TAG) > 0;
  return { literal: given, values, edges, position: after ? edges.high : edges.low };
}

const flip = (key: Buffer): Uint8Array => Uint8Array.from(key, (byte) => 0xff ^ byte);

/** Stands before all documents; it is shown as none (the root database's ref in FaunaDB). */
const LOWEST_REF: Ref = { kind: 'ref', scope: 0, collection: 0, id: 0n };
/** Ids sort as if they had no sign. */
const HIGHEST_REF: Ref = { kind: 'ref', scope: 0, collection: 0xffff, id: -1n };
const LAST_TIME = 2n ** 63n - 2n;
/** What a cursor of an event may consist of (CursorParser). */
const EVENT_FORMS = [
  ['ts'],
  ['ts', 'action'],
  ['ts', 'action', 'resource'],
  ['ts', 'action', 'resource', 'values'],
  ['ts', 'action', 'instance'],
  ['ts', 'action', 'document'],
  ['ts', 'action', 'instance', 'data'],
  ['ts', 'action', 'document', 'data'],
] as const;

function eventCursor(set: EventSet, value: Value, asStored: AsStored, position: At): Cursor {
  const whole = (ts: bigint): Cursor => placed({ ts, action: 'add', document: LOWEST_REF }, [], new Uint8Array());
  if (typeof value === 'bigint') return whole(value);
  if (value === null) return whole(LAST_TIME);
  if (isTagged(value) && value.kind === 'time') return whole(microsOfTime(value));
  if (isTagged(value) && value.kind === 'date') return whole(microsOfTime(time(BigInt(value.days) * 86_400n, 0)));
  if (isObject(value)) return eventObjectCursor(set, value, asStored, position);
  return fail(invalidArgument(position, ['Object', 'Integer', 'Time', 'Date'], typeName(value)));
}

/** `key` is that of the values. */
function placed(event: Omit<EventPlace, 'position'>, values: readonly Value[], key: Uint8Array): Cursor {
  const { ts, action, document } = event;
  const shown = values.length > 0 ? { values: [...values] } : {};
  const ref = encodeRef(document.collection, document.id);
  const terms = values.length > 0 ? key : Buffer.concat([REF_TAG, ref]);
  return {
    literal: { kind: 'event', cursor: true, ts, action, document, ...shown },
    position: key,
    edges: { low: key, high: key },
    values,
    event: { ...event, position: key, terms },
  };
}

function eventObjectCursor(set: EventSet, value: FaunaObject, asStored: AsStored, position: At): Cursor {
  const form = EVENT_FORMS.find((keys) => keys.length === value.size && keys.every((key) => value.has(key)));
  if (!form)
    return fail(argumentError(position, `Cannot create event cursor with keys ${[...value.keys()].join(', ')}`));
  const documentKey = form[2];
  const valuesKey = form[3];
  const [ts, document, action] = gather<bigint | Action | Ref>([
    () => integer(value.get('ts') ?? null, at(position, 'ts')),
    () => (documentKey ? anyRef(value.get(documentKey) ?? null, at(position, documentKey)) : HIGHEST_REF),
    () => (value.has('action') ? eventAction(value.get('action') ?? null, at(position, 'action')) : 'add'),
  ]) as [bigint, Ref, Action];
  const data = valuesKey ? (value.get(valuesKey) ?? null) : [];
  const values = action === 'add' || action === 'remove' ? (isArray(data) ? data : [data]).map(normalized) : [];
  return placed({ ts, action, document }, values, encodeKeys(values, set.shape.reversed, asStored));
}

/** Of a set, or else of a document: `create` and `delete` count as the set's. */
function eventAction(value: Value, position: At): Action {
  const text = isTagged(value) && value.kind === 'action' ? value.action : value;
  if (text === 'add' || text === 'create') return 'add';
  if (text === 'remove' || text === 'delete') return 'remove';
  return docAction(value, position);
}

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
