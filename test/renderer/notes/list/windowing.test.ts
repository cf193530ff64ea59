import { describe, expect, test } from 'vitest';
import { rowByKey } from '../../../../src/renderer/notes/list/rows-by-key.ts';
import { scrollToRow, visibleSlice } from '../../../../src/renderer/notes/list/windowing.ts';

describe('the rows in view', () => {
  test('are a few dozen of ten thousand, wherever the list is scrolled to', () => {
    for (const scrollTop of [0, 1, 369_999, 739_000, 10_000_000]) {
      const { from, to } = visibleSlice(10_000, 74, scrollTop, 600);
      expect(to - from).toBeLessThan(40);
      expect(to).toBeGreaterThan(from);
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThanOrEqual(10_000);
    }
  });

  test('cover the whole view', () => {
    const { from, to } = visibleSlice(1_000, 74, 5_000, 600);
    expect(from * 74).toBeLessThanOrEqual(5_000);
    expect(to * 74).toBeGreaterThanOrEqual(5_600);
  });

  test('are all of a short list, and none of an empty one', () => {
    expect(visibleSlice(3, 74, 0, 600)).toEqual({ from: 0, to: 3 });
    expect(visibleSlice(0, 74, 0, 600)).toEqual({ from: 0, to: 0 });
  });

  test('a row out of view is scrolled to, one in view is left alone', () => {
    expect(scrollToRow(0, 74, 200, 600)).toBe(0);
    expect(scrollToRow(3, 74, 0, 600)).toBe(0);
    expect(scrollToRow(20, 74, 0, 600)).toBe(20 * 74 + 74 - 600);
  });
});

describe('keys in the list', () => {
  test('move by a row, a page, and to the ends, and stop there', () => {
    expect(rowByKey('ArrowDown', -1, 5, 3)).toBe(0);
    expect(rowByKey('ArrowDown', 4, 5, 3)).toBe(4);
    expect(rowByKey('ArrowUp', 0, 5, 3)).toBe(0);
    expect(rowByKey('PageDown', 1, 50, 10)).toBe(11);
    expect(rowByKey('PageUp', 3, 50, 10)).toBe(0);
    expect(rowByKey('Home', 9, 50, 10)).toBe(0);
    expect(rowByKey('End', 9, 50, 10)).toBe(49);
    expect(rowByKey('a', 9, 50, 10)).toBeNull();
  });
});
