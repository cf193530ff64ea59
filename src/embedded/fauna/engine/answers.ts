/** What a query answers when it does not answer a value (FaunaDB's ExceptionResponseHelpers). */
import { BadRequest } from '../errors/bad-request.ts';
import { type QueryError, QueryFailure, statusOf } from '../errors/query-error.ts';
import { renderErrors } from '../wire/errors.ts';
import { JsonError } from '../wire/json.ts';
import type { QueryResponse } from './protocol.ts';
import { badRequest, TIMED_OUT, TOO_LARGE, unexpected } from './refusals.ts';
import { QueryTimeout } from './session.ts';

type Answer = (status: number, body: string) => QueryResponse;

/** Whatever is thrown becomes an answer: a query's own failure, or one nobody expected. */
export function failed(error: unknown, answer: Answer): QueryResponse {
  if (error instanceof QueryFailure) return answer(statusOf(error.errors), renderErrors(error.errors));
  if (error instanceof JsonError) return answer(400, renderErrors([plain('invalid expression', error.message)]));
  if (error instanceof BadRequest) return answer(...badRequest(error.message));
  if (error instanceof QueryTimeout) return answer(...TIMED_OUT);
  if (!(error instanceof RangeError)) return answer(...unexpected(error));
  // Else it is a string, array or integer longer than the machine can hold.
  return /call stack/i.test(error.message)
    ? answer(400, renderErrors([plain('stack overflow', 'Call stack reached the maximum limit of 200.')]))
    : answer(...TOO_LARGE);
}

export const isAbort = (error: unknown): boolean =>
  error instanceof QueryFailure && error.errors.some(({ code }) => code === 'transaction aborted');

const plain = (code: string, description: string): QueryError => ({
  code,
  description,
  position: undefined,
  rank: 0,
  status: 400,
});
