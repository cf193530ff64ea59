import { describe, expect, test } from 'vitest';
import { compareLines, foldUnchanged, whoseLines } from '../../../../src/renderer/notes/compare/compare-lines.ts';

describe('two texts, compared', () => {
  test('a changed line stands on both sides, with the words that differ', () => {
    expect(compareLines('Tea\nred bread\nsalt', 'Tea\nrye bread\nsalt')).toEqual([
      { at: 0, kind: 'same', text: 'Tea' },
      {
        at: 1,
        kind: 'changed',
        before: [
          { text: 'red', changed: true },
          { text: ' bread', changed: false },
        ],
        after: [
          { text: 'rye', changed: true },
          { text: ' bread', changed: false },
        ],
      },
      { at: 2, kind: 'same', text: 'salt' },
    ]);
  });

  test('a line of one side only has nothing on the other', () => {
    const rows = compareLines('one', 'one\ntwo');
    expect(rows?.[1]).toEqual({ at: 1, kind: 'changed', before: null, after: [{ text: 'two', changed: false }] });
  });

  test('both texts can be read back from the rows', () => {
    const before = 'a\nb\n\nc and d\ne';
    const after = 'b\nnew\nc or d\n\ne\nf';
    const rows = compareLines(before, after) ?? [];
    const side = (name: 'before' | 'after') =>
      rows.flatMap((row) => (row.kind === 'same' ? row.text : (row[name]?.map(({ text }) => text).join('') ?? [])));
    expect(side('before').join('\n')).toBe(before);
    expect(side('after').join('\n')).toBe(after);
  });

  test('texts with too little in common are not compared, however long a cut may be', () => {
    const lines = (word: string) => Array.from({ length: 4_000 }, (_, at) => `${word} ${at}`).join('\n');
    expect(compareLines(lines('old'), lines('new'))).toBeNull();
    expect(compareLines(`top\n${lines('old')}`, 'top')).toHaveLength(4_001);
  });

  test('long unchanged stretches fold away, all rows are still there', () => {
    const lines = Array.from({ length: 30 }, (_, at) => `line ${at}`);
    const changed = lines.with(15, 'other');
    const sections = foldUnchanged(compareLines(lines.join('\n'), changed.join('\n')) ?? []);
    expect(sections.map(({ kind, rows }) => [kind, rows.length])).toEqual([
      ['gap', 12],
      ['rows', 7],
      ['gap', 11],
    ]);
  });

  test('each line of a merged text says whose it is', () => {
    const whose = whoseLines('top\nmine\ntheirs\nmine theirs', 'top\nmine', 'top\ntheirs').map((line) => line.whose);
    expect(whose).toEqual(['same', 'mine', 'theirs', 'joined']);
  });
});
