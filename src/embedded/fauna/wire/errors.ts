/** Errors as the JSON of a response: position, code, description, failures, cause. */
import { elements } from '../errors/position.ts';
import type { QueryError } from '../errors/query-error.ts';

export const renderErrors = (errors: readonly QueryError[]): string => JSON.stringify({ errors: errors.map(plain) });

function plain(error: QueryError): object {
  return {
    position: elements(error.position),
    code: error.code,
    description: error.description,
    ...(error.failures && error.failures.length > 0 ? { failures: error.failures } : {}),
    ...(error.cause && error.cause.length > 0 ? { cause: error.cause.map(plain) } : {}),
  };
}
