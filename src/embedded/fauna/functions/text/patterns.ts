/** Functions of regular expressions. */
import { at } from '../../errors/position.ts';
import { boolean, integer, string } from '../../language/casts.ts';
import { type Call, defineFunction, optional } from '../../language/define.ts';
import type { Form } from '../../language/form.ts';
import { object, type Value } from '../../values/value.ts';
import { intOfLong } from '../math/long.ts';
import { codePointCount, searchOffset } from './code-points.ts';
import { limitLength } from './limits.ts';
import type { Program } from './regex/program.ts';
import { matches, pattern } from './regex/regex.ts';
import { expandReplacement } from './regex/replacement.ts';

const MAX_RESULTS = 1024n;

interface Search {
  readonly text: string;
  readonly start: bigint | undefined;
  readonly results: bigint | undefined;
}

/** Each match with its first and last character; an empty one ends where it starts. */
function find(program: Program, { text, start, results = MAX_RESULTS }: Search, call: Call): Value[] {
  const limit = intOfLong(results < MAX_RESULTS ? results : MAX_RESULTS);
  const offset = searchOffset(text, start);
  const rest = text.slice(offset);
  const found: Value[] = [];
  let counted = 0;
  let position = offset === 0 ? 0 : Number(start);
  if (limit <= 0) return found;
  for (const match of matches(program, rest, call)) {
    position += codePointCount(rest, counted, match.start);
    counted = match.start;
    const length = match.end === match.start ? 0 : codePointCount(rest, match.start, match.end - 1);
    const data = rest.slice(match.start, match.end);
    found.push(object({ start: BigInt(position), end: BigInt(position + length), data }));
    if (found.length === limit) break;
  }
  return found;
}

function replace(program: Program, text: string, replacement: string, first: boolean, call: Call): string {
  const parts: string[] = [];
  let copied = 0;
  let length = 0;
  const add = (part: string): void => {
    length += part.length;
    limitLength(length, call.position);
    parts.push(part);
  };
  for (const match of matches(program, text, call)) {
    add(text.slice(copied, match.start));
    add(expandReplacement(replacement, program, match, at(call.position, 'replace')));
    copied = match.end;
    if (first) break;
  }
  add(text.slice(copied));
  return parts.join('');
}

export const patternForms: readonly Form[] = [
  defineFunction({
    parameters: { regexescape: string },
    effect: 'pure',
    evaluate: ({ regexescape }) => `\\Q${regexescape.replaceAll('\\E', () => '\\E\\\\E\\Q')}\\E`,
  }),
  defineFunction({
    parameters: { containsstrregex: string, pattern },
    effect: 'pure',
    evaluate: (args, call) => !matches(args.pattern, args.containsstrregex, call).next().done,
  }),
  defineFunction({
    parameters: { findstrregex: string, pattern, start: optional(integer), num_results: optional(integer) },
    effect: 'pure',
    evaluate: (args, call) =>
      find(args.pattern, { text: args.findstrregex, start: args.start, results: args.num_results }, call),
  }),
  defineFunction({
    parameters: { replacestrregex: string, pattern, replace: string, first: optional(boolean) },
    effect: 'pure',
    evaluate: (args, call) => replace(args.pattern, args.replacestrregex, args.replace, args.first ?? false, call),
  }),
];
