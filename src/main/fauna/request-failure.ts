import faunadb from 'faunadb';
import { z } from 'zod';
import { type Failure, FailureError, failure } from '../../shared/failure.ts';
import { explainFaunaError } from './failures.ts';

const { errors } = faunadb;

/** What can be done about a request that failed. */
export type RequestProblem =
  /** 401: ask for another token. */
  | 'unauthorized'
  /** No answer: whether it was carried out is unknown. */
  | 'unreachable'
  /** An answer that a later try may not get: 409, 429, 5xx. */
  | 'busy'
  /** 403: the role says no. */
  | 'refused'
  /** 413. */
  | 'too-large'
  /** Anything else that trying again does not mend. */
  | 'rejected';

export class RequestError extends FailureError {
  readonly problem: RequestProblem;

  constructor(problem: RequestProblem, failure: Failure, options?: { cause?: unknown }) {
    super(failure, options);
    this.name = 'RequestError';
    this.problem = problem;
  }
}

const problemOf = (status: number): RequestProblem => {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'refused';
  if (status === 413) return 'too-large';
  return status === 409 || status === 429 || status >= 500 ? 'busy' : 'rejected';
};

/** The driver's errors and the network's as one kind that says what can be done. */
export const toRequestError = (error: unknown): RequestError => {
  if (error instanceof RequestError) return error;
  if (!(error instanceof errors.FaunaHTTPError)) return new RequestError('unreachable', explainFaunaError(error));
  const problem = problemOf(error.requestResult.statusCode);
  if (problem === 'busy')
    return new RequestError(
      problem,
      failure('fauna-unavailable', 'Fauna is busy or starting.', 'Burrow tries again by itself.'),
    );
  return new RequestError(problem, explainFaunaError(error));
};

const aborted = z.object({
  errors: z.tuple([z.object({ code: z.literal('transaction aborted'), description: z.string() })]),
});

/** What the query itself aborted its transaction with; null for any other error. */
export const abortedWith = (error: unknown): string | null => {
  if (!(error instanceof errors.FaunaHTTPError)) return null;
  const read = aborted.safeParse(error.requestResult.responseContent);
  return read.success ? read.data.errors[0].description : null;
};
