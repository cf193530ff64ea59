import { expect, test } from 'vitest';
import { fileNameFor } from '../../../src/shared/notes/file-name.ts';

test.each([
  ['Groceries', 'Groceries.md'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j.md'],
  ['../../etc/passwd', 'etc passwd.md'],
  ['', 'Untitled.md'],
  ['...', 'Untitled.md'],
  ['con', 'con note.md'],
  ['tabs\tand\nlines', 'tabs and lines.md'],
  ['x'.repeat(300), `${'x'.repeat(80)}.md`],
])('a note called %j goes into the file %j', (title, name) => {
  expect(fileNameFor(title, new Set())).toBe(name);
});

test('the same title again gets a number, whatever its case', () => {
  const taken = new Set<string>();
  expect(['Tea', 'tea', 'Tea'].map((title) => fileNameFor(title, taken))).toEqual(['Tea.md', 'tea 2.md', 'Tea 3.md']);
});
