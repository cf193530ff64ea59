/** Numbers out of a Time: since the epoch, or of its date and clock in UTC. */
import { timestamp } from '../../language/casts.ts';
import { defineFunction } from '../../language/define.ts';
import type { Form } from '../../language/form.ts';
import { civilOfDays, daysOfCivil, divideFloor, nanosOfTime } from '../../values/time.ts';
import type { Time } from '../../values/value.ts';
import { wrapLong } from '../math/long.ts';

const part = (key: string, read: (time: Time) => bigint): Form =>
  defineFunction({
    parameters: { [key]: timestamp },
    effect: 'pure',
    evaluate: (args) => wrapLong(args[key] ? read(args[key]) : 0n),
  });

const DAY_SECONDS = 86_400n;
export const dayOf = (time: Time): bigint => divideFloor(time.seconds, DAY_SECONDS);
const secondOfDay = (time: Time): bigint => time.seconds - dayOf(time) * DAY_SECONDS;
const civil = (time: Time) => civilOfDays(dayOf(time));

/** Monday is 1. Day 0 was a Thursday. */
export const dayOfWeek = (days: bigint): bigint => ((((days + 3n) % 7n) + 7n) % 7n) + 1n;
export const dayOfYear = (days: bigint): bigint => days - daysOfCivil(civilOfDays(days).year, 1, 1) + 1n;

export const partForms: readonly Form[] = [
  part('to_micros', (time) => divideFloor(nanosOfTime(time), 1000n)),
  part('to_millis', (time) => divideFloor(nanosOfTime(time), 1_000_000n)),
  part('to_seconds', (time) => time.seconds),
  part('second', (time) => secondOfDay(time) % 60n),
  part('minute', (time) => (secondOfDay(time) / 60n) % 60n),
  part('hour', (time) => secondOfDay(time) / 3600n),
  part('day_of_month', (time) => BigInt(civil(time).day)),
  part('day_of_week', (time) => dayOfWeek(dayOf(time))),
  part('day_of_year', (time) => dayOfYear(dayOf(time))),
  part('month', (time) => BigInt(civil(time).month)),
  part('year', (time) => civil(time).year),
];
