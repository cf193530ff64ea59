/** How many parts of indexes a set is read from, each of which FaunaDB charges for (EventSet.scala's count). */
import type { Catalog } from '../schema/catalog.ts';
import { NATIVE } from '../schema/ids.ts';
import { isArray, isObject, isRef, isTagged, type Value } from '../values/value.ts';

/** Of "all documents of a collection". */
const OF_DOCUMENTS = 8;

/** By the set's literal. */
export function partitionsOf(catalog: Catalog, literal: Value): number {
  if (isArray(literal)) return literal.reduce<number>((total, part) => total + partitionsOf(catalog, part), 0);
  if (isTagged(literal) && literal.kind === 'set') return partitionsOf(catalog, literal.set.literal());
  if (isRef(literal)) return literal.collection === NATIVE.collections ? OF_DOCUMENTS : 1;
  if (!isObject(literal)) return 1;
  if (literal.has('documents')) return OF_DOCUMENTS;
  if (literal.has('singleton')) return 1;
  const index = literal.get('match') ?? null;
  if (isRef(index)) return partitionsOfIndex(catalog, index);
  const inner = literal.get('collection') ?? literal.values().next().value ?? null;
  return partitionsOf(catalog, inner);
}

function partitionsOfIndex(
  catalog: Catalog,
  { scope, collection, id }: { scope: number; collection: number; id: bigint },
) {
  const partitions = catalog.scope(scope).get(collection, id)?.fields.get('partitions');
  return typeof partitions === 'bigint' ? Number(partitions) : 1;
}
