/** Join(set, lambda or index): for each element the set it leads to, all of them united. */
import { invalidArgument, unresolvedRef } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { fail } from '../errors/query-error.ts';
import type { Context } from '../language/context.ts';
import { applyLambda } from '../language/lambda.ts';
import { typeName } from '../values/names.ts';
import { isRef, isTagged, type LambdaValue, object, type Value } from '../values/value.ts';
import { mergeEvents, mergeGroups, sourcesOf } from './merge.ts';
import { comesIn, compareEvents, groupKey } from './order.ts';
import { type Entry, type EventRange, type EventSet, elementValue, type Shape, UNKNOWN } from './set.ts';
import { isSet, setValue } from './set-value.ts';

export type JoinTarget =
  /** `position` is the join's own. */
  | { readonly type: 'lambda'; readonly lambda: LambdaValue; readonly position: At }
  | {
      readonly type: 'index';
      readonly ref: Value;
      readonly shape: Shape;
      match(context: Context, terms: Value): EventSet;
    };

export function joinSet(source: EventSet, target: JoinTarget): EventSet {
  const { history } = source;
  return {
    filtered: source.filtered,
    composite: true,
    shape: target.type === 'index' ? target.shape : UNKNOWN,
    literal: () => object({ join: setValue(source), with: target.type === 'lambda' ? target.lambda : target.ref }),
    forRead: (context) => {
      const readable = source.forRead(context);
      return readable && joinSet(readable, target);
    },
    snapshot: function* (context, range) {
      const everything = { from: undefined, to: undefined, ascending: true, size: range.size };
      const targets: EventSet[] = [];
      for (const entry of source.snapshot(context, everything)) {
        const found = targetOf(target, entry, context);
        if (found) targets.push(found);
      }
      const streams = targets.map((found) => found.snapshot(context, range));
      for (const group of mergeGroups(streams, range.ascending)) {
        const first = group[0]?.[0];
        if (first) yield { ...first, sources: sourcesOf(group.map(([entry]) => entry)) };
      }
    },
    ...(history
      ? {
          history: (context: Context, range: EventRange) => {
            const whole = { ...range, since: 0n, ascending: true, complete: true };
            const streams = presences(history(context, whole)).flatMap(({ entry, spans }) => {
              const found = targetOf(target, entry, context);
              return found ? [eventsWithin(found, spans, context, range)] : [];
            });
            return mergeEvents(streams, range.ascending);
          },
        }
      : {}),
  };
}

function targetOf(target: JoinTarget, entry: Entry, context: Context): EventSet | undefined {
  const value = elementValue(entry);
  const found = target.type === 'lambda' ? applied(target, value, context) : target.match(context, value);
  return found.forRead(context);
}

function applied(target: JoinTarget & { type: 'lambda' }, value: Value, context: Context): EventSet {
  const place = at(target.position, 'with');
  const result = applyLambda(target.lambda, value, context, place);
  if (isSet(result)) return result.set;
  if (isTagged(result) && result.kind === 'unresolved') return fail(unresolvedRef(place, result));
  return fail(invalidArgument(place, isRef(result) ? ['Set'] : ['Ref', 'Set'], typeName(result)));
}

/** Thrown when a target turns out to have no history. */
export class NoHistory extends Error {
  override readonly name = 'NoHistory';
}

interface Span {
  readonly from: Entry;
  /** Open if it is still there. */
  to: Entry | undefined;
}

interface Presence {
  readonly entry: Entry;
  readonly spans: Span[];
}

/** The elements a history tells of, each with the times it was in the set. */
function presences(events: Iterable<Entry>): Presence[] {
  const found = new Map<string, Presence>();
  for (const entry of events) {
    const key = `${entry.document.collection} ${entry.document.id} ${Buffer.from(groupKey(entry)).toString('latin1')}`;
    const presence = found.get(key) ?? { entry, spans: [] };
    found.set(key, presence);
    const last = presence.spans.at(-1);
    const open = last !== undefined && last.to === undefined;
    if (comesIn(entry) && !open) presence.spans.push({ from: entry, to: undefined });
    if (!comesIn(entry) && open) last.to = entry;
  }
  return [...found.values()].filter(({ spans }) => spans.length > 0);
}

/** A target's events while its source element was there; at one time they are in the order of events. */
function* eventsWithin(found: EventSet, spans: readonly Span[], context: Context, range: EventRange): Generator<Entry> {
  if (!found.history) throw new NoHistory();
  for (const event of found.history(context, range)) {
    const isWithin = spans.some(
      ({ from, to }) => compareEvents(from, event) <= 0 && (to === undefined || compareEvents(event, to) <= 0),
    );
    if (isWithin && !isAtFence(event, spans)) yield event;
  }
}

/** What left as the element came, or came as it left for good, is none of its events (EventsFilter.scala's bounds). */
function isAtFence(event: Entry, spans: readonly Span[]): boolean {
  const first = spans[0]?.from;
  const last = spans.at(-1)?.to;
  return comesIn(event) ? event.ts === last?.ts : event.ts === first?.ts;
}
