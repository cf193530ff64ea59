/** The units of time arithmetic (MidstUnit.scala), and what a number of them is in nanoseconds. */
import { invalidArgument } from '../../errors/errors.ts';
import { fail } from '../../errors/query-error.ts';
import type { Cast } from '../../language/casts.ts';
import { typeName } from '../../values/names.ts';
import { trimControls } from '../text/whitespace.ts';

export interface TimeUnit {
  readonly nanos: bigint;
  /** As it was given, spaces around it included: errors repeat it. */
  readonly original: string;
}

export const DAY_NANOS = 86_400_000_000_000n;
export const MILLI_NANOS = 1_000_000n;

const NANOS: Readonly<Record<string, bigint>> = {
  day: DAY_NANOS,
  'half day': DAY_NANOS / 2n,
  hour: 3_600_000_000_000n,
  minute: 60_000_000_000n,
  second: 1_000_000_000n,
  millisecond: MILLI_NANOS,
  microsecond: 1000n,
  nanosecond: 1n,
};
const UNITS = new Map(
  Object.entries(NANOS).flatMap(
    ([name, nanos]) =>
      [
        [name, nanos],
        [`${name}s`, nanos],
      ] as const,
  ),
);

export const timeUnit: Cast<TimeUnit> = (value, position) => {
  const nanos = typeof value === 'string' ? UNITS.get(trimControls(value)) : undefined;
  if (nanos === undefined) return fail(invalidArgument(position, ['Time Unit'], typeName(value)));
  return { nanos, original: String(value) };
};
