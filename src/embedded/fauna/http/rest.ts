/** The oldest interface, which version 4 still serves: `GET /collections/x/1` and its like, as queries (FQL1Routes). */
import { QueryFailure } from '../errors/query-error.ts';
import { NATIVE } from '../schema/ids.ts';
import { type CollectionLiteral, parseRef } from '../schema/ref-literals.ts';
import { JsonError, parseJson } from '../wire/json.ts';

export interface RestQuery {
  readonly text: string;
  /** Where an `invalid ref` says that the path leads nowhere. */
  readonly verb: string;
}

export interface Resource {
  readonly methods: readonly string[];
  /** What all but the root's own login are told of a method, if it is for that one only. */
  rootOnly(method: string): string | undefined;
  /** Answers true if the path leads somewhere. */
  readonly probe: string;
  /** Throws JsonError when the body is no JSON. */
  query(method: string, parameters: ReadonlyMap<string, string>, body: string | undefined): RestQuery;
}

const EVENTS = '/events';
const VERBS: Readonly<Record<string, string>> = { GET: 'get', PUT: 'replace', PATCH: 'update', DELETE: 'delete' };

const KEY_CHANGES: Readonly<Record<string, string>> = {
  PUT: 'Replacing a key with PUT is not allowed: create a replacement key, then delete this key.',
  PATCH: "Updating a key with PATCH is not allowed: use the Update FQL function to change key's user metadata.",
};

/** Undefined when the path is none of a ref. */
export function resourceAt(pathname: string): Resource | undefined {
  const path = pathname.slice(1);
  const isEvents = path.endsWith(EVENTS);
  const place = isEvents ? path.slice(0, -EVENTS.length) : path;
  const type = typeOf(place);
  if (type === undefined) return undefined;
  const ref = JSON.stringify({ '@ref': place });
  // A user's collection is one of the documents of its own collection, though one can also create a document in it.
  const isCollection = type === 'native';
  return {
    rootOnly: (method) => (type === 'key' && !isEvents ? KEY_CHANGES[method] : undefined),
    probe: `{"contains_path":"id","in":${ref}}`,
    methods: isEvents ? ['GET'] : isCollection ? ['GET', 'POST'] : ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    query: (method, parameters, body) => {
      if (isEvents || (isCollection && method === 'GET')) return paginate(ref, parameters, isEvents);
      const verb = method === 'POST' ? 'create' : (VERBS[method] ?? 'get');
      const takesBody = method !== 'GET' && method !== 'DELETE';
      return { text: takesBody ? `{"${verb}":${ref},"params":${quote(body ?? '{}')}}` : `{"${verb}":${ref}}`, verb };
    },
  };
}

/** The type of a ref literal, but that of a key has one of its own. */
function typeOf(place: string): string | undefined {
  try {
    const { type, ...literal } = parseRef(place, undefined);
    return 'collection' in literal && isKeys(literal.collection) ? 'key' : type;
  } catch (error) {
    if (error instanceof QueryFailure) return undefined;
    throw error;
  }
}

const isKeys = (collection: number | CollectionLiteral): boolean =>
  typeof collection === 'object' && collection.type === 'native' && collection.collection === NATIVE.keys;

/** What is checked to begin with one JSON value cannot end the object it is put into. */
function quote(json: string): string {
  parseJson(json);
  return `{"quote":${json}}`;
}

function paginate(ref: string, parameters: ReadonlyMap<string, string>, isEvents: boolean): RestQuery {
  const given = parameters.get('size') ?? '';
  const parts = [`"paginate":${ref}`, `"size":${/^[+-]?\d{1,18}$/.test(given) ? BigInt(given.replace('+', '')) : 64}`];
  for (const side of ['before', 'after']) {
    const cursor = readCursor(parameters.get(side));
    if (cursor !== undefined) parts.push(`"${side}":${cursor}`);
  }
  if (isEvents) parts.push('"events":true');
  return { text: `{${parts.join(',')}}`, verb: 'paginate' };
}

/** JSON, or a ref's path; anything else is no cursor. */
function readCursor(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return quote(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return typeOf(text) === undefined ? undefined : JSON.stringify({ '@ref': text });
  }
}
