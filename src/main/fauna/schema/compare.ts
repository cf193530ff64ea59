import type { Difference } from './step.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Forms that name one thing of the schema, as the driver sends them, and the set that the thing is in. */
const NAMING: Record<string, string> = {
  collection: 'collections',
  index: 'indexes',
  role: 'roles',
  database: 'databases',
  function: 'functions',
  access_provider: 'access_providers',
};
const NATIVE_SETS = new Set([...Object.values(NAMING), 'keys', 'tokens', 'credentials']);

const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A ref as `collections/notes`, a set of the schema as `collections`. */
const refName = (ref: Json | undefined): string | null => {
  if (ref === undefined || !isObject(ref)) return null;
  const inner = ref['@ref'];
  if (inner === undefined || !isObject(inner) || typeof inner.id !== 'string') return null;
  const collection = refName(inner.collection);
  return collection ? `${collection}/${inner.id}` : inner.id;
};

const simplify = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(simplify);
  if (!isObject(value)) return value;
  const ref = refName(value);
  if (ref) return ref;
  const keys = Object.keys(value);
  const [only = ''] = keys;
  if (keys.length === 1) {
    const inner = value[only] as Json;
    if (only in NAMING && typeof inner === 'string') return `${NAMING[only]}/${inner}`;
    if (NATIVE_SETS.has(only) && inner === null) return only;
    if (only === 'object') return simplify(inner);
    if ((only === '@query' || only === 'query') && isObject(inner)) {
      const { api_version: _, ...lambda } = inner;
      return { query: simplify(lambda) };
    }
  }
  return Object.fromEntries(keys.sort().map((key) => [key, simplify(value[key] as Json)]));
};

/**
 * A value of the driver (refs, lambdas, plain data; what was sent or what came back) as plain JSON that is equal exactly
 * when the values are: the order of keys, the API version of a lambda and the two spellings of a ref do not count.
 */
export const plain = (value: unknown): Json => {
  const text = JSON.stringify(value);
  const simple = text === undefined ? null : simplify(JSON.parse(text) as Json);
  return Array.isArray(simple) && simple.length === 1 ? (simple[0] ?? null) : simple;
};

/** Which of the wanted fields have another value in the document. */
export const differencesOf = (found: Record<string, unknown>, wanted: Record<string, unknown>): Difference[] =>
  Object.entries(wanted).flatMap(([field, value]) => {
    const is = plain(found[field]);
    const want = plain(value);
    return JSON.stringify(is) === JSON.stringify(want) ? [] : [{ field, is, wanted: want }];
  });
