/** Errors as the wire has them, and short ways to say what the tests of logins say often. */
import faunadb from 'faunadb';
import type { Served } from './served.ts';

const q = faunadb.query;

/** A value of an answer, as it is, in the next query. */
export const raw = (value: unknown) => new faunadb.Expr(value as object);

export const lambda = (names: string | string[], body: faunadb.ExprArg) =>
  q.Query(q.Lambda(names as string, body as faunadb.Expr));

export async function failure(fauna: Served, query: faunadb.ExprArg, secret: string) {
  const { status, body } = await fauna.query(query, secret);
  return { status, errors: body.errors };
}

export type Failure = [field: string[], code: string, description: string];

export const invalid = (position: unknown[], ...failures: Failure[]) => ({
  status: 400,
  errors: [
    {
      position,
      code: 'validation failed',
      description: 'document data is not valid.',
      failures: failures.map(([field, code, description]) => ({ field, code, description })),
    },
  ],
});

export const type = (field: string[], actual: string, expected: string): Failure => [
  field,
  'invalid type',
  `Invalid type ${actual}, expected type ${expected}.`,
];
export const required = (...field: string[]): Failure => [field, 'value required', 'Required value not found.'];
