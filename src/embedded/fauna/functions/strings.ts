/** Strings. */

import { string, zeroOrMore } from '../language/casts.ts';
import { defineFunction, optional } from '../language/define.ts';
import type { Form } from '../language/form.ts';

export const stringForms: readonly Form[] = [
  defineFunction({
    parameters: { concat: zeroOrMore(string), separator: optional(string) },
    effect: 'pure',
    evaluate: ({ concat, separator = '' }) => concat.join(separator),
  }),
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
    parameters: { lowercase: string },
    effect: 'pure',
    evaluate: (args) => args.lowercase.toLowerCase(),
  }),
  defineFunction({
    parameters: { uppercase: string },
    effect: 'pure',
    evaluate: (args) => args.uppercase.toUpperCase(),
  }),
];
