/**
 * The two fields of a role that hold records: what is kept of them, and what is wrong with the first that is (Role.scala,
 * with the codecs of FieldType.scala). A record names its fields by themselves, without the way to it.
 */
import { invalidType, type ValidationFailure, valueRequired } from '../../errors/validation.ts';
import {
  type FaunaObject,
  isArray,
  isObject,
  isRef,
  isTagged,
  type LambdaValue,
  type Value,
} from '../../values/value.ts';
import { type FieldRule, storedTypeName } from '../fields.ts';
import { NATIVE } from '../ids.ts';

/** How many arguments the lambda of each action takes. */
export const ACTION_ARITIES: Readonly<Record<string, number>> = {
  read: 1,
  write: 2,
  create: 1,
  create_with_id: 2,
  delete: 1,
  history_write: 4,
  history_read: 1,
  unrestricted_read: 1,
  call: 1,
};

export const listOf = (value: Value | undefined): Value[] =>
  value === undefined || value === null ? [] : isArray(value) ? value : [value];

export const isLambda = (value: Value): value is LambdaValue => isTagged(value) && value.kind === 'lambda';

const isLambdaOrText = (value: Value): boolean => typeof value === 'string' || isLambda(value);

/** The failure of the first thing wrong with a record. */
type Check = (record: Value) => ValidationFailure | undefined;

const wrongType = (path: string[], expected: string, value: Value): ValidationFailure =>
  invalidType(path, expected, storedTypeName(value));

/** Text passes here, as the name of a resource and the body of a predicate in version 10; see `textFailures`. */
const resourceFailure = (
  record: FaunaObject,
  expected: string,
  accepts: (value: Value) => boolean,
): ValidationFailure | undefined => {
  const resource = record.get('resource');
  if (resource === undefined) return valueRequired(['resource']);
  return typeof resource === 'string' || accepts(resource) ? undefined : wrongType(['resource'], expected, resource);
};

const membershipFailure: Check = (record) => {
  if (!isObject(record)) return wrongType(['membership'], 'Membership', record);
  const isCollection = (value: Value): boolean => isRef(value) && value.collection === NATIVE.collections;
  const failure = resourceFailure(record, 'Class Ref', isCollection);
  const predicate = record.get('predicate');
  if (failure || predicate === undefined || isLambdaOrText(predicate)) return failure;
  return wrongType(['predicate'], 'Query', predicate);
};

const privilegeFailure: Check = (record) => {
  if (!isObject(record)) return wrongType(['privileges'], 'Privilege', record);
  const failure = resourceFailure(record, 'Ref', isRef);
  const actions = record.get('actions');
  if (failure || actions === undefined) return failure;
  if (!isObject(actions)) return wrongType(['actions'], 'RoleAction Map', actions);
  const wrong = [...actions].find(([, action]) => typeof action !== 'boolean' && !isLambdaOrText(action));
  return wrong && wrongType(['actions', wrong[0]], 'RoleAction', wrong[1]);
};

/** One record or a list of them. One value that is missing alone passes, and the whole field then counts as empty. */
const records =
  (mask: (record: FaunaObject) => FaunaObject, check: Check): FieldRule =>
  (value) => {
    if (value === undefined) return {};
    const kept = isArray(value) ? value.map((one) => (isObject(one) ? mask(one) : one)) : masked(value, mask);
    if (kept === undefined) return {};
    const [failure] = listOf(kept).flatMap((one) => check(one) ?? []);
    return { value: kept, ...(failure && failure.code !== 'value required' ? { failures: [failure] } : {}) };
  };

/** Of an object what the mask leaves; undefined if that is nothing. */
function masked(value: Value, mask: (record: FaunaObject) => FaunaObject): Value | undefined {
  if (!isObject(value)) return value;
  const kept = mask(value);
  return kept.size > 0 ? kept : undefined;
}

/** The named fields, without objects that are empty. */
const only = (record: FaunaObject, names: readonly string[]): FaunaObject =>
  new Map([...record].filter(([name, value]) => names.includes(name) && (!isObject(value) || value.size > 0)));

export const membership: FieldRule = records((record) => only(record, ['resource', 'predicate']), membershipFailure);

export const privileges: FieldRule = records((record) => {
  const actions = record.get('actions');
  const known =
    actions !== undefined && isObject(actions)
      ? new Map(record).set('actions', only(actions, Object.keys(ACTION_ARITIES)))
      : record;
  return only(known, ['resource', 'actions']);
}, privilegeFailure);

/** What is written in version 10's language is not taken in version 4. */
export function textFailures(fields: FaunaObject): ValidationFailure[] {
  const failure = (path: string[], expected: string, value: Value | undefined): ValidationFailure[] =>
    typeof value === 'string' ? [invalidType(path, expected, 'String')] : [];
  const privilegeTexts = wellFormed(fields.get('privileges')).flatMap((privilege) => {
    const actions = privilege.get('actions') ?? null;
    return [
      ...failure(['privileges', 'resource'], 'Ref', privilege.get('resource')),
      ...(isObject(actions) ? [...actions] : []).flatMap(([action, value]) =>
        failure(['privileges', 'actions', action], 'Query', value),
      ),
    ];
  });
  const membershipTexts = wellFormed(fields.get('membership')).flatMap((member) => [
    ...failure(['membership', 'resource'], 'Ref', member.get('resource')),
    ...failure(['membership', 'predicate'], 'Query', member.get('predicate')),
  ]);
  return [...privilegeTexts, ...membershipTexts];
}

/** The records of a field; none of them if one has no resource. */
export function wellFormed(value: Value | undefined): FaunaObject[] {
  const found = listOf(value);
  return found.every((record) => isObject(record) && record.has('resource')) ? (found as FaunaObject[]) : [];
}
