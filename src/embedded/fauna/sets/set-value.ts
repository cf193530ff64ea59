/** A set as the value that stands for it: schema and document sets are their bare refs. */
import { isRef, type Value } from '../values/value.ts';
import type { EventSet } from './set.ts';

export function setValue(set: EventSet): Value {
  const literal = set.literal();
  return isRef(literal) ? literal : { kind: 'set', set };
}
