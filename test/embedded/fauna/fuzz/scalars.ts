/** Scalars, from the everyday to the edge. */
import type { Random } from './random.ts';
import { literal, object, raw, string, type Tree } from './tree.ts';

const INTEGERS = ['0', '1', '-1', '2', '3', '7', '10', '64', '200', '1000', '-5', '16'];
const FAR_INTEGERS = ['9223372036854775807', '-9223372036854775808', '2147483648', '4294967296', '9007199254740993'];
const IMPOSSIBLE_NUMBERS = ['9223372036854775808', '1e400', '-1e400', '1e-400', `1${'0'.repeat(900)}`, '0.1e1', '-0'];
const DOUBLES = ['0.0', '-0.0', '1.5', '-2.25', '1e10', '3.141592653589793', '1e308', '5e-324', '1e-7', '0.5'];

const TEXTS = ['', 'a', 'abc', 'Hello, world', 'ALICE', 'Straße', 'İstanbul', 'one two  three', ' x ', 'null'];
const ODD_TEXTS = [
  '\u0000',
  '\ud83d\ude00 smile',
  '\ud800',
  '\u202eabc',
  'ﬁ ligature',
  'a'.repeat(2000),
  '__proto__',
  'constructor',
  '@ref',
  '%s %d %n %05.2f %tY',
  '\u0130\u0131',
  'e\u0301',
];
const PATTERNS = [
  'a',
  '[a-c]+',
  '(a|b)*c',
  '^\\w+$',
  '(?<n>x)\\k<n>',
  '(a+)+$',
  '(',
  '\\p{L}{2,}',
  '(?i)HELLO',
  '.*?o',
];
const TIMES = [
  '1970-01-01T00:00:00Z',
  '2024-02-29T12:34:56.789Z',
  '+999999999-12-31T23:59:59.999999999Z',
  '-999999999-01-01T00:00:00Z',
  '2020-13-01T00:00:00Z',
  'now',
  '2000-01-01T24:00:00Z',
];
const DATES = ['1970-01-01', '2024-02-29', '2023-02-29', '+999999999-12-31', '-0001-01-01', 'today'];
const UNITS = ['second', 'seconds', 'millisecond', 'microsecond', 'nanoseconds', 'day', 'half days', 'hours', 'year'];

export const integer = (random: Random): Tree => raw(random.pick(random.chance(0.12) ? FAR_INTEGERS : INTEGERS));
export const number = (random: Random): Tree => {
  if (random.chance(0.02)) return raw(random.pick(IMPOSSIBLE_NUMBERS));
  return random.chance(0.4) ? raw(random.pick(DOUBLES)) : integer(random);
};
export const text = (random: Random): Tree => string(random.pick(random.chance(0.15) ? ODD_TEXTS : TEXTS));
export const pattern = (random: Random): Tree => string(random.pick(PATTERNS));
export const unit = (random: Random): Tree => string(random.pick(UNITS));
export const timeText = (random: Random): Tree => string(random.pick(TIMES));
export const dateText = (random: Random): Tree => string(random.pick(DATES));
export const time = (random: Random): Tree => object(['@ts', timeText(random)]);
export const date = (random: Random): Tree => object(['@date', dateText(random)]);
export const boolean = (random: Random): Tree => raw(random.chance(0.5) ? 'true' : 'false');

const TAGGED: readonly unknown[] = [
  { '@bytes': 'aGVsbG8=' },
  { '@bytes': '***' },
  { '@uuid': 'e3b0c442-98fc-1c14-9afb-f4c8996fb924' },
  { '@uuid': 'no' },
  { '@obj': { '@ref': 1 } },
  { '@obj': [] },
  { '@ref': 'users' },
  { '@ref': { id: 'collections' } },
  { '@ref': { id: '1', collection: { '@ref': { id: 'users', collection: { '@ref': { id: 'collections' } } } } } },
  { '@ref': { id: '1', collection: 5 } },
  { '@ref': { id: 'db', collection: { '@ref': { id: 'databases' } } } },
  { '@set': { match: { '@ref': { id: 'all_notes', collection: { '@ref': { id: 'indexes' } } } } } },
  { '@set': { singleton: 1 } },
  { '@set': 'x' },
  { '@query': { lambda: 'x', expr: { var: 'x' } } },
  { '@query': { lambda: ['x', '_'], expr: { add: [{ var: 'x' }, 1] }, api_version: '4' } },
  { '@query': 1 },
  { '@ts': 5 },
  { '@date': null },
  { '@unknown': {} },
];

export const tagged = (random: Random): Tree => literal(random.pick(TAGGED));

const SCALARS = [integer, number, text, boolean, time, date, tagged, () => raw('null')];
export const scalar = (random: Random): Tree => random.pick(SCALARS)(random);
