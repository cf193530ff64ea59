/** What may stand inside an `@set` (Parser.scala's EscapesParser.sets): the same functions on values already read. */
import { type At, at } from '../errors/position.ts';
import { asParseError, fail, parseError, QueryFailure } from '../errors/query-error.ts';
import type { Context } from '../language/context.ts';
import { WRITE_LIMIT } from '../language/context.ts';
import { constant } from '../language/expression.ts';
import type { FormParser } from '../language/form.ts';
import type { Literals } from '../language/literals.ts';
import { createRegistry } from '../language/registry.ts';
import type { FaunaObject, Value } from '../values/value.ts';
import { setForms } from './sets.ts';

const registry = createRegistry(setForms);

/** Evaluates a set's description with its parts taken literally; its errors become parse errors. */
export function readSet(
  { session, auth }: Pick<Context, 'session' | 'auth'>,
  fields: FaunaObject,
  literals: Literals,
  position: At,
): Value {
  const form = registry.find(fields);
  if (!form) return fail(parseError(position, 'Invalid set.'));
  const context: Context = { session, auth, bindings: undefined, validTime: undefined, depth: 0, limit: WRITE_LIMIT };
  const found: QueryFailure[] = [];
  const parser = literalParser(literals, found);
  const expression = form.parse(fields, parser, position);
  if (found[0]) throw found[0];
  try {
    return expression.evaluate(context);
  } catch (error) {
    if (!(error instanceof QueryFailure)) throw error;
    throw new QueryFailure(error.errors.map(asParseError));
  }
}

/** A parser that evaluates nothing: every part is a literal. */
function literalParser(literals: Literals, found: QueryFailure[]): FormParser {
  const literal = (value: Value, position: At): Value => {
    try {
      return literals.quoted(value, position);
    } catch (error) {
      if (!(error instanceof QueryFailure)) throw error;
      found.push(error);
      return null;
    }
  };
  const parser: FormParser = {
    expression: (value, position) => constant(literal(value, position)),
    expressions: (values, position) => values.map((value, index) => constant(literal(value, at(position, index)))),
    lambda: (value, position) => {
      const read = literal(new Map([['@query', value]]), position);
      return { ...constant(read), pattern: { type: 'ignore' }, body: constant(read), free: new Set() };
    },
    lambdaOrExpression: (value, position) =>
      value instanceof Map && value.has('lambda') ? parser.lambda(value, position) : parser.expression(value, position),
    quoted: literal,
    fields: (value) => (value instanceof Map ? value : undefined),
    variable: () => undefined,
    bind: () => parser,
    part: (parse) => parse(),
    error: (error) => {
      found.push(new QueryFailure([error]));
      return constant(null);
    },
  };
  return parser;
}
