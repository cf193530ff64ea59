/** A form is one shape of JSON object the language knows: a set of keys and how to parse what they hold. */
import type { At } from '../errors/position.ts';
import type { QueryError } from '../errors/query-error.ts';
import type { FaunaObject, Value } from '../values/value.ts';
import type { Effect } from './effect.ts';
import type { Expression, LambdaExpression } from './expression.ts';

export interface Form {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  /** The form's own, without its arguments'; what the router to readers and writer goes by. */
  readonly effect: Effect;
  parse(args: FaunaObject, parser: FormParser, position: At): Expression;
}

/** What a form may ask of the parser. After an error nothing is parsed any more, outside of the part it is in. */
export interface FormParser {
  expression(value: Value, position: At): Expression;
  expressions(values: readonly Value[], position: At): Expression[];
  /** `{ lambda, expr }` in place. */
  lambda(value: Value, position: At): LambdaExpression;
  /** The same where an expression may stand instead (Join). */
  lambdaOrExpression(value: Value, position: At): Expression;
  /** A value written literally, its @-tags read but nothing in it evaluated (Quote). */
  quoted(value: Value, position: At): Value;
  /** The fields of an object literal, out of `@obj` if it is in one; undefined after reporting that it is none. */
  fields(value: Value, position: At, outer: At): FaunaObject | undefined;
  variable(name: string, position: At): void;
  /** A parser in whose expressions the names are bound. */
  bind(names: readonly string[]): FormParser;
  /** A part that is looked at even if its siblings fail, whose errors come beside theirs (let, lambda). */
  part<T>(parse: () => T): T;
  /** Notes the error and returns an expression that is never run. */
  error(error: QueryError): Expression;
}

export const form = (definition: Form): Form => definition;
