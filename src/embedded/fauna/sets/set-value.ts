/** A set as the value that stands for it. */
import { isRef, isTagged, type SetRef, type Value } from '../values/value.ts';
import type { EventSet } from './set.ts';

export interface SetValue extends SetRef {
  readonly set: EventSet;
}

export const set = (plan: EventSet): SetValue => ({ kind: 'set', set: plan });

/** Every set in a value is an EventSet: no other is ever put into one. */
export const isSet = (value: Value): value is SetValue => isTagged(value) && value.kind === 'set';

/** Schema and document sets are their bare refs. */
export function setValue(plan: EventSet): Value {
  const literal = plan.literal();
  return isRef(literal) ? literal : set(plan);
}
