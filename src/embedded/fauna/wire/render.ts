/** Values as the JSON of a response (Renderable.scala). A value that points to nothing is left out, its key with it. */

import { refId } from '../documents/select.ts';
import type { Session } from '../language/context.ts';
import { lambdaLiteral } from '../language/lambda.ts';
import { hasName, NATIVE, ROOT_SCOPE } from '../schema/ids.ts';
import { doubleText } from '../values/double-text.ts';
import { formatDate, formatTime, timeOfMicros } from '../values/time.ts';
import {
  type FaunaObject,
  isObject,
  isRef,
  isTagged,
  type LambdaValue,
  type Ref,
  ref,
  type SetPlan,
  type Tagged,
  type UnresolvedRef,
  type Value,
  type Version,
} from '../values/value.ts';

export interface RenderContext {
  readonly session: Session;
  /** Refs to other databases say which. */
  readonly scope: number;
  /** What the transaction's own time shows as (µs), if not as that time. */
  readonly now?: bigint;
  /** A page's refs are mostly of one collection, whose part is made once. */
  collections?: Map<number, string | undefined>;
}

/** JSON text, or undefined for what renders as nothing (a ref to a deleted collection's document). */
export function render(value: Value, context: RenderContext): string | undefined {
  switch (typeof value) {
    case 'string':
      return renderString(value);
    case 'bigint':
      return value.toString();
    case 'number':
      return renderDouble(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      if (value === null) return 'null';
      if (Array.isArray(value)) return renderArray(value, context);
      if (value instanceof Map) return renderObject(value, context);
      return renderTagged(value, context);
  }
}

const base64 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

/** Java writes a question mark for half of a surrogate pair. */
const renderString = (text: string): string =>
  JSON.stringify(text.isWellFormed() ? text : text.replace(/\p{Surrogate}/gu, '?'));

/** What JSON has no number for is a string. */
export const renderDouble = (value: number): string =>
  Number.isFinite(value) ? doubleText(value) : `"${doubleText(value)}"`;

function renderArray(values: readonly Value[], context: RenderContext): string {
  let result = '';
  for (const value of values) {
    // A few bindings can stand for more elements than there is time to write.
    context.session.spend();
    const text = render(value, context);
    if (text !== undefined) result += result === '' ? text : `,${text}`;
  }
  return `[${result}]`;
}

/** What is between the braces, after what is there already. */
function fields(entries: Iterable<readonly [string, Value]>, context: RenderContext, before = ''): string {
  let result = before;
  for (const [key, value] of entries) {
    const text = render(value, context);
    if (text === undefined) continue;
    result += result === '' ? `${renderString(key)}:${text}` : `,${renderString(key)}:${text}`;
  }
  return result;
}

function renderObject(value: FaunaObject, context: RenderContext): string {
  const text = `{${fields(value, context)}}`;
  for (const key of value.keys()) if (key.startsWith('@')) return `{"@obj":${text}}`;
  return text;
}

const tag = (name: string, inner: string): string => `{"@${name}":${inner}}`;

function renderTagged(value: Tagged, context: RenderContext): string | undefined {
  switch (value.kind) {
    case 'ref':
      return renderRef(value, context);
    case 'unresolved':
      return renderUnresolved(value);
    case 'set':
      return renderSet(value.set, context);
    case 'time':
      return tag('ts', `"${formatTime(value)}"`);
    case 'date':
      return tag('date', `"${formatDate(BigInt(value.days))}"`);
    case 'bytes':
      return tag('bytes', `"${base64(value.bytes)}"`);
    case 'uuid':
      return tag('uuid', `"${value.uuid}"`);
    case 'transactionTime':
      return render(value.micros ? now(context) : timeOfMicros(now(context)), context);
    case 'lambda':
      return tag('query', renderObject(lambdaFields(value), context));
    case 'action':
      return `"${value.action}"`;
    case 'document':
      return renderVersion(value.version, context);
    case 'page':
      return `{${fields(pageFields(value), context)}}`;
    case 'element': {
      const inner = render(value.value, context);
      const sources = value.sources.map((set) => renderSet(set, context)).filter((text) => text !== undefined);
      return inner === undefined ? undefined : `{"value":${inner},"sources":[${sources.join(',')}]}`;
    }
    case 'event':
      return renderEvent(value, context);
  }
}

const now = ({ now: time, session }: RenderContext): bigint => time ?? session.time;

function* pageFields(page: Tagged & { kind: 'page' }): Generator<[string, Value]> {
  if (page.before !== undefined) yield ['before', page.before];
  if (page.after !== undefined) yield ['after', page.after];
  yield ['data', page.data];
}

function renderVersion(version: Version, context: RenderContext): string {
  const address = renderRef(ref(version.scope, version.collection, version.id), context);
  const own = `${address === undefined ? '' : `"ref":${address},`}"ts":${version.pending ? now(context) : version.ts}`;
  return `{${fields(version.fields, context, version.action === 'delete' ? `${own},"action":"delete"` : own)}}`;
}

function renderEvent(event: Tagged & { kind: 'event' }, context: RenderContext): string | undefined {
  const document = isRootDatabase(event.document) ? renderRoot(context) : renderRef(event.document, context);
  if (document === undefined && !event.cursor) return undefined;
  const base = `"ts":${event.ts},"action":"${event.action}"${document === undefined ? '' : `,"document":${document}`}`;
  if (event.cursor && !event.values) return `{${base}}`;
  if (event.action === 'add' || event.action === 'remove') {
    return event.values ? `{${base},"data":${renderArray(event.values, context)}}` : `{${base}}`;
  }
  return `{${base},"data":${render(event.fields?.get('data') ?? null, context) ?? 'null'}}`;
}

/** What a cursor that only says a time has for its document. */
const isRootDatabase = ({ collection, id }: Ref): boolean => collection === NATIVE.databases && id === 0n;
/** Only the root itself gets to see it. */
const renderRoot = ({ scope }: RenderContext): string | undefined =>
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
function renderRef(value: Ref, context: RenderContext): string | undefined {
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

function renderUnresolved(value: UnresolvedRef): string {
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

function renderSet(set: SetPlan, context: RenderContext): string | undefined {
  const literal = set.literal();
  if (isRef(literal)) return renderRef(literal, context);
  const contents = isObject(literal) ? renderSetContents(literal, context) : undefined;
  return contents && tag('set', contents);
}

/** The parts of a set are tagged as sets in their turn, but for the set whose events it is; a lambda in one is not tagged. */
function renderSetContents(literal: FaunaObject, context: RenderContext): string | undefined {
  const parts: string[] = [];
  for (const [key, part] of literal) {
    const text = isLambda(part)
      ? renderObject(lambdaFields(part), context)
      : key === 'events' && isObject(part)
        ? renderSetContents(part, context)
        : render(part, context);
    // An index that is gone takes its set with it.
    if (text === undefined) return undefined;
    parts.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${parts.join(',')}}`;
}

const isLambda = (value: Value): value is LambdaValue => isTagged(value) && value.kind === 'lambda';

function lambdaFields(value: LambdaValue): FaunaObject {
  const literal = lambdaLiteral(value);
  return new Map<string, Value>([['api_version', value.apiVersion], ...(isObject(literal) ? literal : [])]);
}
