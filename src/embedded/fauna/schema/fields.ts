/** Rules for the fields of documents: what is kept, and what is wrong with it (FaunaDB's Field and Validator). */
import {
  invalidCharacters,
  invalidNegative,
  invalidType,
  reservedName,
  type ValidationFailure,
  valueRequired,
} from '../errors/validation.ts';
import { type FaunaObject, isArray, isObject, isRef, isTagged, type Value } from '../values/value.ts';

export interface Checked {
  /** What is stored; undefined if nothing. */
  readonly value?: Value | undefined;
  readonly failures?: readonly ValidationFailure[];
}
export type FieldRule = (value: Value | undefined, path: readonly string[]) => Checked;
export type FieldRules = Readonly<Record<string, FieldRule>>;

/** What failures call a stored value's type (IRValue.scala). */
export function storedTypeName(value: Value): string {
  switch (typeof value) {
    case 'bigint':
      return 'Long';
    case 'number':
      return 'Double';
    case 'boolean':
      return 'Boolean';
    case 'string':
      return 'String';
    default:
      if (value === null) return 'Null';
      if (isArray(value)) return 'Array';
      if (isObject(value)) return 'Map';
      return TAGGED[value.kind] ?? 'Map';
  }
}
const TAGGED: Readonly<Record<string, string>> = {
  ref: 'Ref',
  time: 'Time',
  date: 'Date',
  bytes: 'Bytes',
  uuid: 'UUID',
  lambda: 'Query',
  transactionTime: 'TransactionTime',
  action: 'String',
  page: 'Map',
};

/** A rule for values of one type, which `accept` returns as stored; undefined refuses. */
export const typed =
  (name: string, accept: (value: Value) => Value | undefined): FieldRule =>
  (value, path) => {
    if (value === undefined) return { failures: [valueRequired(path)] };
    const accepted = accept(value);
    return accepted === undefined
      ? { failures: [invalidType(path, name, storedTypeName(value))] }
      : { value: accepted };
  };

export const optional =
  (rule: FieldRule): FieldRule =>
  (value, path) =>
    value === undefined || value === null ? {} : rule(value, path);

/** Checks more about a value of the right type. */
export const refined =
  (rule: FieldRule, check: (value: Value, path: readonly string[]) => readonly ValidationFailure[]): FieldRule =>
  (value, path) => {
    const checked = rule(value, path);
    if (checked.failures || checked.value === undefined) return checked;
    const failures = check(checked.value, path);
    return failures.length > 0 ? { ...checked, failures } : checked;
  };

export const text = typed('String', (value) => (typeof value === 'string' ? value : undefined));
export const long = typed('Long', (value) => (typeof value === 'bigint' ? value : undefined));
export const flag = typed('Boolean', (value) => (typeof value === 'boolean' ? value : undefined));
/** Not the time of the transaction, which is none yet. */
export const time = typed('Timestamp', (value) => (isTagged(value) && value.kind === 'time' ? value : undefined));
export const query = typed('Query', (value) => (isTagged(value) && value.kind === 'lambda' ? value : undefined));
export const anyMap = typed('Map', (value) => (isObject(value) ? value : undefined));
export const refOf = (collection: number, name = 'Ref'): FieldRule =>
  typed(name, (value) => (isRef(value) && value.collection === collection ? value : undefined));
export const anyRef = typed('Ref', (value) => (isRef(value) ? value : undefined));
export const negative = (value: Value | undefined, path: readonly string[]): ValidationFailure[] =>
  typeof value === 'bigint' && value < 0n ? [invalidNegative(path)] : [];

const NAME = /^[;@+$\-_.!~%\p{Alphabetic}\p{Mn}\p{Me}\p{Mc}\p{Nd}\p{Pc}\p{Join_Control}]+$/u;
export const isName = (text: string): boolean => NAME.test(text) && text !== '_';

/** A schema document's name (Parsing.scala). */
export const name: FieldRule = refined(
  typed('Name', (value) => (typeof value === 'string' ? value : undefined)),
  (value, path) => {
    const found = String(value);
    if (found === '_') return [reservedName(path, found)];
    return NAME.test(found) ? [] : [invalidCharacters(path, found)];
  },
);

/** One value or an array of them. Of an array the first bad element counts, and it is the field that is named. */
export const zeroOrMore =
  (rule: FieldRule): FieldRule =>
  (value, path) => {
    if (value === undefined || value === null) return {};
    if (!isArray(value)) return rule(value, path);
    const checked = value.map((element) => rule(element, path));
    const failures = checked.find((result) => result.failures && result.failures.length > 0)?.failures ?? [];
    return { value: checked.flatMap((result) => (result.value === undefined ? [] : [result.value])), failures };
  };

export const oneOrMore =
  (rule: FieldRule): FieldRule =>
  (value, path) =>
    value === undefined || value === null ? { failures: [valueRequired(path)] } : zeroOrMore(rule)(value, path);

export interface CheckedFields {
  /** The fields a document keeps, in the order they were given. */
  readonly value: FaunaObject;
  /** The same with those that are not as they should be. */
  readonly given: FaunaObject;
  readonly failures: readonly ValidationFailure[];
}

/**
 * Keeps the fields there are rules for and says all that is wrong with them, in the order of the rules. An empty object
 * counts as absent: FaunaDB's masks do not let one through (MaskTree.scala).
 */
export function checkFields(written: FaunaObject, rules: FieldRules): CheckedFields {
  const isThere = (value: Value | undefined): boolean => value !== undefined && !(isObject(value) && value.size === 0);
  const results = new Map<string, Checked>();
  const failures: ValidationFailure[] = [];
  for (const [field, rule] of Object.entries(rules)) {
    const found = written.get(field);
    const result = rule(isThere(found) ? found : undefined, [field]);
    results.set(field, result);
    for (const failure of result.failures ?? []) failures.push(failure);
  }
  const value: FaunaObject = new Map();
  const given: FaunaObject = new Map();
  for (const [field, original] of written) {
    if (!isThere(original)) continue;
    const result = results.get(field);
    const fits = !result?.failures || result.failures.length === 0;
    if (fits && result?.value !== undefined) value.set(field, result.value);
    if (!fits || result?.value !== undefined) given.set(field, result?.value ?? original);
  }
  return { value, given, failures };
}
