/** Times and dates out of strings and numbers. */
import type { At } from '../../errors/position.ts';
import { argumentError, fail } from '../../errors/query-error.ts';
import { integer, nothing, string } from '../../language/casts.ts';
import type { Context } from '../../language/context.ts';
import { defineFunction } from '../../language/define.ts';
import type { Form } from '../../language/form.ts';
import { parseInstant, parseStrictDate } from '../../values/parse-time.ts';
import { timeOfMicros } from '../../values/time.ts';
import type { DateValue, Time } from '../../values/value.ts';
import { trimControls } from '../text/whitespace.ts';
import { instant, outOfTime } from './bounds.ts';
import { timeUnit } from './units.ts';

const now = (context: Context): Time => timeOfMicros(context.session.time);

export function readTime(text: string, context: Context, position: At): Time {
  if (text === 'now') return now(context);
  return parseInstant(trimControls(text)) ?? fail(argumentError(position, `Cannot cast '${text}' to a time.`));
}

export function readDate(text: string, position: At): DateValue {
  const days = parseStrictDate(trimControls(text));
  if (days === undefined) return fail(argumentError(position, `Cannot cast '${text}' to a date.`));
  return { kind: 'date', days: Number(days) };
}

export const makingForms: readonly Form[] = [
  defineFunction({ parameters: { now: nothing }, effect: 'pure', evaluate: (_args, { context }) => now(context) }),
  defineFunction({
    parameters: { time: string },
    effect: 'pure',
    evaluate: ({ time }, { context, position }) => readTime(time, context, position),
  }),
  defineFunction({
    parameters: { date: string },
    effect: 'pure',
    evaluate: ({ date }, { position }) => readDate(date, position),
  }),
  defineFunction({
    parameters: { epoch: integer, unit: timeUnit },
    effect: 'pure',
    evaluate: ({ epoch, unit }, { position }) => instant(epoch * unit.nanos) ?? fail(outOfTime(position)),
  }),
];
