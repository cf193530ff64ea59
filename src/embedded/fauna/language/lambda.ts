/** Lambdas: their patterns, what they capture, and calling them (EvalContext.scala). */
import { invalidExpressionType, lambdaArity, stackOverflow } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { fail, type QueryError, QueryFailure } from '../errors/query-error.ts';
import { typeName } from '../values/names.ts';
import { isArray, type LambdaPattern, type LambdaValue, object, type Value } from '../values/value.ts';
import type { Bindings, Context } from './context.ts';
import { lookup } from './context.ts';
import { type Expression, type LambdaExpression, patternLiteral } from './expression.ts';

const MAX_DEPTH = 200;
/** Lambdas written in a query of version 4 say so when they are answered. */
export const LAMBDA_VERSION = '4';

export function parsePattern(value: Value, position: At, report: (error: QueryError) => void): LambdaPattern {
  const ignore: LambdaPattern = { type: 'ignore' };
  if (typeof value === 'string') return namePattern(value);
  if (!isArray(value)) {
    report(invalidExpressionType(position, ['String', 'Array'], typeName(value)));
    return ignore;
  }
  const elements = value.map((element, index) => {
    if (typeof element === 'string') return namePattern(element);
    report(invalidExpressionType(at(position, index), ['String'], typeName(element)));
    return ignore;
  });
  return { type: 'array', elements };
}

const namePattern = (name: string): LambdaPattern => (name === '_' ? { type: 'ignore' } : { type: 'name', name });

export function lambdaExpression(
  pattern: LambdaPattern,
  body: Expression,
  free: ReadonlySet<string>,
): LambdaExpression {
  return {
    pattern,
    body,
    free,
    effect: 'pure',
    literal: () =>
      new Map<string, Value>([
        ['lambda', patternLiteral(pattern)],
        ['expr', body.literal()],
      ]),
    evaluate: (context) => ({
      kind: 'lambda',
      pattern,
      body,
      apiVersion: LAMBDA_VERSION,
      captured: new Map([...free].map((name) => [name, lookup(context, name)])),
    }),
  };
}

/** The lambda as it is stored and answered, without its version: captured values become a Let around the body. */
export function lambdaLiteral(lambda: LambdaValue): Value {
  const body = lambda.body.literal();
  const expr: Value =
    lambda.captured.size === 0
      ? body
      : new Map<string, Value>([
          ['let', new Map(lambda.captured)],
          ['in', body],
        ]);
  return object({ lambda: patternLiteral(lambda.pattern), expr });
}

/** Calls the lambda with one argument; an array pattern takes its elements. */
export function applyLambda(lambda: LambdaValue, argument: Value, context: Context, position: At): Value {
  if (context.depth >= MAX_DEPTH) fail(stackOverflow(position, lambda));
  context.session.spend();
  context.session.meter.compute();
  let bindings = context.bindings;
  for (const [name, value] of lambda.captured) bindings = { name, value, next: bindings };
  const errors: QueryError[] = [];
  bindings = bindPattern(lambda.pattern, argument, bindings, at(position, 'lambda'), errors);
  if (errors.length > 0) throw new QueryFailure(errors);
  // Whoever makes a lambda gives it an expression; values only know less of it.
  const body = lambda.body as Expression;
  return body.evaluate({ ...context, bindings, depth: context.depth + 1 });
}

function bindPattern(
  pattern: LambdaPattern,
  value: Value,
  bindings: Bindings,
  position: At,
  errors: QueryError[],
): Bindings {
  if (pattern.type === 'ignore') return bindings;
  if (pattern.type === 'name') return { name: pattern.name, value, next: bindings };
  const { elements } = pattern;
  const values = isArray(value) ? value : [value];
  if (isArray(value) ? values.length !== elements.length : elements.length !== 1) {
    errors.push(lambdaArity(position, elements.length, values.length));
    return bindings;
  }
  return elements.reduce(
    (result, element, index) => bindPattern(element, values[index] ?? null, result, at(position, index), errors),
    bindings,
  );
}
