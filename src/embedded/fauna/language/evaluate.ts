/** Evaluating several expressions: FaunaDB runs them side by side and answers the errors of all that failed. */
import { collect, type QueryError, QueryFailure } from '../errors/query-error.ts';
import type { FaunaObject, Value } from '../values/value.ts';
import type { Context } from './context.ts';
import type { Expression } from './expression.ts';

export function evaluateAll(expressions: readonly Expression[], context: Context): Value[] {
  const values: Value[] = [];
  let errors: QueryError[] | undefined;
  for (const expression of expressions) {
    try {
      values.push(expression.evaluate(context));
    } catch (error) {
      errors = collect(errors, error);
    }
  }
  if (errors) throw new QueryFailure(errors);
  return values;
}

export function evaluateFields(fields: readonly (readonly [string, Expression])[], context: Context): FaunaObject {
  const values: FaunaObject = new Map();
  let errors: QueryError[] | undefined;
  for (const [key, expression] of fields) {
    try {
      values.set(key, expression.evaluate(context));
    } catch (error) {
      errors = collect(errors, error);
    }
  }
  if (errors) throw new QueryFailure(errors);
  return values;
}
