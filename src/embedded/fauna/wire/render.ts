/** Values as the JSON of a response (Renderable.scala). A value that points to nothing is left out, its key with it. */

import { lambdaLiteral } from '../language/lambda.ts';
import { bufferOf } from '../values/decode.ts';
import { doubleText } from '../values/double-text.ts';
import { formatDate, formatTime, timeOfMicros } from '../values/time.ts';
import {
  type FaunaObject,
  isObject,
  isRef,
  isTagged,
  type LambdaValue,
  ref,
  type SetPlan,
  type Tagged,
  type Value,
  type Version,
} from '../values/value.ts';
import { Output } from './output.ts';
import { isRootDatabase, type RenderContext, renderRef, renderRoot, renderUnresolved, tag } from './render-ref.ts';
import { writeStoredFields } from './render-stored.ts';

/** JSON text, or undefined for what renders as nothing (a ref to a deleted collection's document). */
export function render(value: Value, context: RenderContext): string | undefined {
  const out = new Output(256);
  if (!write(value, out, context)) return undefined;
  const text = out.take();
  return typeof text === 'string' ? text : Buffer.from(text.buffer, 0, text.length).toString();
}

/** Writes it. False, with nothing written, for what renders as nothing. */
export function write(value: Value, out: Output, context: RenderContext): boolean {
  switch (typeof value) {
    case 'string':
      out.string(value);
      return true;
    case 'bigint':
      out.ascii(value.toString());
      return true;
    case 'number':
      out.ascii(renderDouble(value));
      return true;
    case 'boolean':
      out.ascii(value ? 'true' : 'false');
      return true;
    default:
      if (value === null) out.ascii('null');
      else if (Array.isArray(value)) writeArray(value, out, context);
      else if (value instanceof Map) writeObject(value, out, context);
      else return writeTagged(value, out, context);
      return true;
  }
}

/** What JSON has no number for is a string. */
export const renderDouble = (value: number): string =>
  Number.isFinite(value) ? doubleText(value) : `"${doubleText(value)}"`;

function writeArray(values: readonly Value[], out: Output, context: RenderContext): void {
  out.ascii('[');
  let isFirst = true;
  for (const value of values) {
    // A few bindings can stand for more elements than there is time to write.
    context.session.spend();
    const before = out.length;
    if (!isFirst) out.ascii(',');
    if (write(value, out, context)) isFirst = false;
    else out.cut(before);
  }
  out.ascii(']');
}

/** What is between the braces. */
function writeFields(
  entries: Iterable<readonly [string, Value]>,
  out: Output,
  context: RenderContext,
  first = true,
): void {
  let isFirst = first;
  for (const [key, value] of entries) {
    const before = out.length;
    if (!isFirst) out.ascii(',');
    out.string(key);
    out.ascii(':');
    if (write(value, out, context)) isFirst = false;
    else out.cut(before);
  }
}

function writeObject(value: FaunaObject, out: Output, context: RenderContext): void {
  let hasTag = false;
  for (const key of value.keys()) if (key.startsWith('@')) hasTag = true;
  out.ascii(hasTag ? '{"@obj":{' : '{');
  writeFields(value, out, context);
  out.ascii(hasTag ? '}}' : '}');
}

/** Text that was made by itself. */
function put(text: string | undefined, out: Output): boolean {
  if (text !== undefined) out.text(text);
  return text !== undefined;
}

function writeTagged(value: Tagged, out: Output, context: RenderContext): boolean {
  switch (value.kind) {
    case 'ref':
      return put(renderRef(value, context), out);
    case 'unresolved':
      return put(renderUnresolved(value), out);
    case 'set':
      return put(renderSet(value.set, context), out);
    case 'time':
      return put(tag('ts', `"${formatTime(value)}"`), out);
    case 'date':
      return put(tag('date', `"${formatDate(BigInt(value.days))}"`), out);
    case 'bytes':
      out.ascii('{"@bytes":"');
      out.base64(bufferOf(value.bytes), 0, value.bytes.length);
      out.ascii('"}');
      return true;
    case 'uuid':
      return put(tag('uuid', `"${value.uuid}"`), out);
    case 'transactionTime':
      return write(value.micros ? now(context) : timeOfMicros(now(context)), out, context);
    case 'lambda':
      return put(renderLambda(value, context), out);
    case 'action':
      return put(`"${value.action}"`, out);
    case 'document':
      writeVersion(value.version, out, context);
      return true;
    case 'page':
      out.ascii('{');
      writeFields(pageFields(value), out, context);
      out.ascii('}');
      return true;
    case 'element':
      return writeElement(value, out, context);
    case 'event':
      return put(renderEvent(value, context), out);
  }
}

const now = ({ now: time, session }: RenderContext): bigint => time ?? session.time;

function* pageFields(page: Tagged & { kind: 'page' }): Generator<[string, Value]> {
  if (page.before !== undefined) yield ['before', page.before];
  if (page.after !== undefined) yield ['after', page.after];
  yield ['data', page.data];
}

function writeElement({ value, sources }: Tagged & { kind: 'element' }, out: Output, context: RenderContext): boolean {
  const before = out.length;
  out.ascii('{"value":');
  if (!write(value, out, context)) {
    out.cut(before);
    return false;
  }
  const texts = sources.map((set) => renderSet(set, context)).filter((text) => text !== undefined);
  out.text(`,"sources":[${texts.join(',')}]}`);
  return true;
}

function writeVersion(version: Version, out: Output, context: RenderContext): void {
  const address = renderRef(ref(version.scope, version.collection, version.id), context);
  out.text(address === undefined ? '{' : `{"ref":${address},`);
  out.ascii(`"ts":${version.pending ? now(context) : version.ts}`);
  if (version.action === 'delete') out.ascii(',"action":"delete"');
  if (version.stored) writeStoredFields(version.stored, version.scope, storedParts(out, context));
  else writeFields(version.fields, out, context, false);
  out.ascii('}');
}

const storedParts = (out: Output, context: RenderContext) => ({
  out,
  session: context.session,
  other: (value: Value) => write(value, out, context),
});

function renderEvent(event: Tagged & { kind: 'event' }, context: RenderContext): string | undefined {
  const document = isRootDatabase(event.document) ? renderRoot(context) : renderRef(event.document, context);
  if (document === undefined && !event.cursor) return undefined;
  const base = `"ts":${event.ts},"action":"${event.action}"${document === undefined ? '' : `,"document":${document}`}`;
  if (event.cursor && !event.values) return `{${base}}`;
  if (event.action === 'add' || event.action === 'remove') {
    return event.values ? `{${base},"data":${render(event.values, context)}}` : `{${base}}`;
  }
  return `{${base},"data":${render(event.fields?.get('data') ?? null, context) ?? 'null'}}`;
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
      ? render(lambdaFields(part), context)
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

const renderLambda = (value: LambdaValue, context: RenderContext): string =>
  tag('query', render(lambdaFields(value), context) ?? 'null');

function lambdaFields(value: LambdaValue): FaunaObject {
  const literal = lambdaLiteral(value);
  return new Map<string, Value>([['api_version', value.apiVersion], ...(isObject(literal) ? literal : [])]);
}
