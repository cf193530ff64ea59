import { afterAll, describe, expect, it } from 'vitest';
import { openRunner } from '../run.ts';

const runner = openRunner();
afterAll(() => runner.close());

const EPOCH = '{"time":"1970-01-01T00:00:00Z"}';
const DAY = '{"date":"1970-01-01"}';
const MIN = '-9223372036854775808';
const MAX = '9223372036854775807';
const BOUNDS = 'dates and times must be between -1000000000-01-01T00:00:00Z and +1000000000-12-31T23:59:59.999999999Z';

const shift = (name: string, base: string, offset: string | number, unit: string): string =>
  `{"${name}":${base},"offset":${offset},"unit":"${unit}"}`;

describe('time_add and time_subtract', () => {
  it.each([
    [-1, 'day', '1969-12-31T00:00:00Z'],
    [1, 'half day', '1970-01-01T12:00:00Z'],
    [1, 'hours', '1970-01-01T01:00:00Z'],
    [-1, 'minute', '1969-12-31T23:59:00Z'],
    [1, 'second', '1970-01-01T00:00:01Z'],
    [MIN, 'millisecond', '-292275055-05-16T16:47:04.192Z'],
    [MAX, 'millisecond', '+292278994-08-17T07:12:55.807Z'],
    [MIN, 'microsecond', '-290308-12-21T19:59:05.224192Z'],
    [MAX, 'nanosecond', '2262-04-11T23:47:16.854775807Z'],
  ])('adds %s %s', (offset, unit, expected) => {
    expect(runner.value(shift('time_add', EPOCH, offset, unit))).toBe(`{"@ts":"${expected}"}`);
  });

  it.each([
    [1, 'day', '1969-12-31T00:00:00Z'],
    [MIN, 'millisecond', '+292278994-08-17T07:12:55.808Z'],
    [MAX, 'microsecond', '-290308-12-21T19:59:05.224193Z'],
    [MIN, 'nanosecond', '2262-04-11T23:47:16.854775808Z'],
  ])('subtracts %s %s', (offset, unit, expected) => {
    expect(runner.value(shift('time_subtract', EPOCH, offset, unit))).toBe(`{"@ts":"${expected}"}`);
  });

  it('moves dates by days', () => {
    expect(runner.value(shift('time_add', DAY, 31, 'days'))).toBe('{"@date":"1970-02-01"}');
    expect(runner.value(shift('time_subtract', DAY, 1, 'day'))).toBe('{"@date":"1969-12-31"}');
  });

  it.each(['time_add', 'time_subtract'])('%s does not leave the time there is', (name) => {
    for (const [offset, unit] of [
      [MIN, 'day'],
      ['106751991167300', 'day'],
      [MIN, 'half day'],
      [MAX, 'second'],
    ] as const) {
      expect(runner.failure(shift(name, EPOCH, offset, unit))).toBe(`invalid argument [offset] ${BOUNDS}`);
    }
    expect(runner.failure(shift(name, DAY, MIN, 'day'))).toBe(`invalid argument [offset] ${BOUNDS}`);
  });

  it('wants whole days for dates, a number and a unit', () => {
    expect(runner.failure(shift('time_add', DAY, 1, ' half day'))).toBe(
      "invalid argument [unit] Invalid time unit ' half day'.",
    );
    expect(runner.failure(shift('time_add', EPOCH, 1, 'week'))).toBe(
      'invalid argument [unit] Time Unit expected, String provided.',
    );
    expect(runner.failure(shift('time_subtract', EPOCH, 1.5, 'day'))).toBe(
      'invalid argument [offset] Integer expected, Double provided.',
    );
    expect(runner.failure(shift('time_add', '0', 1, 'day'))).toBe(
      'invalid argument [time_add] Temporal expected, Integer provided.',
    );
  });
});

describe('time_diff', () => {
  const diff = (start: string, other: string, unit: string): string =>
    `{"time_diff":${start},"other":${other},"unit":"${unit}"}`;
  const at = (text: string): string => `{"time":"${text}"}`;

  it.each([
    [DAY, '{"date":"1970-01-02"}', 'days', '1'],
    ['{"date":"1970-01-02"}', DAY, 'day', '-1'],
    [EPOCH, at('1970-01-02T23:59:59Z'), 'days', '1'],
    [at('1970-01-02T23:59:59Z'), EPOCH, 'days', '-1'],
    [EPOCH, at('1970-01-01T12:00:00Z'), 'half days', '1'],
    [EPOCH, at('1970-01-01T01:00:00Z'), 'minutes', '60'],
    [EPOCH, at('1970-01-01T00:00:00.001Z'), 'microseconds', '1000'],
    [at('1970-01-01T00:00:00.000000001Z'), EPOCH, 'nanoseconds', '-1'],
    [EPOCH, EPOCH, 'hours', '0'],
    [at('1970-01-01T00:00:00.0009Z'), at('1970-01-01T00:00:00.001Z'), 'milliseconds', '1'],
    [EPOCH, at('1969-12-31T23:59:59.9999Z'), 'milliseconds', '-1'],
    [EPOCH, at('1969-12-31T23:59:59.9999Z'), 'seconds', '0'],
    [at('1970-01-01T00:00:00.0000009Z'), at('1970-01-01T00:00:00.000001Z'), 'microseconds', '0'],
  ])('from %s to %s in %s is %s', (start, other, unit, expected) => {
    expect(runner.value(diff(start, other, unit))).toBe(expected);
  });

  it('takes two times or two dates, and dates in days', () => {
    const incompatible = 'invalid argument [time_diff] Incompatible time arguments.';
    expect(runner.failure(diff(DAY, EPOCH, 'hours'))).toBe(incompatible);
    expect(runner.failure(diff(EPOCH, DAY, 'days'))).toBe(incompatible);
    expect(runner.failure(diff(DAY, DAY, 'half days'))).toBe("invalid argument [unit] Invalid time unit 'half days'.");
    expect(runner.failure(diff(DAY, DAY, 'jiffies'))).toBe(
      'invalid argument [unit] Time Unit expected, String provided.',
    );
    expect(runner.failure(diff(EPOCH, '"x"', 'days'))).toBe(
      'invalid argument [other] Temporal expected, String provided.',
    );
  });

  it('says so when the answer is no Long', () => {
    const far = at('+999999999-01-01T00:00:00Z');
    expect(runner.failure(diff(EPOCH, far, 'nanoseconds'))).toBe(`invalid argument [other] ${BOUNDS}`);
    expect(runner.value(diff(EPOCH, far, 'days'))).toBe('365241780107');
  });
});
