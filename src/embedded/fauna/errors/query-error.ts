/** What a query answers when it fails (Error.scala and Renderable.scala's RenderError are where codes and texts come from). */
import type { At } from './position.ts';
import type { ValidationFailure } from './validation.ts';

/** FaunaDB picks the status of the error of the highest rank. */
export const RANK = { parse: 3, argument: 2, permission: 1, other: 0 } as const;

export interface QueryError {
  readonly code: string;
  readonly description: string;
  readonly position: At;
  readonly rank: number;
  readonly status: number;
  readonly failures?: readonly ValidationFailure[];
  readonly cause?: readonly QueryError[];
  /** Set on a stack overflow, so that the call of the same lambda can rename it. */
  readonly overflowed?: object;
}

/** Thrown by evaluation; carries every error found. */
export class QueryFailure extends Error {
  readonly errors: readonly QueryError[];

  constructor(errors: readonly QueryError[]) {
    super(errors[0]?.description ?? 'query failed');
    this.name = 'QueryFailure';
    this.errors = errors;
  }
}

export function fail(error: QueryError): never {
  throw new QueryFailure([error]);
}

/** Adds to the errors found before, one by one: of a list of some hundred thousand each element may have one. */
export function collect(found: QueryError[] | undefined, error: unknown): QueryError[] {
  if (!(error instanceof QueryFailure)) throw error;
  const errors = found ?? [];
  for (const one of error.errors) errors.push(one);
  return errors;
}

/** Runs each step and throws the errors of all that failed: FaunaDB evaluates arguments side by side. */
export function gather<T>(steps: readonly (() => T)[]): T[] {
  const results: T[] = [];
  let errors: QueryError[] | undefined;
  for (const step of steps) {
    try {
      results.push(step());
    } catch (error) {
      errors = collect(errors, error);
    }
  }
  if (errors) throw new QueryFailure(errors);
  return results;
}

/** The HTTP status of a failed query. */
export function statusOf(errors: readonly QueryError[]): number {
  let worst = errors[0];
  for (const error of errors) if (worst && error.rank > worst.rank) worst = error;
  return worst?.status ?? 400;
}

/** `A expected, B provided.` with the expected types listed as FaunaDB lists them. */
export function expectation(expected: readonly string[], provided: string): string {
  return expected.length === 0 ? `${provided} provided.` : `${alternatives(expected)} expected, ${provided} provided.`;
}

/** `A`, `A or B`, `A, B, or C`. */
export const alternatives = (names: readonly string[]): string =>
  names.length < 3 ? names.join(' or ') : `${names.slice(0, -1).join(', ')}, or ${names.at(-1)}`;

const error = (code: string, rank: number, status: number, position: At, description: string): QueryError => ({
  code,
  description,
  position,
  rank,
  status,
});

export const parseError = (position: At, description: string): QueryError =>
  error('invalid expression', RANK.parse, 400, position, description);
export const argumentError = (position: At, description: string): QueryError =>
  error('invalid argument', RANK.argument, 400, position, description);
export const evaluationError = (code: string, position: At, description: string, status = 400): QueryError =>
  error(code, RANK.other, status, position, description);
/** An evaluation error met while a literal (an `@set`) was parsed counts as a parse error but keeps its text. */
export const asParseError = (inner: QueryError): QueryError => ({
  ...inner,
  code: 'invalid expression',
  rank: RANK.parse,
  status: 400,
});
export const permissionDenied = (position: At): QueryError =>
  error('permission denied', RANK.permission, 403, position, 'Insufficient privileges to perform the action.');
