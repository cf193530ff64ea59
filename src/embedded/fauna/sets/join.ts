/** Join(set, lambda or index): for each element the set it leads to, all of them united. */
import { invalidArgument, noEventsHistory } from '../errors/errors.ts';
import type { At } from '../errors/position.ts';
import { fail } from '../errors/query-error.ts';
import type { Context } from '../language/context.ts';
import { applyLambda, lambdaLiteral } from '../language/lambda.ts';
import { typeName } from '../values/names.ts';
import { isSet, type LambdaValue, object, type Value } from '../values/value.ts';
import { mergeGroups } from './combine.ts';
import { type EventSet, entryValue, type Range, type Shape, SINGLE } from './set.ts';
import { setValue } from './set-value.ts';

export type JoinTarget =
  | { readonly type: 'lambda'; readonly lambda: LambdaValue; readonly position: At }
  | {
      readonly type: 'index';
      readonly ref: Value;
      readonly shape: Shape;
      match(context: Context, terms: Value): EventSet;
    };

export function joinSet(source: EventSet, target: JoinTarget): EventSet {
  const self: EventSet = {
    filtered: true,
    shape: target.type === 'index' ? target.shape : SINGLE,
    literal: () =>
      object({ join: setValue(source), with: target.type === 'lambda' ? lambdaLiteral(target.lambda) : target.ref }),
    forRead: (context) => {
      const readable = source.forRead(context);
      return readable && joinSet(readable, target);
    },
    snapshot: function* (context, range) {
      const targets = targetsOf(source, target, context, range);
      for (const group of mergeGroups(
        targets.map((set) => set.snapshot(context, range)),
        range.ascending,
      )) {
        const first = group[0]?.[0];
        if (first) yield { ...first, sources: [...new Set(group.flatMap(([entry]) => entry.sources))] };
      }
    },
  };
  return self;
}

function targetsOf(source: EventSet, target: JoinTarget, context: Context, range: Range): EventSet[] {
  const targets: EventSet[] = [];
  for (const entry of source.snapshot(context, { from: undefined, to: undefined, ascending: true, size: range.size })) {
    const value = entryValue(source, entry);
    const found = target.type === 'lambda' ? applied(target, value, context) : target.match(context, value);
    const readable = found.forRead(context);
    if (readable) targets.push(readable);
  }
  return targets;
}

function applied(target: JoinTarget & { type: 'lambda' }, value: Value, context: Context): EventSet {
  const result = applyLambda(target.lambda, value, context, target.position);
  if (!isSet(result)) return fail(invalidArgument(target.position, ['Set'], typeName(result)));
  if (result.set.shape.historical) return fail(noEventsHistory(target.position));
  return result.set;
}
