/** Adding to times and dates, and what lies between two. */
import { type At, at } from '../../errors/position.ts';
import { argumentError, fail } from '../../errors/query-error.ts';
import { integer, temporal } from '../../language/casts.ts';
import { defineFunction } from '../../language/define.ts';
import type { Form } from '../../language/form.ts';
import { divideFloor, nanosOfTime } from '../../values/time.ts';
import type { DateValue, Time, Value } from '../../values/value.ts';
import { day, instant, outOfTime } from './bounds.ts';
import { DAY_NANOS, MILLI_NANOS, type TimeUnit, timeUnit } from './units.ts';

/** Dates know whole days only. */
function requireDays(unit: TimeUnit, position: At): void {
  if (unit.nanos !== DAY_NANOS) fail(argumentError(at(position, 'unit'), `Invalid time unit '${unit.original}'.`));
}

function shifted(base: Time | DateValue, offset: bigint, unit: TimeUnit, position: At): Value {
  if (base.kind === 'date') requireDays(unit, position);
  const result =
    base.kind === 'date' ? day(BigInt(base.days) + offset) : instant(nanosOfTime(base) + offset * unit.nanos);
  return result ?? fail(outOfTime(at(position, 'offset')));
}

/** Whole units; but java.time cuts each time to milliseconds before it counts those. */
const between = (start: bigint, finish: bigint, unit: bigint): bigint =>
  unit === MILLI_NANOS ? divideFloor(finish, unit) - divideFloor(start, unit) : (finish - start) / unit;

const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

function difference(start: Time | DateValue, finish: Time | DateValue, unit: TimeUnit, position: At): Value {
  if (start.kind === 'date' && finish.kind === 'date') {
    requireDays(unit, position);
    return BigInt(finish.days - start.days);
  }
  if (start.kind === 'date' || finish.kind === 'date') {
    return fail(argumentError(at(position, 'time_diff'), 'Incompatible time arguments.'));
  }
  const units = between(nanosOfTime(start), nanosOfTime(finish), unit.nanos);
  // FaunaDB answers 500 here.
  return units < MIN_LONG || units > MAX_LONG ? fail(outOfTime(at(position, 'other'))) : units;
}

export const timeArithmeticForms: readonly Form[] = [
  defineFunction({
    parameters: { time_add: temporal, offset: integer, unit: timeUnit },
    effect: 'pure',
    evaluate: ({ time_add, offset, unit }, { position }) => shifted(time_add, offset, unit, position),
  }),
  defineFunction({
    parameters: { time_subtract: temporal, offset: integer, unit: timeUnit },
    effect: 'pure',
    evaluate: ({ time_subtract, offset, unit }, { position }) => shifted(time_subtract, -offset, unit, position),
  }),
  defineFunction({
    parameters: { time_diff: temporal, other: temporal, unit: timeUnit },
    effect: 'pure',
    evaluate: ({ time_diff, other, unit }, { position }) => difference(time_diff, other, unit, position),
  }),
];
