import { expect, test } from 'vitest';
import { withTag } from '../../../../src/renderer/notes/data/tags.ts';
import { limits } from '../../../../src/shared/notes/limits.ts';

test('a tag is trimmed, loses its #, and is added once whatever its case', () => {
  expect(withTag(['a'], '  #Garden  work ')).toEqual(['a', 'Garden work']);
  expect(withTag(['garden'], 'GARDEN')).toEqual(['garden']);
  expect(withTag(['a'], '   ')).toEqual(['a']);
  expect(withTag(['a'], '#')).toEqual(['a']);
});

test('a tag keeps to the limits that main will check', () => {
  expect(withTag([], 'x'.repeat(500))[0]).toHaveLength(limits.tagLength);
  const full = Array.from({ length: limits.tagsPerNote }, (_, index) => `t${index}`);
  expect(withTag(full, 'one more')).toEqual(full);
});
