/** Refs as the JSON of a response, and what rendering needs to know (Renderable.scala). */

import { refId } from '../documents/select.ts';
import type { Session } from '../language/context.ts';
import { hasName, NATIVE, ROOT_SCOPE } from '../schema/ids.ts';
import { type Ref, ref, type UnresolvedRef } from '../values/value.ts';

export interface RenderContext {
  readonly session: Session;
  /** Refs to other databases say which. */
  readonly scope: number;
  /** What the transaction's own time shows as (µs), if not as that time. */
  readonly now?: bigint;
  /** A page's refs are mostly of one collection, whose part is made once. */
  collections?: Map<number, string | undefined>;
}

export const tag = (name: string, inner: string): string => `{"@${name}":${inner}}`;

/** What a cursor that only says a time has for its document. */
export const isRootDatabase = ({ collection, id }: Ref): boolean => collection === NATIVE.databases && id === 0n;
/** Only the root itself gets to see it. */
export const renderRoot = ({ scope }: RenderContext): string | undefined =>
  scope === ROOT_SCOPE ? tag('ref', `{"id":"__root__","collection":${tag('ref', '{"id":"databases"}')}}`) : undefined;

function renderCollection({ scope, collection }: Ref, context: RenderContext): string | undefined {
  context.collections ??= new Map();
  const key = scope * 2 ** 32 + collection;
  const known = context.collections.get(key);
  if (known !== undefined) return known;
  const text = renderRef(ref(scope, NATIVE.collections, BigInt(collection)), context);
  context.collections.set(key, text);
  return text;
}

/** Another database shows once: on what has a name in it, or else on the collection (Renderable.scala:240, mkRef). */
export function renderRef(value: Ref, context: RenderContext): string | undefined {
  const id = refId(context.session, value);
  if (id === undefined) return undefined;
  const named = hasName(value.collection);
  // A name may hold anything, a number only digits.
  let inner = named ? `"id":${JSON.stringify(id)}` : `"id":"${id}"`;
  if (!isNativeCollection(value)) {
    const collection = renderCollection(named ? { ...value, scope: context.scope } : value, context);
    if (collection === undefined) return undefined;
    inner += `,"collection":${collection}`;
  }
  const database = named && value.scope !== context.scope ? context.session.catalog.database(value.scope) : undefined;
  if (database?.parent !== undefined) {
    const text = renderRef(ref(database.parent, NATIVE.databases, database.id), context);
    if (text !== undefined) inner += `,"database":${text}`;
  }
  return tag('ref', `{${inner}}`);
}

const isNativeCollection = (value: Ref): boolean => value.collection === NATIVE.collections && value.id < 1024n;

const PLURAL = {
  native: 'collections',
  database: 'databases',
  collection: 'collections',
  index: 'indexes',
  function: 'functions',
  role: 'roles',
  access_provider: 'access_providers',
  key: 'keys',
  document: 'collections',
} as const;

export function renderUnresolved(value: UnresolvedRef): string {
  const native = (name: string): string => tag('ref', `{"id":"${name}"}`);
  const databases = value.database === undefined ? [] : [value.database, ...(value.above ?? [])];
  const database = databases.reduceRight(
    (outer, name) =>
      `,"database":${tag('ref', `{"id":${JSON.stringify(name)},"collection":${native('databases')}${outer}}`)}`,
    '',
  );
  if (value.type === 'native') return tag('ref', `{"id":${JSON.stringify(value.name)}${database}}`);
  const named = tag(
    'ref',
    `{"id":${JSON.stringify(value.name)},"collection":${native(PLURAL[value.type])}${database}}`,
  );
  return value.type === 'document'
    ? tag('ref', `{"id":${JSON.stringify(String(value.id))},"collection":${named}}`)
    : named;
}
