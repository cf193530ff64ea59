/** Forms that decide what of their parts is evaluated, and when. */

import { select } from '../documents/select.ts';
import { aborted, emptyExpression, invalidExpressionType, unresolvedRef, valueNotFound } from '../errors/errors.ts';
import { type At, at } from '../errors/position.ts';
import { fail } from '../errors/query-error.ts';
import { boolean, lambda as lambdaCast, type PathStep, path, string, transactionTime } from '../language/casts.ts';
import { atTime, bind, lookup } from '../language/context.ts';
import { defineFunction, defineLambdaFunction } from '../language/define.ts';
import { maxEffect } from '../language/effect.ts';
import { evaluateFields } from '../language/evaluate.ts';
import { Constant, constant, type Expression } from '../language/expression.ts';
import { type Form, type FormParser, form } from '../language/form.ts';
import { typeName } from '../values/names.ts';
import { microsOfTime } from '../values/time.ts';
import { isArray, isObject, isTagged, type Value } from '../values/value.ts';

const part = (args: Map<string, Value>, parser: FormParser, position: At, key: string): Expression =>
  parser.expression(args.get(key) ?? null, at(position, key));

const literalOf = (parts: Readonly<Record<string, Expression>>) => (): Value =>
  new Map(Object.entries(parts).map(([key, expression]) => [key, expression.literal()]));

const atForm = form({
  required: ['at', 'expr'],
  effect: 'pure',
  parse: (args, parser, position) => {
    const ts = part(args, parser, position, 'at');
    const expr = part(args, parser, position, 'expr');
    return {
      effect: maxEffect([ts.effect, expr.effect]),
      literal: literalOf({ at: ts, expr }),
      evaluate: (context) => {
        const time = transactionTime(ts.evaluate(context), at(position, 'at'));
        if (time === 'now') return expr.evaluate(atTime(context, undefined));
        const micros = microsOfTime(time);
        // FaunaDB reads the present when asked for the future.
        return expr.evaluate(micros > context.session.time ? context : atTime(context, micros));
      },
    };
  },
});

const varForm = form({
  required: ['var'],
  effect: 'pure',
  parse: (args, parser, position) => {
    const name = args.get('var') ?? null;
    if (typeof name !== 'string') {
      return parser.error(invalidExpressionType(at(position, 'var'), ['String'], typeName(name)));
    }
    parser.variable(name, position);
    return {
      effect: 'pure',
      literal: () => new Map([['var', name]]),
      evaluate: (context) => lookup(context, name),
    };
  },
});

const letForm = form({
  required: ['let', 'in'],
  effect: 'pure',
  parse: (args, parser, position) => {
    const bindings: (readonly [string, Expression])[] = [];
    let scope = parser;
    for (const [name, value, place] of letBindings(args.get('let') ?? null, parser, position)) {
      const inScope = scope;
      bindings.push([name, parser.part(() => inScope.expression(value, place))]);
      scope = scope.bind([name]);
    }
    const inner = scope;
    const body = parser.part(() => inner.expression(args.get('in') ?? null, at(position, 'in')));
    return {
      effect: maxEffect([body.effect, ...bindings.map(([, expression]) => expression.effect)]),
      literal: () =>
        new Map<string, Value>([
          ['let', bindingsLiteral(bindings)],
          ['in', body.literal()],
        ]),
      evaluate: (context) => {
        let inner = context;
        for (const [name, expression] of bindings) inner = bind(inner, name, expression.evaluate(inner));
        return body.evaluate(inner);
      },
    };
  },
});

/** An object; as an array only where a name is bound twice. */
function bindingsLiteral(bindings: readonly (readonly [string, Expression])[]): Value {
  const fields = new Map(bindings.map(([name, expression]) => [name, expression.literal()]));
  if (fields.size === bindings.length) return fields;
  return bindings.map(([name, expression]): Value => new Map([[name, expression.literal()]]));
}

/** One by one, so that what is wrong with a binding is told in its turn. */
function* letBindings(
  value: Value,
  parser: FormParser,
  position: At,
): Generator<[name: string, value: Value, position: At]> {
  const place = at(position, 'let');
  if (isArray(value)) {
    for (const [index, element] of value.entries()) {
      const step = at(place, index);
      const [entry] = isObject(element) && element.size === 1 ? [...element] : [];
      if (entry) yield [entry[0], entry[1], at(step, entry[0])];
      else parser.error(invalidExpressionType(step, ['Object'], typeName(element)));
    }
  } else if (isObject(value)) {
    const fields = parser.fields(value, place, position);
    for (const [name, inner] of fields ?? []) yield [name, inner, at(place, name)];
  } else {
    parser.error(invalidExpressionType(place, ['Array'], typeName(value)));
  }
}

const ifForm = form({
  required: ['if', 'then', 'else'],
  effect: 'pure',
  parse: (args, parser, position) => {
    const condition = part(args, parser, position, 'if');
    const yes = part(args, parser, position, 'then');
    const no = part(args, parser, position, 'else');
    const place = at(position, 'if');
    return {
      effect: maxEffect([condition.effect, yes.effect, no.effect]),
      literal: () =>
        new Map([
          ['if', condition.literal()],
          ['then', yes.literal()],
          ['else', no.literal()],
        ]),
      evaluate: (context) => (boolean(condition.evaluate(context), place) ? yes : no).evaluate(context),
    };
  },
});

/** And, Or: stop at the first operand that decides. */
function shortCircuit(key: 'and' | 'or', decides: boolean): Form {
  return form({
    required: [key],
    effect: 'pure',
    parse: (args, parser, position) => {
      const value = args.get(key) ?? null;
      const place = at(position, key);
      const operands = isArray(value) ? parser.expressions(value, place) : [parser.expression(value, place)];
      if (operands.length === 0) return parser.error(emptyExpression(place));
      return {
        effect: maxEffect(operands.map((operand) => operand.effect)),
        literal: () => new Map([[key, operands.map((operand) => operand.literal())]]),
        evaluate: (context) => {
          for (const [index, operand] of operands.entries()) {
            if (boolean(operand.evaluate(context), at(place, index)) === decides) return decides;
          }
          return !decides;
        },
      };
    },
  });
}

const doForm = form({
  required: ['do'],
  effect: 'pure',
  parse: (args, parser, position) => {
    const value = args.get('do') ?? null;
    const place = at(position, 'do');
    if (!isArray(value)) return parser.error(invalidExpressionType(place, ['Array'], typeName(value)));
    const steps = parser.expressions(value, place);
    if (steps.length === 0) return parser.error(emptyExpression(place));
    return {
      effect: maxEffect(steps.map((step) => step.effect)),
      literal: () => new Map([['do', steps.map((step) => step.literal())]]),
      evaluate: (context) => {
        let result: Value = null;
        for (const step of steps) result = step.evaluate(context);
        return result;
      },
    };
  },
});

const objectForm = form({
  required: ['object'],
  effect: 'pure',
  parse: (args, parser, position) => {
    const place = at(position, 'object');
    const fields = parser.fields(args.get('object') ?? null, place, position);
    if (!fields) return constant(null);
    const parsed = [...fields].map(([key, value]) => [key, parser.expression(value, at(place, key))] as const);
    return {
      effect: maxEffect(parsed.map(([, expression]) => expression.effect)),
      literal: () => new Map([['object', new Map(parsed.map(([key, expression]) => [key, expression.literal()]))]]),
      evaluate: (context) => evaluateFields(parsed, context),
    };
  },
});

const quoteForm = form({
  required: ['quote'],
  effect: 'pure',
  parse: (args, parser, position) => constant(parser.quoted(args.get('quote') ?? null, at(position, 'quote'))),
});

/** Select and its kin: the default is only evaluated when nothing is found. */
function selecting(key: 'select' | 'select_all' | 'select_as_index'): Form {
  return form({
    required: [key, 'from'],
    optional: key === 'select' ? ['all', 'default'] : ['default'],
    effect: 'pure',
    parse: (args, parser, position) => {
      const steps = part(args, parser, position, key);
      const from = part(args, parser, position, 'from');
      const all = args.has('all') ? part(args, parser, position, 'all') : constant(key !== 'select');
      const fallback = args.has('default') ? part(args, parser, position, 'default') : undefined;
      const parts = {
        [key]: steps,
        from,
        ...(args.has('all') ? { all } : {}),
        ...(fallback ? { default: fallback } : {}),
      };
      const [place, placeOfAll] = [at(position, key), at(position, 'all')];
      /** Of a path that is written out. */
      let known: PathStep[] | undefined;
      return {
        effect: maxEffect(Object.values(parts).map((expression) => expression.effect)),
        literal: literalOf(parts),
        evaluate: (context) => {
          const pathValue = steps.evaluate(context);
          const container = from.evaluate(context);
          const allValue = all.evaluate(context);
          const where = known ?? path(pathValue, place);
          if (steps instanceof Constant) known = where;
          const gathered = boolean(allValue, placeOfAll);
          if (isTagged(container) && container.kind === 'unresolved')
            fail(unresolvedRef(at(position, 'from'), container));
          const found = select(context.session, context.auth.scope, container, where, gathered);
          if (gathered) return found === undefined ? [] : isArray(found) ? found : [found];
          if (found !== undefined) return found;
          return fallback ? fallback.evaluate(context) : fail(valueNotFound(at(position, 'from'), where));
        },
      };
    },
  });
}

export const controlForms: readonly Form[] = [
  atForm,
  varForm,
  letForm,
  ifForm,
  shortCircuit('and', false),
  shortCircuit('or', true),
  doForm,
  objectForm,
  quoteForm,
  selecting('select'),
  selecting('select_all'),
  selecting('select_as_index'),
  defineLambdaFunction(['query'], {
    parameters: { query: lambdaCast },
    effect: 'pure',
    evaluate: ({ query }) => query,
  }),
  defineFunction({
    parameters: { abort: string },
    effect: 'pure',
    evaluate: ({ abort }, { position }) => fail(aborted(position, abort)),
  }),
];
