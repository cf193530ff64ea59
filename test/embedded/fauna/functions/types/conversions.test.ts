import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRunner } from '../run.ts';

const runner = openRunner();
afterAll(() => runner.close());

const DOCUMENT = { get: { ref: { collection: 'things' }, id: '1' } };
beforeAll(() => {
  runner.value({ create_collection: { object: { name: 'things' } } });
  const data = { object: { x: 10, y: 20 } };
  runner.value({ create: { ref: { collection: 'things' }, id: '1' }, params: { object: { data } } });
});

/** One value of each type that has no text, with its name. */
const NO_TEXT: [string, object][] = [
  ['Bytes', { '@bytes': 'AQID' }],
  ['Collection Ref', { collection: 'things' }],
  ['Ref', { ref: { collection: 'things' }, id: '1' }],
  ['Set', { documents: { collection: 'things' } }],
  ['Page', { paginate: { documents: { collection: 'things' } } }],
  ['Array', [1, 2, 3]],
  ['Object', { object: { x: 1 } }],
  ['Object', DOCUMENT],
  ['Lambda', { query: { lambda: 'x', expr: { var: 'x' } } }],
];

describe('to_string', () => {
  it.each([
    ['-12', '-12'],
    ['9223372036854775807', '9223372036854775807'],
    ['1.0', '1.0'],
    ['0.1', '0.1'],
    ['1e7', '1.0E7'],
    ['12345678.9', '1.23456789E7'],
    ['0.001', '0.001'],
    ['0.00012', '1.2E-4'],
    ['-0.0', '-0.0'],
    ['4.9E-324', '4.9E-324'],
    ['5.0933929692018931E17', '5.0933929692018931E17'],
    ['true', 'true'],
    ['null', 'null'],
    ['"a\\"b"', 'a"b'],
    ['{"@ts":"1970-01-01T00:00:00.120Z"}', '1970-01-01T00:00:00.120Z'],
    ['{"@date":"1970-01-01"}', '1970-01-01'],
    ['{"@uuid":"3f7b1d2e-0000-4000-8000-000000000001"}', '3f7b1d2e-0000-4000-8000-000000000001'],
    [
      '{"select":["data",0,"action"],"from":{"paginate":{"events":{"ref":{"collection":"things"},"id":"1"}}}}',
      'create',
    ],
  ])('of %s is %j', (value, expected) => {
    expect(JSON.parse(runner.value(`{"to_string":${value}}`))).toBe(expected);
  });

  it.each(NO_TEXT)('has none for %s', (name, value) => {
    expect(runner.failure({ to_string: value })).toBe(`invalid argument [] Cannot cast ${name} to String.`);
  });
});

describe('to_number, to_integer and to_double', () => {
  it.each([
    ['10', '10', '10', '10.0'],
    ['-2.9', '-2.9', '-2', '-2.9'],
    ['1e300', '1.0E300', '9223372036854775807', '1.0E300'],
    ['"10"', '10', '10', '10.0'],
    ['" -10 "', '-10', '-10', '-10.0'],
    ['"1.5"', '1.5', '1', '1.5'],
    ['"1.0"', '1', '1', '1.0'],
    ['"1.5E3"', '1500', '1500', '1500.0'],
    ['"1.5e3"', '1.5', '1', '1.5'],
    ['"1,234,5"', '12345', '12345', '12345.0'],
    ['"12 apples"', '12', '12', '12.0'],
    ['"-0"', '-0.0', '0', '-0.0'],
    ['"9223372036854775808"', '9.223372036854776E18', '9223372036854775807', '9.223372036854776E18'],
    ['".5"', '0.5', '0', '0.5'],
    ['"٤٢"', '42', '42', '42.0'],
    ['"∞"', '"Infinity"', '9223372036854775807', '"Infinity"'],
    ['"NaN"', '"NaN"', '0', '"NaN"'],
  ])('of %s are %s, %s and %s', (value, number, integer, double) => {
    expect(runner.value(`{"to_number":${value}}`)).toBe(number);
    expect(runner.value(`{"to_integer":${value}}`)).toBe(integer);
    expect(runner.value(`{"to_double":${value}}`)).toBe(double);
  });

  const types: [string, unknown][] = [
    ['Boolean', true],
    ['Null', null],
    ['String', 'apples'],
    ['String', '+5'],
    ['Time', { now: null }],
    ['Date', { date: '1970-01-01' }],
    ['UUID', { '@uuid': '3f7b1d2e-0000-4000-8000-000000000001' }],
    ...NO_TEXT,
  ];
  it.each(types)('there are none of %s (%j)', (name, value) => {
    expect(runner.failure({ to_number: value })).toBe(`invalid argument [] Cannot cast ${name} to Number.`);
    expect(runner.failure({ to_integer: value })).toBe(`invalid argument [to_integer] Cannot cast ${name} to Integer.`);
    expect(runner.failure({ to_double: value })).toBe(`invalid argument [to_double] Cannot cast ${name} to Double.`);
  });
});

describe('to_time and to_date', () => {
  it.each([
    ['to_time', '1500', '{"@ts":"1970-01-01T00:00:01.500Z"}'],
    ['to_time', '" 1970-01-01T00:00:00Z "', '{"@ts":"1970-01-01T00:00:00Z"}'],
    ['to_time', '{"date":"1970-01-02"}', '{"@ts":"1970-01-02T00:00:00Z"}'],
    ['to_time', '{"time":"1970-01-02T00:00:00Z"}', '{"@ts":"1970-01-02T00:00:00Z"}'],
    ['to_date', '{"time":"1969-12-31T23:59:59Z"}', '{"@date":"1969-12-31"}'],
    ['to_date', '{"date":"1970-01-02"}', '{"@date":"1970-01-02"}'],
    ['to_date', '" 1970-01-02 "', '{"@date":"1970-01-02"}'],
  ])('%s of %s is %s', (name, value, expected) => {
    expect(runner.value(`{"${name}":${value}}`)).toBe(expected);
  });

  it('have errors like those of time and date', () => {
    expect(runner.failure({ to_time: 'junk' })).toBe("invalid argument [] Cannot cast 'junk' to a time.");
    expect(runner.failure({ to_date: 'junk' })).toBe("invalid argument [] Cannot cast 'junk' to a date.");
  });

  it.each([['Boolean', true], ['Null', null], ['Double', 1.5], ...NO_TEXT] as [string, unknown][])(
    'there are none of %s',
    (name, value) => {
      expect(runner.failure({ to_time: value })).toBe(`invalid argument [] Cannot cast ${name} to Time.`);
      expect(runner.failure({ to_date: value })).toBe(`invalid argument [] Cannot cast ${name} to Date.`);
    },
  );

  it('there is no date of a number', () => {
    expect(runner.failure({ to_date: 5 })).toBe('invalid argument [] Cannot cast Integer to Date.');
  });
});

describe('to_object and to_array', () => {
  const pairs = [
    ['x', 10],
    ['y', null],
  ];

  it('are each other’s opposite, nulls included', () => {
    expect(runner.value({ to_object: pairs })).toBe('{"x":10,"y":null}');
    expect(runner.value({ to_array: { object: { x: 10, y: null } } })).toBe('[["x",10],["y",null]]');
    expect(runner.value({ to_object: [] })).toBe('{}');
    expect(runner.value({ to_array: { object: {} } })).toBe('[]');
  });

  it('leave alone what is one already', () => {
    expect(runner.value({ to_object: { object: { x: 1 } } })).toBe('{"x":1}');
    expect(runner.value({ to_array: [1] })).toBe('[1]');
  });

  it('make one of a document', () => {
    expect(JSON.parse(runner.value({ to_object: DOCUMENT }))).toEqual({
      ref: {
        '@ref': { id: '1', collection: { '@ref': { id: 'things', collection: { '@ref': { id: 'collections' } } } } },
      },
      ts: expect.any(Number),
      data: { x: 10, y: 20 },
    });
    expect(JSON.parse(runner.value({ to_array: DOCUMENT }))).toEqual([
      ['ref', expect.anything()],
      ['ts', expect.any(Number)],
      ['data', { x: 10, y: 20 }],
    ]);
  });

  it('can make keys', () => {
    const pair = [{ to_string: { var: 'i' } }, { var: 'i' }];
    expect(runner.value({ to_object: { map: { lambda: 'i', expr: pair }, collection: [1, 2] } })).toBe('{"1":1,"2":2}');
  });

  it.each([
    ['String', 'str'],
    ['Integer', 10],
    ['Double', 1.5],
    ['Time', { now: null }],
    ['Collection Ref', { indexes: null }],
    ['Set', { documents: { collection: 'things' } }],
    ['Page', { paginate: { documents: { collection: 'things' } } }],
    ['Null', null],
  ])('there are none of %s', (name, value) => {
    expect(runner.failure({ to_object: value })).toBe(`invalid argument [to_object] Cannot cast ${name} to Object.`);
    expect(runner.failure({ to_array: value })).toBe(`invalid argument [to_array] Cannot cast ${name} to Array.`);
  });

  it('name every pair that is none', () => {
    expect(runner.failure({ to_object: [[10, 20], ['x', 1], ['y'], 'z'] })).toBe(
      'invalid argument [to_object,0] Field/Value expected, Array provided.; ' +
        'invalid argument [to_object,2] Field/Value expected, Array provided.; ' +
        'invalid argument [to_object,3] Field/Value expected, String provided.',
    );
  });
});
