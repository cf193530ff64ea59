/** Functions of regular expressions. */
import { at } from '../../errors/position.ts';
import { boolean, integer, string } from '../../language/casts.ts';
import { type Call, defineFunction, optional } from '../../language/define.ts';
import type { Form } from '../../language/form.ts';
import { object, type Value } from '../../values/value.ts';
import { intOfLong } from '../math/long.ts';
import { codePointCount, isWithinPair, searchOffset } from './code-points.ts';
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
  const before = offset === 0 ? 0 : Number(start);
  let counted = 0;
  let points = 0;
  const pointsTo = (index: number): number => before + points + codePointCount(rest, counted, index);
  if (limit <= 0) return found;
  for (const match of matches(program, rest, call)) {
    const end = match.end === match.start ? match.end : match.end - 1;
    const data = rest.slice(match.start, match.end);
    found.push(object({ start: BigInt(pointsTo(match.start)), end: BigInt(pointsTo(end)), data }));
    if (found.length === limit) break;
    // An empty match may lie between the halves of a character, from where counting cannot go on.
    if (!isWithinPair(rest, match.start)) {
      points += codePointCount(rest, counted, match.start);
      counted = match.start;
    }
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
