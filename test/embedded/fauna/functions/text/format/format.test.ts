/** Expectations from FaunaDB's specs and Java 17's Formatter. */
import { afterAll, describe, expect, it } from 'vitest';
import { openRunner } from '../../run.ts';

const runner = openRunner();
afterAll(() => runner.close());

const formatted = (format: string, values: string): string =>
  JSON.parse(runner.value(`{"format":${JSON.stringify(format)},"values":${values}}`));

describe('format', () => {
  it.each([
    ['%s %s %s %s', '["str",true,false,null]', 'str true false null'],
    ['%S %S', '["str",null]', 'STR NULL'],
    ['%s %s', '[1,1.0]', '1 1.0'],
    ['%d %o %x %X', '[15,15,15,255]', '15 17 f FF'],
    ['%e %f %g', '[3.14,3.14,3.14]', '3.140000e+00 3.140000 3.14000'],
    ['%E %G', '[3.14,31400000.0]', '3.140000E+00 3.14000E+07'],
    ['%b %b %b %b %b', '[true,"str",10,false,null]', 'true true true false false'],
    ['%B %B', '[true,null]', 'TRUE FALSE'],
    ['%%%n', '[]', '%\n'],
    ['%20s|%-5s|', '["str","a"]', '                 str|a    |'],
    ['%.2s', '"abc"', 'ab'],
    ['%6.3s|', '["abcdef"]', '   abc|'],
    ['%20d', '10', '                  10'],
    ['%-20f|', '3.14', '3.140000            |'],
    ['%.2f %.0f', '[3.14159,2.5]', '3.14 3'],
    ['%.1f %.2f', '[0.15,1.005]', '0.2 1.01'],
    ['%+f %+d %+d', '[3.14159,10,-10]', '+3.141590 +10 -10'],
    ['%(f %(d', '[-3.14159,-10]', '(3.141590) (10)'],
    ['% f % d', '[3.14159,-10]', ' 3.141590 -10'],
    ['%,d %,.2f', '[-1234567,1234567.891]', '-1,234,567 1,234,567.89'],
    ['%08d %08.2f', '[-42,3.14159]', '-0000042 00003.14'],
    ['%(010d', '-42', '(00000042)'],
    ['%#x %#o %08x', '[255,8,255]', '0xff 010 000000ff'],
    ['%x %o', '[-1,-8]', 'ffffffffffffffff 1777777777777777777770'],
    ['%.3e %.0e %#.0e', '[12345.678,9.5,9.5]', '1.235e+04 1e+01 1.e+01'],
    ['%g %g %.3g %g', '[0.0001,0.00001,999999.5,0.0]', '0.000100000 1.00000e-05 1.00e+06 0.00000'],
    ['%f %f', '[-0.0,1e300]', `-0.000000 1${'0'.repeat(300)}.000000`],
    ['%2$s%3$s %1$s', '["rocks","Fauna","DB"]', 'FaunaDB rocks'],
    ['%2$s %s %s', '["a","b"]', 'b a b'],
    ['%0$s %s', '["a","b"]', 'a b'],
    ['no specifiers', '[1,2]', 'no specifiers'],
  ])('%j of %s is %j', (format, values, expected) => {
    expect(formatted(format, values)).toBe(expected);
  });

  const DATES: [string, string][] = [
    ['%t', '1970-03-01'],
    ['%s', '1970-03-01'],
    ['%tB %tb %th', 'March Mar Mar'],
    ['%TB %Tb', 'MARCH MAR'],
    ['%tA %ta %TA', 'Sunday Sun SUNDAY'],
    ['%tC %ty %tY', '19 70 1970'],
    ['%td %te %tm', '01 1 03'],
    ['%tj', '060'],
    ['%tD %tF', '03/01/70 1970-03-01'],
    ['%10tB|%-10tB|', '     March|March     |'],
  ];
  it.each(DATES)('%s of a date is %s', (format, expected) => {
    const date = '{"date":"1970-03-01"}';
    expect(formatted(format, `[${date},${date},${date}]`)).toBe(expected);
  });

  const TIMES: [string, string][] = [
    ['%t', '1970-03-01T15:30:45.123456789Z'],
    ['%tH %tI %tk', '15 03 15'],
    ['%tl %tM %tS', '3 30 45'],
    ['%tL %tN', '123 123456789'],
    ['%tp %Tp', 'pm PM'],
    ['%ts %tQ', '5153445 5153445123'],
    ['%tz %tZ', '+0000 Z'],
    ['%tB %TA %tj', 'March SUNDAY 060'],
    ['%tR %tT', '15:30 15:30:45'],
    ['%tr', '03:30:45 PM'],
    ['%tD %tF', '03/01/70 1970-03-01'],
    ['%tc', 'Sun Mar 01 15:30:45 Z 1970'],
  ];
  it.each(TIMES)('%s of a time is %s', (format, expected) => {
    const time = '{"time":"1970-03-01T15:30:45.123456789Z"}';
    expect(formatted(format, `[${time},${time},${time}]`)).toBe(expected);
  });

  it('shows any value as it would be answered, in the words of an old version or this one', () => {
    expect(formatted('%@', '{"object":{"x":10,"y":3.14,"z":["str"]}}')).toBe('{"x":10,"y":3.14,"z":["str"]}');
    runner.value({ create_collection: { object: { name: 'things' } } });
    expect(formatted('%@', '{"collection":"things"}')).toBe(
      '{"@ref":{"id":"things","class":{"@ref":{"id":"classes"}}}}',
    );
    expect(formatted('%^', '{"collection":"things"}')).toBe(
      '{"@ref":{"id":"things","collection":{"@ref":{"id":"collections"}}}}',
    );
  });

  it.each([
    ['%Z', '""', "[format] Invalid conversion format '%Z'."],
    ['%2$Z', '""', "[format] Invalid conversion format '%2$Z'."],
    ['%0$Z', '""', "[format] Invalid conversion format '%0$Z'."],
    ['%02$Z', '""', "[format] Invalid conversion format '%02$Z'."],
    ['%01$ s', '""', "[format] Invalid conversion format '% s'."],
    ['100%', '[]', "[format] Invalid conversion format '%'."],
    ['%a', '1.5', "[format] Invalid conversion format '%a'."],
    ['% s', '""', "[format] Invalid conversion format '% s'."],
    ['%1$ s', '""', "[format] Invalid conversion format '% s'."],
    ['%-s', '""', "[format] Invalid conversion format '%-s'."],
    ['%#d', '1', "[format] Invalid conversion format '%#d'."],
    ['%.2d', '1', "[format] Invalid conversion format '%.2d'."],
    ['%-05d', '1', "[format] Invalid conversion format '%-05d'."],
    ['%+ d', '1', "[format] Invalid conversion format '%+ d'."],
    ['%++d', '1', "[format] Invalid conversion format '%++d'."],
    ['%+x', '1', "[format] Invalid conversion format '%+x'."],
    ['%,e', '1.5', "[format] Invalid conversion format '%,e'."],
    ['%<s', '"a"', "[format] Invalid conversion format '%<s'."],
    ['%99999999999d', '1', "[format] Invalid conversion format '%99999999999d'."],
    ['%.1tB', '{"date":"1970-03-01"}', "[format] Invalid conversion format '%.1tB'."],
    ['%tH', '{"date":"1970-03-01"}', "[values,0] Invalid date/time suffix '%tH'."],
    ['%tx', '{"time":"now"}', "[values,0] Invalid date/time suffix '%tx'."],
    ['%t', '10', '[values,0] Date or Time expected, Integer provided.'],
    ['%d', '1.5', '[values,0] Integer expected, Double provided.'],
    ['%f', '1', '[values,0] Number expected, Integer provided.'],
    ['%s', '[[1]]', '[values,0] Cannot cast Array to String.'],
    ['%d %d', '10', '[format] format specifiers count must be <= arguments size'],
    ['%4$d', '10', '[format] index must be >= 1 and <= arguments size'],
  ])('refuses %j of %s', (format, values, expected) => {
    expect(runner.failure(`{"format":${JSON.stringify(format)},"values":${values}}`)).toBe(
      `invalid argument ${expected}`,
    );
  });

  it('shows the time of the running transaction as the epoch', () => {
    runner.value({ create_collection: { object: { name: 'shown' } } });
    const created = { create: { collection: 'shown' }, params: { object: { data: { object: { x: 1 } } } } };
    const shown = JSON.parse(runner.value({ format: '%^ %@', values: [created, { select: 'ts', from: created }] }));
    expect(shown).toMatch(/^\{"ref":.*,"ts":0,"data":\{"x":1\}\} 0$/);
  });

  it('wants a string', () => {
    expect(runner.failure({ format: 1, values: [] })).toBe(
      'invalid argument [format] String expected, Integer provided.',
    );
  });
});
