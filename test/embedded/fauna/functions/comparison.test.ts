import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRunner } from './run.ts';

const runner = openRunner();
afterAll(() => runner.close());

const THINGS = '{"collection":"things"}';
const THING = `{"ref":${THINGS},"id":"1"}`;
const PAGE = `{"paginate":{"match":{"index":"all"}},"size":1}`;
const NAN = '{"to_number":"NaN"}';
const INFINITY = '{"to_number":"∞"}';

beforeAll(() => {
  runner.value({ create_collection: { object: { name: 'things' } } });
  runner.value({ create_index: { object: { name: 'all', source: { collection: 'things' } } } });
  for (const id of ['1', '2']) {
    const params = { object: { data: { object: { x: Number(id) } } } };
    runner.value({ create: { ref: { collection: 'things' }, id }, params });
  }
});

describe('the order of all values', () => {
  const ascending = [
    '{"to_number":"-∞"}',
    '-9223372036854775808',
    '-1.5',
    '-0.0',
    '0',
    '0.5',
    '1',
    '1.5',
    '9223372036854775807',
    INFINITY,
    NAN,
    '{"@bytes":"AQ=="}',
    '{"@bytes":"AQI="}',
    '""',
    '"a"',
    '"A"',
    '"ab"',
    '"b"',
    '[]',
    '[1]',
    '[1,2]',
    '[2]',
    '{"object":{}}',
    '{"object":{"a":1,"b":2}}',
    '{"object":{"b":1,"a":2}}',
    THING,
    '{"time":"1970-01-01T00:00:00Z"}',
    '{"time":"1970-01-01T00:00:00.000000001Z"}',
    '{"date":"1970-01-01"}',
    '{"query":{"lambda":"x","expr":1}}',
    '{"@uuid":"3f7b1d2e-0000-4000-8000-000000000001"}',
    'false',
    'true',
    'null',
  ];

  it('puts types in a row, and values within them', () => {
    const descending = [...ascending].reverse();
    expect(runner.value(`{"lt":[${ascending}]}`)).toBe('true');
    expect(runner.value(`{"lte":[${ascending}]}`)).toBe('true');
    expect(runner.value(`{"gt":[${ascending}]}`)).toBe('false');
    expect(runner.value(`{"gte":[${ascending}]}`)).toBe('false');
    expect(runner.value(`{"gt":[${descending}]}`)).toBe('true');
    expect(runner.value(`{"gte":[${descending}]}`)).toBe('true');
    expect(runner.value(`{"max":[${ascending}]}`)).toBe('null');
    expect(runner.value(`{"min":[${descending}]}`)).toBe('"-Infinity"');
  });

  it.each(ascending)('holds for %s and itself, and for it alone', (value) => {
    expect(runner.value(`[{"lt":[${value},${value}]},{"gt":[${value},${value}]}]`)).toBe('[false,false]');
    expect(runner.value(`[{"lte":[${value},${value}]},{"gte":[${value},${value}]}]`)).toBe('[true,true]');
    expect(runner.value(`[{"lt":[${value}]},{"lte":[${value}]},{"gt":[${value}]},{"gte":[${value}]}]`)).toBe(
      '[true,true,true,true]',
    );
  });

  it.each(['lt', 'lte', 'gt', 'gte'])('has no place for refs to nothing: %s tells each', (name) => {
    expect(runner.failure(`{"${name}":[{"collection":"no"},1,{"index":"none"}]}`)).toBe(
      `invalid ref [${name}] Ref refers to undefined collection 'no'; ` +
        `invalid ref [${name}] Ref refers to undefined index 'none'`,
    );
    expect(runner.failure(`{"${name}":[]}`)).toBe(`invalid argument [${name}] Non-empty array expected.`);
  });
});

describe('equals', () => {
  it.each([
    ['1', '1.0', true],
    ['9007199254740993', '9007199254740992.0', true],
    ['[1]', '[1.0]', false],
    ['0.0', '-0.0', false],
    ['[0.0]', '[-0.0]', true],
    [NAN, NAN, true],
    ['{"object":{"a":1,"b":null}}', '{"object":{"b":null,"a":1}}', true],
    ['{"object":{"a":1,"b":null}}', '{"object":{"a":1}}', false],
    ['"1"', '1', false],
    [THINGS, '{"collection":"no"}', false],
    ['{"collection":"no"}', '{"collection":"no"}', true],
    [PAGE, PAGE, true],
    [`{"get":${THING}}`, `{"get":${THING}}`, true],
    [`{"create":${THINGS}}`, 'null', false],
  ])('of %s and %s is %s', (a, b, expected) => {
    expect(runner.value(`{"equals":[${a},${b}]}`)).toBe(String(expected));
    expect(runner.value(`{"equals":[${b},${a}]}`)).toBe(String(expected));
    expect(runner.value(`{"equals":[${a}]}`)).toBe('true');
  });

  it('tells a document just created from the same one read', () => {
    const compare = (write: string): string =>
      `{"let":{"made":${write}},"in":{"equals":[{"var":"made"},{"get":{"select":"ref","from":{"var":"made"}}}]}}`;
    expect(runner.value(compare(`{"create":${THINGS}}`))).toBe('false');
    expect(runner.value(compare(`{"update":${THING}}`))).toBe('true');
  });

  it('tells pages of the same data from other places in a set', () => {
    const blank = (page: string): string => `{"map":{"lambda":"_","expr":0},"collection":${page}}`;
    const other = PAGE.replace('"match"', '"reverse":{"match"').replace('"all"}', '"all"}}');
    expect(runner.value(`{"equals":[${blank(PAGE)},${blank(PAGE)}]}`)).toBe('true');
    expect(
      runner.value(`{"equals":[{"take":1,"collection":${blank(PAGE)}},{"take":1,"collection":${blank(other)}}]}`),
    ).toBe('false');
  });
});

describe('contains_value', () => {
  const contains = (value: string, container: string): string => `{"contains_value":${value},"in":${container}}`;

  it.each([
    ['1', '[0,1]', true],
    ['1.0', '[0,1]', false],
    ['[1]', '{"object":{"x":[1]}}', true],
    ['"x"', '{"object":{"x":1}}', false],
    ['"1"', THING, true],
    ['1', THING, false],
    [THINGS, THING, true],
    [`{"object":{"x":1}}`, `{"get":${THING}}`, true],
    [THING, '{"documents":{"collection":"things"}}', true],
    ['"x"', '{"documents":{"collection":"things"}}', false],
    [`[${THING}]`, PAGE, true],
    [THING, PAGE, false],
    ['1', '{"query":{"lambda":"x","expr":1}}', false],
  ])('%s in %s is %s', (value, container, expected) => {
    expect(runner.value(contains(value, container))).toBe(String(expected));
  });

  it.each(['1', '1.5', '"x"', 'true', 'null', '{"now":null}', '{"date":"1970-01-01"}', '{"collection":"no"}'])(
    'looks into no scalar, such as %s',
    (scalar) => {
      expect(runner.failure(contains(scalar, scalar))).toBe(
        'invalid argument [in] Object, Array, Page, Set, or Ref expected, Scalar provided.',
      );
    },
  );
});

describe('contains_field', () => {
  it('wants the name of a field, and no array', () => {
    expect(runner.failure({ contains_field: ['x'], in: { object: {} } })).toBe(
      'invalid argument [contains_field] String expected, Array provided.',
    );
    expect(runner.failure({ contains_field: 'x', in: [] })).toBe(
      'invalid argument [in] Object expected, Array provided.',
    );
    expect(runner.value(`{"contains_field":"id","in":${THING}}`)).toBe('true');
    expect(runner.value(`{"contains_field":"data","in":${THING}}`)).toBe('false');
  });
});
