/** Reads times and dates as java.time does for FaunaDB (Timestamp.scala), where that is not what ISO 8601 says. */
import { civilOfDays, daysOfCivil, time } from './time.ts';
import type { Time } from './value.ts';

const YEAR = String.raw`\d{4}|-(?!0{4,10}-)\d{4,10}|\+\d{5,10}`;
const DATE = new RegExp(`^(${YEAR})-(\\d\\d)-(\\d\\d)$`);
const OFFSET = String.raw`(Z|[+-]\d\d:\d\d(?::\d\d)?)?([+-]\d{4})?`;
const TIME = new RegExp(
  `^(${YEAR})-(\\d\\d)-(\\d\\d)T(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{0,9}))?)?${OFFSET}$`,
  'i',
);

const MAX_YEAR = 999_999_999n;
const MAX_OFFSET = 18 * 3600;
const DAY_SECONDS = 86_400n;

/** The day number of a date that exists. */
export function parseStrictDate(text: string): bigint | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [, year = '', month, day] = match;
  const days = daysOf(year, Number(month), Number(day));
  return days !== undefined && civilOfDays(days).day === Number(day) ? days : undefined;
}

function daysOf(yearText: string, month: number, day: number): bigint | undefined {
  const year = BigInt(yearText.replace('+', ''));
  if (month < 1 || month > 12 || day < 1 || day > 31 || year > MAX_YEAR || year < -MAX_YEAR) return undefined;
  return daysOfCivil(year, month, day);
}

/** A time with its offset. In one, unlike in a date, 30 February is the month's last day and 24:00 the next one. */
export function parseInstant(text: string): Time | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const [, year = '', month, day, hours, minutes, seconds = '0', fraction = '', zone, compact] = match;
  const days = daysOf(year, Number(month), lastDay(year, Number(month), Number(day)));
  const nanos = Number(fraction.padEnd(9, '0'));
  const clock = secondOfDay(Number(hours), Number(minutes), Number(seconds), nanos);
  const offset = sameOffset(zone, compact);
  if (days === undefined || clock === undefined || offset === undefined) return undefined;
  return time(days * DAY_SECONDS + BigInt(clock - offset), nanos);
}

function lastDay(year: string, month: number, day: number): number {
  if (day > 31 || month < 1 || month > 12) return day;
  const first = daysOfCivil(BigInt(year.replace('+', '')), month, 1);
  for (let last = Math.min(day, 31); ; last -= 1) {
    if (last < 29 || civilOfDays(first + BigInt(last - 1)).month === month) return last;
  }
}

function secondOfDay(hour: number, minute: number, second: number, nanos: number): number | undefined {
  if (hour === 24) return minute === 0 && second === 0 && nanos === 0 ? 86_400 : undefined;
  return hour > 24 || minute > 59 || second > 59 ? undefined : hour * 3600 + minute * 60 + second;
}

/** `+01:00` and `+0100` may even stand one after the other, if they say the same. */
function sameOffset(zone: string | undefined, compact: string | undefined): number | undefined {
  const [first, second = first] = [zone, compact].filter((text) => text !== undefined).map(offsetSeconds);
  return second === first ? first : undefined;
}

function offsetSeconds(text: string): number | undefined {
  if (text.toUpperCase() === 'Z') return 0;
  const [hours = 0, minutes = 0, seconds = 0] = (text.slice(1).replaceAll(':', '').match(/\d\d/g) ?? []).map(Number);
  const total = hours * 3600 + minutes * 60 + seconds;
  if (minutes > 59 || seconds > 59 || total > MAX_OFFSET) return undefined;
  return text.startsWith('-') ? -total : total;
}
