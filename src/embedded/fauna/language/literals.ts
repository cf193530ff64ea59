/** Values written with @-tags (Parser.scala's EscapesParser), in queries and in Quote. */
import { type At, at } from '../errors/position.ts';
import { fail, parseError } from '../errors/query-error.ts';
import { parseInstant, parseStrictDate } from '../values/parse-time.ts';
import { type FaunaObject, isArray, isObject, type LambdaValue, type Value } from '../values/value.ts';
import type { LambdaExpression } from './expression.ts';

export interface Literals {
  /** What a one-key object with an @-tag stands for; undefined if it has none. `@obj` gives the object unread. */
  tagged(value: FaunaObject, position: At): Value | undefined;
  /** Everything in the value read, nothing evaluated. */
  quoted(value: Value, position: At): Value;
  /** A lambda without a tag, as sets hold them: of the query's own version if it does not say. */
  lambda(value: Value, position: At): LambdaValue;
}

/** What needs the database or the whole language. */
export interface LiteralReaders {
  ref(value: Value, position: At): Value;
  set(fields: FaunaObject, position: At, literals: Literals): Value;
  lambda(value: Value, position: At): LambdaExpression | undefined;
}

export function createLiterals(readers: LiteralReaders): Literals {
  const literals: Literals = {
    tagged: (value, position) => {
      if (value.size !== 1) return undefined;
      for (const [tag, inner] of value) {
        if (!tag.startsWith('@')) return undefined;
        return readTag(tag, inner, position, readers, literals);
      }
      return undefined;
    },
    lambda: (value, position) => readLambda(value, position, readers, '4'),
    quoted: (value, position) => {
      if (isArray(value)) {
        return value.map((element, index) => literals.quoted(element, at(position, index)));
      }
      if (!isObject(value)) return value;
      const tagged = literals.tagged(value, position);
      if (tagged !== undefined && !isObject(tagged)) return tagged;
      const fields = [...(tagged ?? value)];
      return new Map(fields.map(([key, field]) => [key, literals.quoted(field, at(position, key))]));
    },
  };
  return literals;
}

function readTag(
  tag: string,
  value: Value,
  position: At,
  readers: LiteralReaders,
  literals: Literals,
): Value | undefined {
  switch (tag) {
    case '@obj':
      return isObject(value) ? value : fail(parseError(position, 'Invalid object.'));
    case '@ref':
      return readers.ref(value, position);
    case '@set':
      return isObject(value) ? readers.set(value, position, literals) : fail(parseError(position, 'Invalid set.'));
    case '@ts':
      return (typeof value === 'string' && parseInstant(value)) || fail(parseError(position, 'Invalid time.'));
    case '@date':
      return readDate(value, position);
    case '@query':
      return readLambda(value, position, readers);
    case '@bytes':
      return readBytes(value, position);
    case '@uuid':
      return readUuid(value, position);
    default:
      return undefined;
  }
}

function readDate(value: Value, position: At): Value {
  const days = typeof value === 'string' ? parseStrictDate(value) : undefined;
  return days === undefined ? fail(parseError(position, 'Invalid date.')) : { kind: 'date', days: Number(days) };
}

function readBytes(value: Value, position: At): Value {
  if (typeof value !== 'string') return fail(parseError(position, 'Invalid bytes.'));
  // In room of its own: a value may stay, and a part of Node's pool would keep all of that.
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(value, 'base64'));
  return { kind: 'bytes', bytes: bytes.subarray(0, bytes.write(value, 'base64')) };
}

const UUID = /^[\da-f]{1,8}-[\da-f]{1,4}-[\da-f]{1,4}-[\da-f]{1,4}-[\da-f]{1,12}$/i;
const UUID_PARTS = [8, 4, 4, 4, 12];

/** java.util.UUID takes short parts and pads them. */
function readUuid(value: Value, position: At): Value {
  if (typeof value !== 'string' || !UUID.test(value)) return fail(parseError(position, 'Invalid UUID.'));
  const parts = value.toLowerCase().split('-');
  return { kind: 'uuid', uuid: parts.map((part, index) => part.padStart(UUID_PARTS[index] ?? 0, '0')).join('-') };
}

/** What a lambda's `api_version` may be (APIVersion.scala), and what it is kept as: the earliest count as 2.12. */
const LAMBDA_VERSIONS = new Map<Value, string>([
  ...['2.0', '2.1', '2.7'].map((early): [string, string] => [early, '2.12']),
  ...['2.12', '3', '4', '5', 'UNSTABLE'].map((version): [string, string] => [version, version]),
]);

/** `{ lambda, expr }`, with `api_version` or without. */
function readLambda(value: Value, position: At, readers: LiteralReaders, otherwise = '2.12'): LambdaValue {
  const invalid = parseError(position, 'Invalid lambda.');
  if (!isObject(value)) return fail(invalid);
  const { api_version = otherwise } = Object.fromEntries(value);
  const version = LAMBDA_VERSIONS.get(api_version);
  const keys = value.size - (value.has('api_version') ? 1 : 0);
  if (keys !== 2 || !value.has('lambda') || !value.has('expr') || version === undefined) return fail(invalid);
  const bare = new Map([...value].filter(([key]) => key !== 'api_version'));
  const expression = readers.lambda(bare, position);
  if (!expression) return fail(invalid);
  return {
    kind: 'lambda',
    pattern: expression.pattern,
    body: expression.body,
    apiVersion: version,
    captured: new Map(),
  };
}
