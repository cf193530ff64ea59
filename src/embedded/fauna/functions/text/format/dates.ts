/** `%t…`: dates and times, in English and UTC. */
import { civilOfDays, divideFloor, formatDate, formatTime } from '../../../values/time.ts';
import type { DateValue, Time } from '../../../values/value.ts';
import { dayOf, dayOfWeek, dayOfYear } from '../../calendar/parts.ts';
import { checkSpecifier, IllegalFormat, justified, refuseFlags, requireWidth, type Specifier } from './specifier.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

/** Java's year of an era: the one before 1 is 1 again. */
const yearOfEra = (year: bigint): bigint => (year > 0n ? year : 1n - year);
const pad = (value: bigint | number, size: number): string => String(value).padStart(size, '0');

function datePart(days: bigint, letter: string): string | undefined {
  const { year, month, day } = civilOfDays(days);
  const part = (other: string): string => datePart(days, other) ?? '';
  switch (letter) {
    case 'B':
      return MONTHS[month - 1];
    case 'b':
    case 'h':
      return MONTHS[month - 1]?.slice(0, 3);
    case 'A':
      return DAYS[Number(dayOfWeek(days)) - 1];
    case 'a':
      return DAYS[Number(dayOfWeek(days)) - 1]?.slice(0, 3);
    case 'C':
      return pad(yearOfEra(year) / 100n, 2);
    case 'y':
      return pad(yearOfEra(year) % 100n, 2);
    case 'Y':
      return pad(yearOfEra(year), 4);
    case 'd':
      return pad(day, 2);
    case 'e':
      return String(day);
    case 'm':
      return pad(month, 2);
    case 'j':
      return pad(dayOfYear(days), 3);
    case 'D':
      return `${part('m')}/${part('d')}/${part('y')}`;
    case 'F':
      return `${part('Y')}-${part('m')}-${part('d')}`;
    default:
      return undefined;
  }
}

function timePart(time: Time, letter: string): string | undefined {
  const days = dayOf(time);
  const second = Number(time.seconds - days * 86_400n);
  const hour = Math.floor(second / 3600);
  const part = (other: string): string => timePart(time, other) ?? '';
  switch (letter) {
    case 'H':
      return pad(hour, 2);
    case 'I':
      return pad(hour % 12 || 12, 2);
    case 'k':
      return String(hour);
    case 'l':
      return String(hour % 12 || 12);
    case 'M':
      return pad(Math.floor(second / 60) % 60, 2);
    case 'S':
      return pad(second % 60, 2);
    case 'L':
      return pad(Math.trunc(time.nanos / 1_000_000), 3);
    case 'p':
      return hour < 12 ? 'am' : 'pm';
    case 'z':
      return '+0000';
    case 'Z':
      return 'Z';
    case 's':
      return time.seconds.toString();
    case 'Q':
      return divideFloor(time.seconds * 1_000_000_000n + BigInt(time.nanos), 1_000_000n).toString();
    case 'R':
      return `${part('H')}:${part('M')}`;
    case 'T':
      return `${part('R')}:${part('S')}`;
    case 'r':
      return `${part('I')}:${part('M')}:${part('S')} ${part('p').toUpperCase()}`;
    case 'c':
      return `${part('a')} ${part('b')} ${part('d')} ${part('T')} ${part('Z')} ${part('Y')}`;
    default:
      return datePart(days, letter);
  }
}

/** Undefined for a suffix FaunaDB does not take. Without one the value's own text is answered, whatever else is said. */
export function formatTemporal(value: Time | DateValue, specifier: Specifier): string | undefined {
  const { time: marker, conversion, precision } = specifier;
  if (conversion === undefined) return value.kind === 'time' ? formatTime(value) : formatDate(BigInt(value.days));
  if (value.kind === 'time' && conversion === 'N') return pad(value.nanos, 9);
  const text = value.kind === 'time' ? timePart(value, conversion) : datePart(BigInt(value.days), conversion);
  if (text === undefined) return undefined;
  checkSpecifier(specifier);
  if (precision !== undefined) throw new IllegalFormat('precision');
  refuseFlags(specifier, '#+ 0,(');
  requireWidth(specifier, '-');
  return justified(marker === 'T' ? text.toUpperCase() : text, specifier);
}
