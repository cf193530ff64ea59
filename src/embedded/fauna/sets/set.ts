/** Sets: plans of what to read, as FaunaDB's EventSet. Each kind of set is one file that returns one of these. */
import type { Context } from '../language/context.ts';
import { encodeRef } from '../values/keys.ts';
import type { Ref, SetPlan, Value } from '../values/value.ts';

/** What a set's elements look like; two sets can be united when their orders agree. */
export interface Shape {
  /** How many values a complete cursor has, the ref included. */
  readonly size: number;
  /** Which of them descend. */
  readonly reversed: readonly boolean[];
  /** Elements are events. */
  readonly historical: boolean;
  /** The ref at the end descends too. FaunaDB's shapes do not tell, so it is no part of `reversed`. */
  readonly refReversed?: boolean;
}

export const SINGLE: Shape = { size: 1, reversed: [false], historical: false };
/** Of a join by a lambda: what it leads to is not known before. */
export const UNKNOWN: Shape = { size: 0, reversed: [], historical: false };

export const compatible = (a: Shape, b: Shape): boolean =>
  a.historical === b.historical &&
  a.reversed.every((flag, index) => b.reversed[index] === undefined || flag === b.reversed[index]);

export const positionOf = ({ position, document }: Pick<Entry, 'position' | 'document'>): Uint8Array =>
  position ?? encodeRef(document.collection, document.id);

/** One element of a set, or one event of it. */
export interface Entry {
  readonly document: Ref;
  /** The index's values; empty for an index without, whose elements are refs. */
  readonly values: readonly Value[];
  /** Where it stands among the others (values/keys.ts); null where its ref alone says so. A plain page never asks. */
  readonly position: Uint8Array | null;
  /** When it came in, or left. */
  readonly ts: bigint;
  readonly action: 'add' | 'remove' | 'create' | 'update' | 'delete';
  /** The simple sets it is in. */
  readonly sources: readonly EventSet[];
  /** Of a document's event: its fields. */
  readonly fields?: Map<string, Value>;
  /** An event of a document's history, also where it is told as a set's (Singleton). */
  readonly ofVersion?: boolean;
}

/** Bounds by position, both included; undefined is open. Entries come from `from` on, down if not `ascending`. */
export interface Range {
  readonly from: Uint8Array | undefined;
  readonly to: Uint8Array | undefined;
  /** Where the values of `from` begin, whatever the ref. */
  readonly fromValues?: Uint8Array | undefined;
  readonly ascending: boolean;
  /** How many the reader is likely to take; a hint for how much to fetch at once. */
  readonly size: number;
}

/** Events from `since` to `until` (µs, both included). */
export interface EventRange {
  readonly since: bigint;
  readonly until: bigint;
  readonly ascending: boolean;
  readonly size: number;
  /** Also tells how an element came in that was there before the oldest time that is kept (SetSortedValues.scala). */
  readonly complete?: boolean;
}

/** What is read of an index, for those who watch it. */
export interface StreamSource {
  readonly scope: number;
  readonly index: bigint;
  /** The terms as the store has them. */
  readonly key: Uint8Array;
  readonly terms: readonly Value[];
}

export interface EventSet extends SetPlan {
  /** Only sets that are one index's can be streamed. */
  readonly streamed?: StreamSource;
  readonly shape: Shape;
  /** Made of other sets: its elements and events name those as their sources. */
  readonly composite?: boolean;
  /** Elements whose documents may not be read are left out. */
  readonly filtered: boolean;
  /** The set as this login may read it; undefined if not at all. */
  forRead(context: Context): EventSet | undefined;
  /** The elements at the context's valid time, in order. */
  snapshot(context: Context, range: Range): Iterable<Entry>;
  /** Its events, by time. Undefined where FaunaDB has none: "Set does not support events history." */
  history?(context: Context, range: EventRange): Iterable<Entry>;
}

/** What an element is as a value. */
export function entryValue(set: EventSet, entry: Entry): Value {
  return set.shape.historical ? eventValue(entry) : elementValue(entry);
}

/** Its values, or its document where it has none. */
export function elementValue(entry: Entry): Value {
  if (entry.values.length === 0) return entry.document;
  return entry.values.length === 1 ? (entry.values[0] ?? null) : [...entry.values];
}

const eventValue = (entry: Entry, cursor = false): Value => ({
  kind: 'event',
  ts: entry.ts,
  action: entry.action,
  document: entry.document,
  ...(entry.fields && !cursor ? { fields: entry.fields } : {}),
  ...(entry.values.length > 0 ? { values: [...entry.values] } : {}),
  ...(cursor ? { cursor } : {}),
});

/** The cursor that leads to an element. */
export function entryCursor(set: EventSet, entry: Entry): Value {
  return set.shape.historical ? eventValue(entry, true) : [...entry.values, entry.document];
}
