/** Plain strings found in others. */
import { integer, string } from '../../language/casts.ts';
import { defineFunction, optional } from '../../language/define.ts';
import type { Form } from '../../language/form.ts';
import { codePointCount, searchOffset } from './code-points.ts';

export const searchingForms: readonly Form[] = [
  defineFunction({
    parameters: { containsstr: string, search: string },
    effect: 'pure',
    evaluate: ({ containsstr, search }) => containsstr.includes(search),
  }),
  defineFunction({
    parameters: { startswith: string, search: string },
    effect: 'pure',
    evaluate: ({ startswith, search }) => startswith.startsWith(search),
  }),
  defineFunction({
    parameters: { endswith: string, search: string },
    effect: 'pure',
    evaluate: ({ endswith, search }) => endswith.endsWith(search),
  }),
  defineFunction({
    parameters: { findstr: string, find: string, start: optional(integer) },
    effect: 'pure',
    evaluate: ({ findstr, find, start }) => {
      const index = findstr.indexOf(find, searchOffset(findstr, start));
      return BigInt(index < 0 ? -1 : codePointCount(findstr, 0, index));
    },
  }),
];
