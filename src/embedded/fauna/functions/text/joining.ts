/** Strings put together. */
import { integer, string, zeroOrMore } from '../../language/casts.ts';
import { defineFunction, optional } from '../../language/define.ts';
import type { Form } from '../../language/form.ts';
import { intOfLong } from '../math/long.ts';
import { limitLength } from './limits.ts';

const MAX_TIMES = 1024n;
const times = (count: bigint): number => Math.max(0, intOfLong(count < MAX_TIMES ? count : MAX_TIMES));

export const joiningForms: readonly Form[] = [
  defineFunction({
    parameters: { concat: zeroOrMore(string), separator: optional(string) },
    effect: 'pure',
    evaluate: ({ concat, separator = '' }, { position }) => {
      const length = concat.reduce((sum, text) => sum + text.length + separator.length, 0);
      limitLength(length, position);
      return concat.join(separator);
    },
  }),
  defineFunction({
    parameters: { repeat: string, number: optional(integer) },
    effect: 'pure',
    evaluate: ({ repeat, number = 2n }, { position }) => {
      limitLength(repeat.length * times(number), position);
      return repeat.repeat(times(number));
    },
  }),
  defineFunction({
    parameters: { space: integer },
    effect: 'pure',
    evaluate: ({ space }) => (space > 0n ? ' '.repeat(times(space)) : ''),
  }),
  defineFunction({
    parameters: { replacestr: string, find: string, replace: string },
    effect: 'pure',
    evaluate: ({ replacestr, find, replace }, { position }) => {
      const found = find === '' ? replacestr.length + 1 : replacestr.split(find).length - 1;
      limitLength(replacestr.length + found * (replace.length - find.length), position);
      return replacestr.replaceAll(find, () => replace);
    },
  }),
];
