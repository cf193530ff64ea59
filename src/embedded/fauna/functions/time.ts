/** Times and dates. */
import { argumentError, fail } from '../errors/query-error.ts';
import { nothing, string, timestamp } from '../language/casts.ts';
import { defineFunction } from '../language/define.ts';
import type { Form } from '../language/form.ts';
import { microsOfTime, parseDate, parseTime, timeOfMicros } from '../values/time.ts';

export const timeForms: readonly Form[] = [
  defineFunction({
    parameters: { now: nothing },
    effect: 'pure',
    evaluate: (_args, { context }) => timeOfMicros(context.session.time),
  }),
  defineFunction({
    parameters: { time: string },
    effect: 'pure',
    evaluate: ({ time }, { context, position }) => {
      if (time === 'now') return timeOfMicros(context.session.time);
      return parseTime(time.trim()) ?? fail(argumentError(position, `Cannot cast '${time}' to a time.`));
    },
  }),
  defineFunction({
    parameters: { date: string },
    effect: 'pure',
    evaluate: ({ date }, { position }) => {
      const days = parseDate(date);
      if (days === undefined) return fail(argumentError(position, `Cannot cast '${date}' to a date.`));
      return { kind: 'date', days: Number(days) };
    },
  }),
  defineFunction({
    parameters: { to_micros: timestamp },
    effect: 'pure',
    evaluate: (args) => microsOfTime(args.to_micros),
  }),
];
