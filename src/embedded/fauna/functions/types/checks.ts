/** is_*: what type a value is of (TypeCheckFunctions.scala). */
import { anyValue } from '../../language/casts.ts';
import { defineFunction } from '../../language/define.ts';
import type { Form } from '../../language/form.ts';
import { NATIVE, nativeName } from '../../schema/ids.ts';
import { isSet } from '../../sets/set-value.ts';
import { isArray, isObject, isRef, isTagged, type Tagged, type Value } from '../../values/value.ts';

type Test = (value: Value) => boolean;

const check = (key: string, holds: Test): Form =>
  defineFunction({ parameters: { [key]: anyValue }, effect: 'pure', evaluate: (args) => holds(args[key] ?? null) });

const tagged =
  (...kinds: Tagged['kind'][]): Test =>
  (value) =>
    isTagged(value) && kinds.includes(value.kind);

/** A ref to, or a document of, one of Fauna's own collections. */
const schemaDocument =
  (collection: number): Test =>
  (value) =>
    isTagged(value) &&
    ((value.kind === 'ref' && value.collection === collection) ||
      (value.kind === 'document' && value.version.collection === collection));

/** The ref of a native collection stands for the set of its documents. */
const isSchemaSet: Test = (value) =>
  isRef(value) && value.collection === NATIVE.collections && nativeName(Number(value.id)) !== undefined;

export const checkForms: readonly Form[] = [
  check('is_number', (value) => typeof value === 'bigint' || typeof value === 'number'),
  check('is_double', (value) => typeof value === 'number'),
  check('is_integer', (value) => typeof value === 'bigint'),
  check('is_boolean', (value) => typeof value === 'boolean'),
  check('is_null', (value) => value === null),
  check('is_bytes', tagged('bytes')),
  check(
    'is_timestamp',
    (value) => isTagged(value) && (value.kind === 'time' || (value.kind === 'transactionTime' && !value.micros)),
  ),
  check('is_date', tagged('date')),
  check('is_uuid', tagged('uuid')),
  check('is_string', (value) => typeof value === 'string' || tagged('action')(value)),
  check('is_array', isArray),
  check('is_object', (value) => isObject(value) || tagged('document', 'event', 'page')(value)),
  check('is_ref', tagged('ref', 'unresolved')),
  check('is_set', (value) => isSet(value) || isSchemaSet(value)),
  check('is_doc', tagged('ref', 'document')),
  check('is_lambda', tagged('lambda')),
  check('is_collection', schemaDocument(NATIVE.collections)),
  check('is_database', schemaDocument(NATIVE.databases)),
  check('is_index', schemaDocument(NATIVE.indexes)),
  check('is_function', schemaDocument(NATIVE.functions)),
  check('is_key', schemaDocument(NATIVE.keys)),
  check('is_token', schemaDocument(NATIVE.tokens)),
  check('is_credentials', schemaDocument(NATIVE.credentials)),
  check('is_role', schemaDocument(NATIVE.roles)),
];
