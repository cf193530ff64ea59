/**
 * How a function of the language is defined: its parameters by the JSON keys they have on the wire, what each
 * accepts, what it may do, and what it answers. The first parameter's key is the function's name.
 */
import { invalidEffect } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { fail } from '../errors/query-error.ts';
import type { Value } from '../values/value.ts';
import type { Cast, Required } from './casts.ts';
import type { Context } from './context.ts';
import { allows, type Effect, effectText, maxEffect } from './effect.ts';
import type { Expression, LambdaExpression } from './expression.ts';
import type { Form, FormParser } from './form.ts';

export interface Optional<T> {
  readonly optional: Cast<T>;
}
export const optional = <T>(cast: Cast<T>): Optional<T> => ({ optional: cast });

type Parameter = Cast<unknown> | Required<unknown> | Optional<unknown>;
type Parameters = Readonly<Record<string, Parameter>>;
type Argument<X> =
  X extends Cast<infer T> ? T : X extends Required<infer T> ? T : X extends Optional<infer T> ? T | undefined : never;
type Arguments<P extends Parameters> = { [K in keyof P]: Argument<P[K]> };

const isOptional = (parameter: Parameter): parameter is Optional<unknown> => 'optional' in parameter;

function castOf(parameter: Parameter): Cast<unknown> {
  if (typeof parameter === 'function') return parameter;
  return isOptional(parameter) ? parameter.optional : parameter.required;
}

export interface Call {
  readonly context: Context;
  /** Of the whole form. Errors about one argument are at `at(position, key)`. */
  readonly position: At;
}

export interface FunctionDefinition<P extends Parameters> {
  readonly parameters: P;
  readonly effect: Effect;
  evaluate(args: Arguments<P>, call: Call): Value;
}

/** A function whose arguments are all evaluated and cast before it runs. */
export function defineFunction<P extends Parameters>(definition: FunctionDefinition<P>): Form {
  const entries = Object.entries(definition.parameters);
  return {
    required: entries.filter(([, parameter]) => !isOptional(parameter)).map(([key]) => key),
    optional: entries.filter(([, parameter]) => isOptional(parameter)).map(([key]) => key),
    effect: definition.effect,
    parse: (args, parser, position) => {
      const parsed: ParsedArgument[] = [];
      for (const [key, parameter] of entries) {
        const argument = args.get(key);
        if (argument === undefined) continue;
        parsed.push({
          key,
          cast: castOf(parameter),
          position: at(position, key),
          expression: parser.expression(argument, at(position, key)),
        });
      }
      return call(definition.effect, parsed, position, (values, context) =>
        definition.evaluate(values as Arguments<P>, { context, position }),
      );
    },
  };
}

interface ParsedArgument {
  readonly key: string;
  readonly cast: Cast<unknown>;
  readonly position: At;
  readonly expression: Expression;
}

function call(
  effect: Effect,
  args: readonly ParsedArgument[],
  position: At,
  run: (values: Record<string, unknown>, context: Context) => Value,
): Expression {
  return {
    effect: maxEffect([effect, ...args.map((argument) => argument.expression.effect)]),
    literal: () => new Map(args.map((argument) => [argument.key, argument.expression.literal()])),
    evaluate: (context) => {
      enter(context, effect, position);
      return run(evaluateArguments(args, context), context);
    },
  };
}

/** The first argument to fail is the answer; a cast of a list names every element that is wrong. */
function evaluateArguments(args: readonly ParsedArgument[], context: Context): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const argument of args) {
    values[argument.key] = argument.cast(argument.expression.evaluate(context), argument.position);
  }
  return values;
}

/** To be called as a function starts: counts it and refuses what the context does not allow. */
export function enter(context: Context, effect: Effect, position: At): void {
  context.session.spend();
  context.session.meter.compute();
  if (!allows(context.limit.effect, effect)) fail(invalidEffect(position, effectText[effect], context.limit.reason));
}

/**
 * A function of which one argument is a lambda written in place (`map`, `filter`, `reduce`): `lambdas` names those
 * keys. The rest is as in defineFunction.
 */
export function defineLambdaFunction<P extends Parameters>(
  lambdas: readonly (keyof P & string)[],
  definition: FunctionDefinition<P>,
): Form {
  const plain = defineFunction(definition);
  return {
    ...plain,
    parse: (args, parser, position) => plain.parse(args, withLambdas(parser, new Set(lambdas), args), position),
  };
}

function withLambdas(parser: FormParser, keys: ReadonlySet<string>, args: ReadonlyMap<string, Value>): FormParser {
  return {
    ...parser,
    expression: (value, position) =>
      position && keys.has(String(position.key)) && args.get(String(position.key)) === value
        ? inline(parser.lambda(value, position))
        : parser.expression(value, position),
  };
}

/** A lambda written in place does what its body does as soon as the function calls it. */
const inline = (lambda: LambdaExpression): Expression => ({ ...lambda, effect: lambda.body.effect });
