/** is_*: what type a value is of. */
import { anyValue } from '../language/casts.ts';
import { defineFunction } from '../language/define.ts';
import type { Form } from '../language/form.ts';
import { isArray, isObject, isRef, isTagged, type Tagged, type Value } from '../values/value.ts';

const check = (key: string, holds: (value: Value) => boolean): Form =>
  defineFunction({
    parameters: { [key]: anyValue },
    effect: 'pure',
    evaluate: (args) => holds(args[key] ?? null),
  });
const tagged =
  (...kinds: Tagged['kind'][]) =>
  (value: Value): boolean =>
    isTagged(value) && kinds.includes(value.kind);

export const checkForms: readonly Form[] = [
  check('is_number', (value) => typeof value === 'bigint' || typeof value === 'number'),
  check('is_integer', (value) => typeof value === 'bigint'),
  check('is_double', (value) => typeof value === 'number'),
  check('is_boolean', (value) => typeof value === 'boolean'),
  check('is_null', (value) => value === null),
  check('is_bytes', tagged('bytes')),
  check('is_timestamp', tagged('time', 'transactionTime')),
  check('is_date', tagged('date')),
  check('is_uuid', tagged('uuid')),
  check('is_string', (value) => typeof value === 'string' || tagged('action')(value)),
  check('is_array', isArray),
  check('is_object', (value) => isObject(value) || tagged('document', 'event', 'element', 'page')(value)),
  check('is_ref', (value) => isRef(value) || tagged('unresolved')(value)),
  check('is_set', tagged('set')),
  check('is_lambda', tagged('lambda')),
];
