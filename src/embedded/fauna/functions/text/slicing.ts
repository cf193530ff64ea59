/** Lengths and parts of strings, in code points. */
import { boundsError } from '../../errors/errors.ts';
import type { At } from '../../errors/position.ts';
import { fail } from '../../errors/query-error.ts';
import { integer, string } from '../../language/casts.ts';
import { defineFunction, optional } from '../../language/define.ts';
import type { Form } from '../../language/form.ts';
import { intOfLong } from '../math/long.ts';
import { codePointCount, offsetByCodePoints } from './code-points.ts';
import { stripLeading, stripTrailing } from './whitespace.ts';

/** A negative start counts from the end. */
function substring(text: string, start: bigint, length: bigint | undefined, position: At): string {
  const size = codePointCount(text);
  // FaunaDB makes an Int of it, which of a Long drops the upper half.
  const from = intOfLong(start < 0n ? BigInt(size) + start : start);
  if (from > size || from < 0) fail(boundsError(position, 'start', 'less than or equal to the string length'));
  if (length !== undefined && length < 0n) fail(boundsError(position, 'length', 'positive'));
  const to = length === undefined ? size : Math.min(from + Number(length), size);
  return text.slice(offsetByCodePoints(text, from), offsetByCodePoints(text, to));
}

export const slicingForms: readonly Form[] = [
  defineFunction({
    parameters: { length: string },
    effect: 'pure',
    evaluate: ({ length }) => BigInt(codePointCount(length)),
  }),
  defineFunction({
    parameters: { substring: string, start: optional(integer), length: optional(integer) },
    effect: 'pure',
    evaluate: (args, { position }) => substring(args.substring, args.start ?? 0n, args.length, position),
  }),
  defineFunction({
    parameters: { trim: string },
    effect: 'pure',
    evaluate: ({ trim }) => stripTrailing(stripLeading(trim)),
  }),
  defineFunction({ parameters: { ltrim: string }, effect: 'pure', evaluate: ({ ltrim }) => stripLeading(ltrim) }),
  defineFunction({ parameters: { rtrim: string }, effect: 'pure', evaluate: ({ rtrim }) => stripTrailing(rtrim) }),
];
