/** How far java.time goes: a Time a billion years either way, a Date a year less. */
import { boundsError } from '../../errors/errors.ts';
import type { At } from '../../errors/position.ts';
import type { QueryError } from '../../errors/query-error.ts';
import { daysOfCivil, timeOfNanos } from '../../values/time.ts';
import type { DateValue, Time } from '../../values/value.ts';

const MIN_SECOND = -31_557_014_167_219_200n;
const MAX_SECOND = 31_556_889_864_403_199n;
const MIN_DAY = daysOfCivil(-999_999_999n, 1, 1);
const MAX_DAY = daysOfCivil(999_999_999n, 12, 31);

/** A Time so many nanoseconds from the epoch, if there is one. */
export function instant(nanos: bigint): Time | undefined {
  const time = timeOfNanos(nanos);
  return time.seconds < MIN_SECOND || time.seconds > MAX_SECOND ? undefined : time;
}

export const day = (days: bigint): DateValue | undefined =>
  days < MIN_DAY || days > MAX_DAY ? undefined : { kind: 'date', days: Number(days) };

export const outOfTime = (position: At): QueryError =>
  boundsError(
    position,
    'dates and times',
    'between -1000000000-01-01T00:00:00Z and +1000000000-12-31T23:59:59.999999999Z',
  );
