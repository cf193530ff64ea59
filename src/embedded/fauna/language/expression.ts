/** The tree a query is parsed into. Nodes evaluate themselves, so a new form needs no switch anywhere. */
import type { LambdaBody, LambdaPattern, Value } from '../values/value.ts';
import type { Context } from './context.ts';
import type { Effect } from './effect.ts';

export interface Expression extends LambdaBody {
  readonly effect: Effect;
  evaluate(context: Context): Value;
}

/** A lambda where it is written. Evaluating it only captures what it uses from around it. */
export interface LambdaExpression extends Expression {
  readonly pattern: LambdaPattern;
  readonly body: Expression;
  /** The names its body uses that it does not bind itself. */
  readonly free: ReadonlySet<string>;
}

/** How many parameters a pattern binds (`_` counts as none). */
export function patternArity(pattern: LambdaPattern): number {
  if (pattern.type === 'ignore') return 0;
  if (pattern.type === 'name') return 1;
  return pattern.elements.reduce((sum, element) => sum + patternArity(element), 0);
}

export function patternNames(pattern: LambdaPattern): string[] {
  if (pattern.type === 'ignore') return [];
  if (pattern.type === 'name') return [pattern.name];
  return pattern.elements.flatMap(patternNames);
}

export function patternLiteral(pattern: LambdaPattern): Value {
  if (pattern.type === 'ignore') return '_';
  if (pattern.type === 'name') return pattern.name;
  return pattern.elements.map(patternLiteral);
}

/** A value that stands for itself. */
export class Constant implements Expression {
  readonly effect = 'pure';
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
  evaluate(): Value {
    return this.value;
  }
  literal(): Value {
    return this.value;
  }
}
export const constant = (value: Value): Constant => new Constant(value);
