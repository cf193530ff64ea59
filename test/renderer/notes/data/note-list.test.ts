import { describe, expect, test } from 'vitest';
import { countTags, neighbour, visibleNotes } from '../../../../src/renderer/notes/data/note-list.ts';
import { aSummary } from './summaries.ts';

const notes = [
  aSummary({ id: '1', editedAt: 10, tags: ['a'] }),
  aSummary({ id: '2', editedAt: 30 }),
  aSummary({ id: '3', editedAt: 20, pinned: true, tags: ['b', 'a'] }),
  aSummary({ id: '4', editedAt: 40, trashedAt: 50, tags: ['a'] }),
  aSummary({ id: '5', editedAt: 5, trashedAt: 60 }),
];
const ids = (shown: { id: string }[]) => shown.map((note) => note.id);

describe('the list', () => {
  test('shows pinned notes first, then the latest edit, without the trash', () => {
    expect(ids(visibleNotes(notes, { kind: 'all' }))).toEqual(['3', '2', '1']);
  });

  test('shows the notes of a tag', () => {
    expect(ids(visibleNotes(notes, { kind: 'tag', tag: 'a' }))).toEqual(['3', '1']);
  });

  test('shows the trash, the last one thrown away first', () => {
    expect(ids(visibleNotes(notes, { kind: 'trash' }))).toEqual(['5', '4']);
  });

  test('shows what was found in the order of the answer, within the filter', () => {
    const hits = ['4', '1', '9', '2'].map((id) => ({ id, snippet: '' }));
    expect(ids(visibleNotes(notes, { kind: 'all' }, hits))).toEqual(['1', '2']);
    expect(ids(visibleNotes(notes, { kind: 'trash' }, hits))).toEqual(['4']);
  });

  test('counts tags outside the trash, by name', () => {
    expect(countTags(notes)).toEqual([
      { tag: 'a', count: 2 },
      { tag: 'b', count: 1 },
    ]);
  });

  test('goes to the note after the one that leaves, or before it at the end', () => {
    const shown = visibleNotes(notes, { kind: 'all' });
    expect(neighbour(shown, '3')).toBe('2');
    expect(neighbour(shown, '1')).toBe('2');
    expect(neighbour(shown, '99')).toBeNull();
    expect(neighbour(shown.slice(0, 1), '3')).toBeNull();
  });
});
