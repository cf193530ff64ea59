/** A value as an index holds it: the fields of objects in the order of their names (IndexTerm.scala). */
import { isArray, isObject, type Value } from './value.ts';

export function normalized(value: Value): Value {
  if (isArray(value)) return value.map(normalized);
  if (!isObject(value)) return value;
  return new Map([...value].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, field]) => [name, normalized(field)]));
}
