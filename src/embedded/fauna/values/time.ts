/** Times to the nanosecond, written as java.time does (ISO-8601, UTC). */
import type { Time } from './value.ts';

const MICROS = 1_000_000n;
const NANOS = 1_000_000_000n;
const DAY_SECONDS = 86_400n;

export const time = (seconds: bigint, nanos: number): Time => ({ kind: 'time', seconds, nanos });

/** Floors, so that times before the epoch keep 0 <= nanos. */
export function divideFloor(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

export function timeOfMicros(micros: bigint): Time {
  const seconds = divideFloor(micros, MICROS);
  return time(seconds, Number(micros - seconds * MICROS) * 1000);
}

export function timeOfNanos(nanos: bigint): Time {
  const seconds = divideFloor(nanos, NANOS);
  return time(seconds, Number(nanos - seconds * NANOS));
}

/** With room for the next to either side. */
const FIRST_MICROS = -(2n ** 63n) + 2n;
const LAST_MICROS = 2n ** 63n - 3n;

/** As the store counts; what is beyond 64 bits is the first or the last there is (FaunaDB's wraps around). */
export function microsOfTime(value: Time): bigint {
  const micros = value.seconds * MICROS + BigInt(Math.trunc(value.nanos / 1000));
  return micros < FIRST_MICROS ? FIRST_MICROS : micros > LAST_MICROS ? LAST_MICROS : micros;
}
export const nanosOfTime = (value: Time): bigint => value.seconds * NANOS + BigInt(value.nanos);

/** The proleptic Gregorian date of a day number; years beyond what a JS Date holds included. */
export function civilOfDays(days: bigint): { year: bigint; month: number; day: number } {
  const shifted = days + 719_468n;
  const era = divideFloor(shifted, 146_097n);
  const dayOfEra = Number(shifted - era * 146_097n);
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: BigInt(yearOfEra) + era * 400n + (month <= 2 ? 1n : 0n),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

export function daysOfCivil(year: bigint, month: number, day: number): bigint {
  const shiftedYear = month <= 2 ? year - 1n : year;
  const era = divideFloor(shiftedYear, 400n);
  const yearOfEra = Number(shiftedYear - era * 400n);
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097n + BigInt(dayOfEra) - 719_468n;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** As java.time prints a year: four digits, a sign beyond 9999. */
export function formatYear(year: bigint): string {
  const magnitude = (year < 0n ? -year : year).toString().padStart(4, '0');
  if (year < 0n) return `-${magnitude}`;
  return year > 9999n ? `+${magnitude}` : magnitude;
}

export function formatDate(days: bigint): string {
  const { year, month, day } = civilOfDays(days);
  return `${formatYear(year)}-${two(month)}-${two(day)}`;
}

/** As java.time.Instant prints: no fraction, or three, six or nine digits of it. */
export function formatTime(value: Time): string {
  const days = divideFloor(value.seconds, DAY_SECONDS);
  const second = Number(value.seconds - days * DAY_SECONDS);
  const clock = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
  return `${formatDate(days)}T${clock}${formatFraction(value.nanos)}Z`;
}

function formatFraction(nanos: number): string {
  if (nanos === 0) return '';
  const digits = String(nanos).padStart(9, '0');
  if (nanos % 1_000_000 === 0) return `.${digits.slice(0, 3)}`;
  if (nanos % 1000 === 0) return `.${digits.slice(0, 6)}`;
  return `.${digits}`;
}
