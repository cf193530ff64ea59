import { describe, expect, it } from 'vitest';
import { keepBoth } from '../../../../src/main/notes/documents/keep-both.ts';

describe('two texts of which nobody knows what they have in common', () => {
  it.each([
    ['the same', 'a\nb', 'a\nb', 'a\nb'],
    ['one has more', '1\n2\n', '1\n2\n3\n', '1\n2\n3\n'],
    ['the other has more', '1\n2\n3\n', '1\n', '1\n2\n3\n'],
    ['both have more', 'one\n2\n', '2\nthree\n', 'one\n2\nthree\n'],
    ['a line differs', '1\n2\n3\n', '1\ntwo\n3\n', '1\n2\ntwo\n3\n'],
    ['nothing in common', 'mine', 'theirs', 'mine\ntheirs'],
    ['one is empty', '', 'theirs', 'theirs'],
    ['the other is empty', 'mine', '', 'mine'],
  ])('%s', (_, mine, theirs, both) => {
    expect(keepBoth(mine, theirs)).toBe(both);
  });
});
