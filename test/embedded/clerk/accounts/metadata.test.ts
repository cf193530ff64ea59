import { expect, test } from 'vitest';
import { mergeMetadata, readMetadata } from '../../../../src/embedded/clerk/accounts/metadata.ts';

test('metadata merges deeply; null removes', () => {
  const before = { a: { b: 1, c: 2 }, d: [1], e: 'x' };
  expect(mergeMetadata(before, { a: { c: null, f: 3 }, d: [2], e: null })).toEqual({ a: { b: 1, f: 3 }, d: [2] });
});

test('a key named __proto__ stays a key', () => {
  const merged = mergeMetadata({}, JSON.parse('{"__proto__": {"admin": true}}'));
  expect(Object.hasOwn(merged, '__proto__')).toBe(true);
  expect(({} as Record<string, unknown>).admin).toBeUndefined();
});

test.each(['[1]', '"text"', 'null', '{'])('%s is no metadata', (text) => {
  expect(() => readMetadata(text, 'unsafe_metadata')).toThrow('form_param_type_invalid');
});

test('8 kB is the limit', () => {
  expect(() => readMetadata({ text: 'x'.repeat(9000) }, 'unsafe_metadata')).toThrow('form_param_exceeds_allowed_size');
});
