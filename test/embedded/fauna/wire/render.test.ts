import { expect, it } from 'vitest';
import { renderDouble } from '../../../../src/embedded/fauna/wire/render.ts';

it.each([
  [0, '0.0'],
  [-0, '-0.0'],
  [1, '1.0'],
  [100, '100.0'],
  [9_999_999, '9999999.0'],
  [1e7, '1.0E7'],
  [-1e7, '-1.0E7'],
  [123_456_789.125, '1.23456789125E8'],
  [0.001, '0.001'],
  [0.000_99, '9.9E-4'],
  [1e21, '1.0E21'],
  [5e-324, '4.9E-324'],
  [Number.MAX_VALUE, '1.7976931348623157E308'],
  [Number.NaN, '"NaN"'],
  [Number.POSITIVE_INFINITY, '"Infinity"'],
  [Number.NEGATIVE_INFINITY, '"-Infinity"'],
])('writes %d as Java does', (value, text) => {
  expect(renderDouble(value)).toBe(text);
});
