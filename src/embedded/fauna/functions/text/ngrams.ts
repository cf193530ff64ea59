/** NGram: all parts of certain lengths, for indexes that search within words. */
import { boundsError } from '../../errors/errors.ts';
import type { At } from '../../errors/position.ts';
import { type QueryError, QueryFailure } from '../../errors/query-error.ts';
import { integer, zeroOrMore } from '../../language/casts.ts';
import { defineFunction, optional } from '../../language/define.ts';
import type { Form } from '../../language/form.ts';
import type { Value } from '../../values/value.ts';
import { wrapLong } from '../math/long.ts';
import { scalarOrNull } from './scalars.ts';

const DEFAULT_MIN = 1n;
const DEFAULT_MAX = 2n;
const MAX_DIFFERENCE = 1n;

function checkSizes(min: bigint | undefined, max: bigint | undefined, position: At): void {
  const errors: QueryError[] = [];
  const check = (holds: boolean, size: 'min' | 'max', text: string): void => {
    if (!holds) errors.push(boundsError(position, `${size} ngram size`, text));
  };
  if (min !== undefined && max !== undefined) {
    check(min <= max && min > 0n, 'min', '> 0 and <= max');
    check(max > 0n, 'max', '> 0');
    check(wrapLong(max - min) <= MAX_DIFFERENCE, 'max', `<= min + ${MAX_DIFFERENCE}`);
  } else if (min !== undefined) {
    check(min <= DEFAULT_MAX && min > 0n, 'min', '> 0 and <= max');
    check(wrapLong(DEFAULT_MAX - min) <= MAX_DIFFERENCE, 'min', `>= max - ${MAX_DIFFERENCE}`);
  } else if (max !== undefined) {
    check(max > DEFAULT_MIN, 'max', '> 0 and >= min');
    check(wrapLong(max - DEFAULT_MIN) <= MAX_DIFFERENCE, 'max', `<= min + ${MAX_DIFFERENCE}`);
  }
  if (errors.length > 0) throw new QueryFailure(errors);
}

/** By where they start, the shorter first. */
function* ngrams(text: string, min: number, max: number): Generator<string> {
  const characters = [...text];
  for (let start = 0; start < characters.length; start += 1) {
    for (let size = min; size <= max && start + size <= characters.length; size += 1) {
      yield characters.slice(start, start + size).join('');
    }
  }
}

export const ngramForms: readonly Form[] = [
  defineFunction({
    parameters: { ngram: zeroOrMore(scalarOrNull), min: optional(integer), max: optional(integer) },
    effect: 'pure',
    evaluate: ({ ngram, min, max }, { context, position }) => {
      checkSizes(min, max, position);
      const result: Value[] = [];
      for (const term of ngram) {
        if (typeof term !== 'string') result.push(term);
        else {
          for (const part of ngrams(term, Number(min ?? DEFAULT_MIN), Number(max ?? DEFAULT_MAX))) {
            context.session.spend();
            result.push(part);
          }
        }
      }
      return result;
    },
  }),
];
