/** Whether a set has an element: a page of one from it. */
import { storedForm } from '../documents/rules.ts';
import { at } from '../errors/position.ts';
import type { Call } from '../language/define.ts';
import { equalValues } from '../values/equal.ts';
import type { Value } from '../values/value.ts';
import { readCursor } from './cursor.ts';
import { paginate } from './paginate.ts';
import type { EventSet } from './set.ts';

export function containsInSet(set: EventSet, value: Value, { context, position }: Call): boolean {
  const cursor = readCursor(
    set,
    value,
    'low',
    (tagged) => storedForm(tagged, context.session.time),
    at(position, 'contains_value'),
  );
  const page = paginate(context, set, { cursor, ascending: true, size: 1, sources: false }, position);
  return page.data.some((found) => equalValues(found, value));
}
