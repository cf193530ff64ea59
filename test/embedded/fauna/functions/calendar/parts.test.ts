import { afterAll, describe, expect, it } from 'vitest';
import { openRunner } from '../run.ts';

const runner = openRunner();
afterAll(() => runner.close());

describe('numbers out of a time', () => {
  it.each([
    ['to_micros', 0, 2_147_483_648_000_000],
    ['to_millis', 0, 2_147_483_648_000],
    ['to_seconds', 0, 2_147_483_648],
    ['second', 0, 8],
    ['minute', 0, 14],
    ['hour', 0, 3],
    ['day_of_month', 1, 19],
    ['day_of_week', 4, 2],
    ['day_of_year', 1, 19],
    ['month', 1, 1],
    ['year', 1970, 2038],
  ])('%s reads a time or microseconds', (name, first, second) => {
    expect(runner.value({ [name]: { epoch: 0, unit: 'second' } })).toBe(String(first));
    expect(runner.value({ [name]: 2_147_483_648_000_000 })).toBe(String(second));
    expect(runner.value({ [name]: { time: '2038-01-19T03:14:08Z' } })).toBe(String(second));
    expect(runner.failure({ [name]: 'one' })).toBe(`invalid argument [${name}] Time expected, String provided.`);
    expect(runner.failure({ [name]: { date: '1970-01-01' } })).toBe(
      `invalid argument [${name}] Time expected, Date provided.`,
    );
  });

  it.each([
    ['to_micros', '-1'],
    ['to_millis', '-1'],
    ['to_seconds', '-1'],
    ['second', '59'],
    ['hour', '23'],
    ['day_of_week', '3'],
    ['day_of_year', '365'],
    ['year', '1969'],
  ])('%s of the time before the epoch is %s', (name, expected) => {
    expect(runner.value({ [name]: { time: '1969-12-31T23:59:59.9999995Z' } })).toBe(expected);
  });

  it('knows leap years and weeks', () => {
    expect(runner.value({ day_of_year: { time: '2020-12-31T00:00:00Z' } })).toBe('366');
    expect(runner.value({ day_of_week: { time: '2024-02-29T00:00:00Z' } })).toBe('4');
    expect(runner.value({ year: { time: '-0044-03-15T00:00:00Z' } })).toBe('-44');
  });
});
