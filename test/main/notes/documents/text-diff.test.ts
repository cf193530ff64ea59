import { describe, expect, it } from 'vitest';
import { textDiff } from '../../../../src/main/notes/documents/text-diff.ts';
import { seededRandom } from '../helpers.ts';

function apply(before: string, after: string): string {
  let text = before;
  for (const { at, remove, insert } of textDiff(before, after).toReversed()) {
    text = text.slice(0, at) + insert + text.slice(at + remove);
  }
  return text;
}

describe('the bounded diff', () => {
  it.each([
    ['', ''],
    ['', 'a'],
    ['a', ''],
    ['abc', 'abd'],
    ['aaa', 'aa'],
    ['a\nb\nc', 'a\nc'],
    ['a\nb', 'a\nb\n'],
    ['\n\n', '\n'],
    ['one two', 'two one'],
    ['😀😁', '😀😂'],
    ['😀', '😁'],
    ['x\u0000y', 'x\u0000z'],
    ['a\r\nb', 'a\nb'],
    ['\ud83d', '\ude00'],
  ])('makes %j into %j', (before, after) => {
    expect(apply(before, after)).toBe(after);
  });

  it('makes any text into any other', () => {
    const random = seededRandom(3);
    const text = () =>
      Array.from(random.bytes(40), (byte) => ['a', 'b', '\n', 'word ', '😀', '\n\n'][byte % 6]).join('');
    for (let i = 0; i < 500; i++) {
      const [before, after] = [text(), text()];
      expect(apply(before, after)).toBe(after);
    }
  });

  it('touches only what differs, and never half of a surrogate pair', () => {
    const changes = textDiff('first\nsecond line\nthird', 'first\nsecond word\nthird');
    expect(changes.every(({ at, remove }) => at >= 13 && at + remove <= 17)).toBe(true);
    expect(textDiff('a😀b', 'a😁b')).toEqual([{ at: 1, remove: 2, insert: '😁' }]);
  });

  it('gives up neatness rather than time on large texts that have nothing in common', () => {
    const lines = (word: string) => Array.from({ length: 50_000 }, (_, i) => `${word} ${i}`).join('\n');
    const [before, after] = [lines('here'), lines('there')];
    expect(apply(before, after)).toBe(after);
    expect(textDiff(before, after).length).toBeLessThanOrEqual(2);
  });
});
