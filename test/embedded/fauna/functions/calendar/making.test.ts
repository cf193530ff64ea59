import { afterAll, describe, expect, it } from 'vitest';
import { openRunner } from '../run.ts';

const runner = openRunner();
afterAll(() => runner.close());

const ts = (text: string): string => `{"@ts":"${text}"}`;
const BOUNDS = 'dates and times must be between -1000000000-01-01T00:00:00Z and +1000000000-12-31T23:59:59.999999999Z';

describe('time', () => {
  it.each([
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00Z'],
    ['1970-01-01T00:00:00.000000001+00:00', '1970-01-01T00:00:00.000000001Z'],
    ['2019-05-27T05:15:48+0100', '2019-05-27T04:15:48Z'],
    ['2019-05-27T05:15:48+01:30:15', '2019-05-27T03:45:33Z'],
    ['2019-05-27T05:15:48.1-18:00', '2019-05-27T23:15:48.100Z'],
    ['2019-05-27t05:15z', '2019-05-27T05:15:00Z'],
    [' 2019-05-27T05:15:48.Z\n', '2019-05-27T05:15:48Z'],
    ['2019-02-30T00:00:00Z', '2019-02-28T00:00:00Z'],
    ['2019-12-31T24:00:00Z', '2020-01-01T00:00:00Z'],
    ['+12345-01-01T00:00:00Z', '+12345-01-01T00:00:00Z'],
    ['-0001-01-01T00:00:00Z', '-0001-01-01T00:00:00Z'],
  ])('reads %j as java.time does', (text, expected) => {
    expect(runner.value({ time: text })).toBe(ts(expected));
  });

  it.each([
    '2019-05-27T05:15:48',
    '2019-05-27T05:15:48+01',
    '2019-05-27T05:15:48+18:01',
    '2019-05-27T05:15:48+0160',
    '2019-05-27T23:59:60Z',
    '2019-05-27T24:00:01Z',
    '2019-13-01T00:00:00Z',
    '2019-01-32T00:00:00Z',
    '+2019-01-01T00:00:00Z',
    '-0000-01-01T00:00:00Z',
    '+1000000000-01-01T00:00:00Z',
    '2019-05-27T05:15:48.1234567890Z',
    '\u00a02019-05-27T05:15:48Z',
    'yesterday',
    ' now',
    '',
  ])('refuses %j', (text) => {
    expect(runner.failure({ time: text })).toBe(`invalid argument [] Cannot cast '${text}' to a time.`);
  });

  it('is now where it says so, and now is one time for the whole query', () => {
    expect(runner.value({ equals: [{ time: 'now' }, { now: null }] })).toBe('true');
    expect(runner.value({ now: null })).toMatch(/^\{"@ts":"2020-01-02T03:04:05\.67\d+Z"\}$/);
  });

  it('wants a string, and nothing for now', () => {
    expect(runner.failure({ time: { now: null } })).toBe('invalid argument [time] String expected, Time provided.');
    expect(runner.failure({ now: 1 })).toBe('invalid argument [now] Null expected, Integer provided.');
  });
});

describe('date', () => {
  it('reads the days that exist', () => {
    expect(runner.value({ date: ' 2020-02-29 ' })).toBe('{"@date":"2020-02-29"}');
    expect(runner.value({ date: '+999999999-12-31' })).toBe('{"@date":"+999999999-12-31"}');
  });

  it.each(['19700101', '2019-02-29', '1970-1-1', '1970-01-01Z', '+1970-01-01'])('refuses %j', (text) => {
    expect(runner.failure({ date: text })).toBe(`invalid argument [] Cannot cast '${text}' to a date.`);
  });

  it('wants a string', () => {
    expect(runner.failure({ date: { date: '1970-01-01' } })).toBe(
      'invalid argument [date] String expected, Date provided.',
    );
  });
});

describe('epoch', () => {
  it.each([
    [-1, 'day', '1969-12-31T00:00:00Z'],
    [1, 'days', '1970-01-02T00:00:00Z'],
    [-1, 'half day', '1969-12-31T12:00:00Z'],
    [1, 'half days', '1970-01-01T12:00:00Z'],
    [-1, 'hour', '1969-12-31T23:00:00Z'],
    [1, 'minute', '1970-01-01T00:01:00Z'],
    [1, ' second ', '1970-01-01T00:00:01Z'],
    [-1, 'millisecond', '1969-12-31T23:59:59.999Z'],
    [2_147_483_648_000_000, 'microseconds', '2038-01-19T03:14:08Z'],
    [-1, 'nanosecond', '1969-12-31T23:59:59.999999999Z'],
  ])('%d %s is %s', (offset, unit, expected) => {
    expect(runner.value({ epoch: offset, unit })).toBe(ts(expected));
  });

  it('goes as far as java.time', () => {
    expect(runner.value('{"epoch":31556889864403199,"unit":"second"}')).toBe(ts('+1000000000-12-31T23:59:59Z'));
    expect(runner.failure('{"epoch":31556889864403200,"unit":"second"}')).toBe(`invalid argument [] ${BOUNDS}`);
    expect(runner.failure('{"epoch":9223372036854775807,"unit":"day"}')).toBe(`invalid argument [] ${BOUNDS}`);
  });

  it('wants a whole number and a unit', () => {
    expect(runner.failure({ epoch: 0, unit: 'picosecond' })).toBe(
      'invalid argument [unit] Time Unit expected, String provided.',
    );
    expect(runner.failure({ epoch: 0, unit: 1 })).toBe('invalid argument [unit] Time Unit expected, Integer provided.');
    expect(runner.failure({ epoch: 1.5, unit: 'day' })).toBe(
      'invalid argument [epoch] Integer expected, Double provided.',
    );
  });
});
