/** Patches of fields: null removes, objects are merged into objects, anything else replaces. */
import { equalValues } from '../values/equal.ts';
import { type FaunaObject, isArray, isObject, type Value } from '../values/value.ts';

/** `base` with the patch applied; a null anywhere in it removes, also from what it adds. */
export function patchFields(base: FaunaObject, patch: FaunaObject): FaunaObject {
  const result = new Map(base);
  for (const [name, value] of patch) {
    if (value === null) {
      result.delete(name);
      continue;
    }
    const before = result.get(name);
    if (isObject(value))
      result.set(name, patchFields(before !== undefined && isObject(before) ? before : new Map(), value));
    else result.set(name, withoutNulls(value));
  }
  return result;
}

/** Nulls in arrays are dropped on every write, and null fields of objects inside them. */
function withoutNulls(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (isArray(value)) return value.filter((element) => element !== null).map(withoutNulls);
  if (isObject(value)) return patchFields(new Map(), value);
  return value;
}

/** What changed from one version to the next, with null for what went. */
export function diffFields(before: FaunaObject | undefined, after: FaunaObject): FaunaObject {
  if (!before) return after;
  const result: FaunaObject = new Map();
  for (const [name, value] of after) {
    const old = before.get(name);
    if (old === undefined) result.set(name, value);
    else if (isObject(value) && isObject(old)) {
      const inside = diffFields(old, value);
      if (inside.size > 0) result.set(name, inside);
    } else if (!equalValues(old, value)) result.set(name, value);
  }
  for (const name of before.keys()) if (!after.has(name)) result.set(name, null);
  return result;
}
