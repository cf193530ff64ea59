/** Patterns as the functions use them. */
import { argumentError, evaluationError, fail } from '../../../errors/query-error.ts';
import type { Cast } from '../../../language/casts.ts';
import { string } from '../../../language/casts.ts';
import type { Call } from '../../../language/define.ts';
import { Matcher, RegexOverflow } from './matcher.ts';
import { RegexSyntaxError } from './nodes.ts';
import { parseRegex } from './parse.ts';
import { compile, type Program } from './program.ts';

/** Where a match starts and ends, in UTF-16 units, and its groups. */
export interface Match {
  readonly start: number;
  readonly end: number;
  /** The text of a group; undefined if it matched nothing. */
  group(index: number): string | undefined;
}

export const pattern: Cast<Program> = (value, position) => {
  const text = string(value, position);
  try {
    return compile(parseRegex(text));
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error;
    return fail(argumentError(position, `Search pattern /${text}/ is not a valid regular expression.`));
  }
};

/** All matches one after the other, found as they are asked for. */
export function* matches(program: Program, text: string, call: Call): Generator<Match> {
  const matcher = new Matcher(program, text, () => call.context.session.spend());
  let last = 0;
  for (let from = 0; from <= text.length; ) {
    const start = next(matcher, program, text, from, last, call);
    if (start === undefined) return;
    const end = matcher.slots[1] ?? start;
    yield {
      start,
      end,
      group: (index) => {
        const [first = -1, after = -1] = matcher.slots.slice(index * 2, index * 2 + 2);
        return first < 0 || after < 0 ? undefined : text.slice(first, after);
      },
    };
    last = end;
    from = end === start ? end + 1 : end;
  }
}

function next(
  matcher: Matcher,
  { wide }: Program,
  text: string,
  from: number,
  last: number,
  { position }: Call,
): number | undefined {
  try {
    for (let start = from; start <= text.length; start += wide && (text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1) {
      if (matcher.matchAt(start, last)) return start;
    }
  } catch (error) {
    if (!(error instanceof RegexOverflow)) throw error;
    fail(evaluationError('stack overflow', position, 'Call stack reached the maximum limit of 200.'));
  }
  return undefined;
}
