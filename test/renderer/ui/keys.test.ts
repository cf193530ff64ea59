import { describe, expect, test } from 'vitest';
import { isChord } from '../../../src/renderer/ui/keys.ts';
import { shortTime, timeAgo } from '../../../src/renderer/ui/time.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('shortcuts', () => {
  test('are Ctrl here and Cmd on a Mac, with nothing else held', () => {
    expect(isChord(press('n', { ctrlKey: true }), 'n', false, false)).toBe(true);
    expect(isChord(press('N', { ctrlKey: true }), 'n', false, false)).toBe(true);
    expect(isChord(press('n', { metaKey: true }), 'n', false, true)).toBe(true);
    expect(isChord(press('n', { ctrlKey: true }), 'n', false, true)).toBe(false);
    expect(isChord(press('n', { ctrlKey: true, altKey: true }), 'n', false, false)).toBe(false);
    expect(isChord(press('n', { ctrlKey: true, shiftKey: true }), 'n', false, false)).toBe(false);
    expect(isChord(press('n'), 'n', false, false)).toBe(false);
  });
});

describe('times', () => {
  const now = new Date(2026, 10, 20, 15, 0).getTime();
  test('are shorter the nearer they are', () => {
    expect(shortTime(new Date(2026, 10, 20, 9, 5).getTime(), now, 'en-GB')).toBe('09:05');
    expect(shortTime(new Date(2026, 10, 19, 23, 59).getTime(), now, 'en-GB')).toBe('Yesterday');
    expect(shortTime(new Date(2026, 10, 16, 12).getTime(), now, 'en-GB')).toBe('Monday');
    expect(shortTime(new Date(2026, 2, 3).getTime(), now, 'en-GB')).toBe('3 Mar');
    expect(shortTime(new Date(2024, 2, 3).getTime(), now, 'en-GB')).toBe('3 Mar 2024');
  });

  test('a clock that is ahead does not make a note come from the future', () => {
    expect(shortTime(now + 3_600_000, now, 'en-GB')).toBe('16:00');
    expect(timeAgo(now + 5_000, now)).toBe('just now');
  });
});
