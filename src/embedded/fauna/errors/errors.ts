/** The errors of evaluation, one constructor each. */
import { formatTime, timeOfMicros } from '../values/time.ts';
import type { UnresolvedRef } from '../values/value.ts';
import type { At } from './position.ts';
import {
  alternatives,
  argumentError,
  evaluationError,
  expectation,
  parseError,
  type QueryError,
} from './query-error.ts';
import type { ValidationFailure } from './validation.ts';

export const invalidArgument = (position: At, expected: readonly string[], provided: string): QueryError =>
  argumentError(position, expectation(expected, provided));
export const invalidExpressionType = (position: At, expected: readonly string[], provided: string): QueryError =>
  parseError(position, expectation(expected, provided));
export const emptyArray = (position: At): QueryError => argumentError(position, 'Non-empty array expected.');
export const emptySet = (position: At): QueryError => argumentError(position, 'Non-empty set expected.');
export const lambdaArity = (position: At, expected: number, provided: number): QueryError =>
  argumentError(position, `Lambda expects an array with ${expected} elements. Array contains ${provided}.`);
export const lambdaEffect = (position: At, allowed: 'pure' | 'read'): QueryError =>
  argumentError(
    position,
    `Invalid lambda. Lambda in this context may not ${allowed === 'pure' ? 'read, write, or call a user function' : 'write or call a user function'}.`,
  );
export const boundsError = (position: At, argument: string, predicate: string): QueryError =>
  argumentError(position, `${argument} must be ${predicate}`);
export const scopedRef = (position: At): QueryError => argumentError(position, 'Cannot write a scoped ref.');
export const incompatibleSets = (position: At): QueryError => argumentError(position, 'Sets are not compatible.');
export const noEventsHistory = (position: At): QueryError =>
  argumentError(position, 'Set does not support events history.');
export const mixedArguments = (position: At, expected: readonly string[]): QueryError =>
  argumentError(position, `Arguments cannot be of different types, expected ${alternatives(expected)}.`);
export const divideByZero = (position: At): QueryError => argumentError(position, 'Illegal division by zero.');
export const invalidCast = (position: At, from: string, to: string): QueryError =>
  argumentError(position, `Cannot cast ${from} to ${to}.`);

/** Where a ref by name points to nothing. A document's error names its collection, a native collection's its database. */
export function unresolvedRef(position: At, ref: UnresolvedRef): QueryError {
  const isNative = ref.type === 'native';
  const type = isNative ? 'database' : ref.type === 'document' ? 'collection' : ref.type;
  const name = isNative ? ref.database : ref.name;
  return evaluationError('invalid ref', position, `Ref refers to undefined ${type} '${name}'`);
}
export const nativeNameExpected = (position: At, name: string): QueryError =>
  evaluationError('invalid ref', position, `Valid native collection name expected, '${name}' provided.`);
export const missingIdentity = (position: At): QueryError =>
  evaluationError('missing identity', position, 'Authentication does not contain an identity');
export const invalidToken = (position: At): QueryError =>
  evaluationError('invalid token', position, 'Token metadata is not accessible.');
export const authenticationFailed = (position: At): QueryError =>
  evaluationError('authentication failed', position, 'The document was not found or provided password was incorrect.');
export const aborted = (position: At, text: string): QueryError =>
  evaluationError('transaction aborted', position, text);
export const invalidWriteTime = (position: At): QueryError =>
  evaluationError('invalid write time', position, 'Cannot write outside of snapshot time.');
export const invalidEffect = (position: At, effect: string, reason: string): QueryError =>
  evaluationError('invalid expression', position, `Call performs ${effect}, which is not allowed in ${reason}.`);
export const valueNotFound = (position: At, path: readonly (string | bigint)[]): QueryError =>
  evaluationError('value not found', position, `Value not found at path [${path.join(',')}].`, 404);
export const notFound = (position: At, what: string): QueryError =>
  evaluationError('instance not found', position, `${what} not found.`, 404);
export const indexInactive = (position: At, name: string): QueryError =>
  evaluationError('instance not found', position, `Index '${name}' is not active.`);
export const keyNotFound = (position: At, secret: string): QueryError =>
  evaluationError('instance not found', position, `No key found for secret ${secret}.`);
export const alreadyExists = (position: At, what: string): QueryError =>
  evaluationError('instance already exists', position, `${what} already exists.`);
export const notUnique = (position: At): QueryError =>
  evaluationError('instance not unique', position, 'document is not unique.');
export const validationFailed = (position: At, failures: readonly ValidationFailure[]): QueryError => ({
  ...evaluationError('validation failed', position, 'document data is not valid.'),
  failures,
});
/** What is wrong with a schema document as a whole, so no field is named. */
export const schemaValidationFailed = (position: At, description: string): QueryError =>
  evaluationError('schema validation failed', position, description);
export const featureNotAvailable = (position: At, feature: string): QueryError =>
  evaluationError('feature not available', position, `The feature '${feature}' is not available for your plan.`);
export const invalidInContainer = (position: At): QueryError =>
  evaluationError('invalid object in container', position, 'Object is not allowed in a container');
export const moveDatabaseError = (position: At, source: string, parent: string, reason: string): QueryError =>
  evaluationError(
    'move database error',
    position,
    `Cannot move database '${source}' into parent '${parent}': ${reason}`,
  );
export const stackOverflow = (position: At, overflowed: object): QueryError => ({
  ...evaluationError('stack overflow', position, 'Call stack reached the maximum limit of 200.'),
  overflowed,
});
export const callError = (position: At, cause: readonly QueryError[]): QueryError => ({
  ...evaluationError('call error', position, 'Calling the function resulted in an error.'),
  cause,
});
export const invalidReadTime = (position: At, ts: bigint): QueryError =>
  argumentError(
    position,
    `Cannot read at valid time ${formatTime(timeOfMicros(ts))}, as it is greater than the transaction snapshot time.`,
  );
export const unboundVariable = (position: At, name: string): QueryError =>
  parseError(position, `Variable '${name}' is not defined.`);
export const unknownForm = (position: At, keys: readonly string[]): QueryError =>
  parseError(position, `No form/function found, or invalid argument keys: { ${keys.join(', ')} }.`);
export const emptyExpression = (position: At): QueryError => parseError(position, 'Expression list cannot be empty.');
export const cursorExpected = (position: At): QueryError =>
  argumentError(position, "Invalid cursor object. Expected an object with either 'before' or 'after' key in it.");
