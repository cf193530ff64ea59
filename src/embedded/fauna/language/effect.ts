/** What evaluating an expression may do. A query whose effect is less than `write` may run on a reader. */
export type Effect = 'pure' | 'read' | 'write';

const ORDER: Record<Effect, number> = { pure: 0, read: 1, write: 2 };

export const allows = (limit: Effect, effect: Effect): boolean => ORDER[limit] >= ORDER[effect];

/** A list, not arguments: those end at some hundred thousand, and an array may have more elements. */
export function maxEffect(effects: readonly Effect[]): Effect {
  let result: Effect = 'pure';
  for (const effect of effects) if (ORDER[effect] > ORDER[result]) result = effect;
  return result;
}

/** As in "Call performs a write, which is not allowed in get requests." */
export const effectText: Record<Effect, string> = { pure: 'pure', read: 'a read', write: 'a write' };
