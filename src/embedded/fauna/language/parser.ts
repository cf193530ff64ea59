/**
 * Wire JSON to expressions (Parser.scala's QueryParser). The first part that does not parse is the answer; only the
 * parts of a let and of a lambda are all parsed whatever the others do. A variable that nothing binds is reported when
 * there is no other error.
 */
import { invalidExpressionType, unboundVariable, unknownForm } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { collect, type QueryError, QueryFailure } from '../errors/query-error.ts';
import { typeName } from '../values/names.ts';
import { isArray, isObject, type Value } from '../values/value.ts';
import { maxEffect } from './effect.ts';
import { evaluateAll } from './evaluate.ts';
import { Constant, constant, type Expression, type LambdaExpression, patternNames } from './expression.ts';
import type { FormParser } from './form.ts';
import { lambdaExpression, parsePattern } from './lambda.ts';
import type { Literals } from './literals.ts';
import type { Registry } from './registry.ts';

/** The names bound around a place in the query, innermost first. */
interface Scope {
  readonly names: ReadonlySet<string>;
  /** Of a lambda: collects the names its body takes from outside. */
  readonly free?: Set<string>;
  readonly outer: Scope | undefined;
}

interface Findings {
  readonly errors: QueryError[];
  readonly unbound: QueryError[];
  /** How many errors there were when the current part began: once there are more, the rest of it is not looked at. */
  before: number;
}

const noFindings = (): Findings => ({ errors: [], unbound: [], before: 0 });

/** Parses a whole query. Throws QueryFailure with its parse errors. */
export function parseQuery(registry: Registry, literals: Literals, input: Value, position?: At): Expression {
  const findings = noFindings();
  const expression = createParser(registry, literals, findings, undefined).expression(input, position);
  const found = findings.errors.length > 0 ? findings.errors : findings.unbound;
  if (found.length > 0) throw new QueryFailure(found);
  return expression;
}

/** Parses a lambda that must stand alone (an `@query`); undefined if it is none or uses an unbound variable. */
export function parseClosedLambda(
  registry: Registry,
  literals: Literals,
  input: Value,
  position: At,
): LambdaExpression | undefined {
  const findings = noFindings();
  const parser = createParser(registry, literals, findings, undefined);
  const lambda = parser.lambda(input, position);
  if (findings.errors.length > 0) throw new QueryFailure(findings.errors);
  return findings.unbound.length > 0 ? undefined : lambda;
}

const NEVER: Expression = constant(null);
const NEVER_LAMBDA: LambdaExpression = lambdaExpression({ type: 'ignore' }, NEVER, new Set());

function createParser(
  registry: Registry,
  literals: Literals,
  findings: Findings,
  scope: Scope | undefined,
): FormParser {
  const report = (error: QueryError): Expression => {
    findings.errors.push(error);
    return NEVER;
  };
  const attempt = <T>(fallback: T, run: () => T): T => {
    try {
      return run();
    } catch (error) {
      collect(findings.errors, error);
      return fallback;
    }
  };
  const hasFailed = (): boolean => findings.errors.length > findings.before;
  const parser: FormParser = {
    error: report,
    part: (parse) => {
      const outer = findings.before;
      findings.before = findings.errors.length;
      try {
        return parse();
      } finally {
        findings.before = outer;
      }
    },
    expression: (value, position) => {
      if (hasFailed()) return NEVER;
      if (isArray(value)) return arrayExpression(parser.expressions(value, position));
      if (!isObject(value)) return constant(value);
      const form = registry.find(value);
      if (form) return form.parse(value, parser, position);
      const tagged = attempt<Value | undefined | 'failed'>('failed', () => literals.tagged(value, position));
      if (tagged === 'failed') return NEVER;
      if (tagged === undefined) return report(unknownForm(position, [...value.keys()]));
      return isObject(tagged) ? parser.expression(tagged, at(position, '@obj')) : constant(tagged);
    },
    expressions: (values, position) => values.map((value, index) => parser.expression(value, at(position, index))),
    lambda: (value, position) => {
      if (hasFailed()) return NEVER_LAMBDA;
      if (!isObject(value)) {
        report(invalidExpressionType(position, ['Lambda'], typeName(value)));
        return NEVER_LAMBDA;
      }
      const parameters = value.get('lambda');
      const body = value.get('expr');
      if (value.size !== 2 || parameters === undefined || body === undefined) {
        report(unknownForm(position, [...value.keys()]));
        return NEVER_LAMBDA;
      }
      const pattern = parser.part(() => parsePattern(parameters, at(position, 'lambda'), report));
      const inner: Scope = { names: new Set(patternNames(pattern)), free: new Set(), outer: scope };
      const parsed = createParser(registry, literals, findings, inner);
      const expression = parser.part(() => parsed.expression(body, at(position, 'expr')));
      return lambdaExpression(pattern, expression, inner.free ?? new Set());
    },
    lambdaOrExpression: (value, position) => {
      if (hasFailed()) return NEVER;
      const [errors, unbound] = [findings.errors.length, findings.unbound.length];
      const lambda = parser.lambda(value, position);
      if (findings.errors.length === errors) return { ...lambda, effect: lambda.body.effect };
      findings.errors.length = errors;
      findings.unbound.length = unbound;
      return parser.expression(value, position);
    },
    quoted: (value, position) => (hasFailed() ? null : attempt<Value>(null, () => literals.quoted(value, position))),
    fields: (value, position, outer) => {
      if (hasFailed()) return undefined;
      if (!isObject(value)) {
        report(invalidExpressionType(position, ['Object'], typeName(value)));
        return undefined;
      }
      const tagged = attempt<Value | undefined | 'failed'>('failed', () => literals.tagged(value, position));
      if (tagged === 'failed') return undefined;
      if (tagged === undefined || tagged === value) return value;
      if (isObject(tagged)) return tagged;
      report(invalidExpressionType(outer, ['Object'], typeName(tagged)));
      return undefined;
    },
    variable: (name, position) => {
      for (let place = scope; place; place = place.outer) {
        if (place.names.has(name)) return;
        place.free?.add(name);
      }
      findings.unbound.push(unboundVariable(position, name));
    },
    bind: (names) => createParser(registry, literals, findings, { names: new Set(names), outer: scope }),
  };
  return parser;
}

/** An array of expressions: all are evaluated even when one fails. */
function arrayExpression(elements: readonly Expression[]): Expression {
  if (elements.every((element) => element instanceof Constant)) return constant(elements.map(({ value }) => value));
  return {
    effect: maxEffect(elements.map((element) => element.effect)),
    literal: () => elements.map((element) => element.literal()),
    evaluate: (context) => evaluateAll(elements, context),
  };
}
