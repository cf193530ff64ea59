/** to_*: from one type to another (ConversionFunctions.scala). */
import { invalidArgument, invalidCast } from '../../errors/errors.ts';
import { type At, at } from '../../errors/position.ts';
import { fail } from '../../errors/query-error.ts';
import { anyValue, each } from '../../language/casts.ts';
import { type Call, defineFunction } from '../../language/define.ts';
import type { Form } from '../../language/form.ts';
import { doubleText } from '../../values/double-text.ts';
import { typeName } from '../../values/names.ts';
import { formatDate, formatTime, timeOfMicros } from '../../values/time.ts';
import { type FaunaObject, isArray, isObject, isTagged, type Value } from '../../values/value.ts';
import { readDate, readTime } from '../calendar/making.ts';
import { dayOf } from '../calendar/parts.ts';
import { longOf, type Numeric } from '../math/long.ts';
import { trimControls } from '../text/whitespace.ts';
import { documentFields } from './document-fields.ts';
import { readNumber } from './read-number.ts';

/** The text of a scalar that has one. */
export function toText(value: Value, position: At): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return doubleText(value);
  if (isTagged(value)) {
    if (value.kind === 'time') return formatTime(value);
    if (value.kind === 'date') return formatDate(BigInt(value.days));
    if (value.kind === 'uuid') return value.uuid;
    if (value.kind === 'action') return value.action;
  }
  return fail(invalidCast(position, typeName(value), 'String'));
}

function toNumber(value: Value, expected: string, position: At): Numeric {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  const number = typeof value === 'string' ? readNumber(trimControls(value)) : undefined;
  return number ?? fail(invalidCast(position, typeName(value), expected));
}

function toTime(value: Value, { context, position }: Call): Value {
  if (typeof value === 'bigint') return timeOfMicros(value * 1000n);
  if (typeof value === 'string') return readTime(value, context, position);
  if (isTagged(value) && value.kind === 'time') return value;
  if (isTagged(value) && value.kind === 'date') return timeOfMicros(BigInt(value.days) * 86_400_000_000n);
  return fail(invalidCast(position, typeName(value), 'Time'));
}

function toDate(value: Value, position: At): Value {
  if (typeof value === 'string') return readDate(value, position);
  if (isTagged(value) && value.kind === 'date') return value;
  if (isTagged(value) && value.kind === 'time') return { kind: 'date', days: Number(dayOf(value)) };
  return fail(invalidCast(position, typeName(value), 'Date'));
}

function fieldAndValue(value: Value, position: At): [string, Value] {
  const [name, field, ...rest] = isArray(value) ? value : [];
  if (typeof name === 'string' && field !== undefined && rest.length === 0) return [name, field];
  return fail(invalidArgument(position, ['Field/Value'], typeName(value)));
}

function toObject(value: Value, position: At): FaunaObject {
  if (isArray(value)) return new Map(each(fieldAndValue, value, position));
  if (isObject(value)) return value;
  if (isTagged(value) && value.kind === 'document') return new Map(documentFields(value.version));
  return fail(invalidCast(position, typeName(value), 'Object'));
}

function toArray(value: Value, position: At): Value[] {
  if (isArray(value)) return value;
  if (isObject(value)) return [...value];
  if (isTagged(value) && value.kind === 'document') return documentFields(value.version);
  return fail(invalidCast(position, typeName(value), 'Array'));
}

const convert = (key: string, to: (value: Value, call: Call) => Value): Form =>
  defineFunction({
    parameters: { [key]: anyValue },
    effect: 'pure',
    evaluate: (args, call) => to(args[key] ?? null, call),
  });

/** The older four put their errors at the form itself, the newer ones at its argument. */
export const conversionForms: readonly Form[] = [
  convert('to_string', (value, { position }) => toText(value, position)),
  convert('to_number', (value, { position }) => toNumber(value, 'Number', position)),
  convert('to_double', (value, { position }) => Number(toNumber(value, 'Double', at(position, 'to_double')))),
  convert('to_integer', (value, { position }) => {
    const number = toNumber(value, 'Integer', at(position, 'to_integer'));
    return typeof number === 'bigint' ? number : longOf(number);
  }),
  convert('to_time', toTime),
  convert('to_date', (value, { position }) => toDate(value, position)),
  convert('to_object', (value, { position }) => toObject(value, at(position, 'to_object'))),
  convert('to_array', (value, { position }) => toArray(value, at(position, 'to_array'))),
];
