import { describe, expect, test } from 'vitest';
import { markWords, snippetPieces } from '../../../../src/renderer/notes/data/snippet.ts';

describe('marks in search results', () => {
  test('a snippet is split at its marks', () => {
    expect(snippetPieces('…an \u0002old\u0003 hedge, \u0002older\u0003')).toEqual([
      { text: '…an ', match: false },
      { text: 'old', match: true },
      { text: ' hedge, ', match: false },
      { text: 'older', match: true },
    ]);
  });

  test('marks that do not pair lose no text', () => {
    const text = (snippet: string) =>
      snippetPieces(snippet)
        .map((piece) => piece.text)
        .join('');
    expect(text('a\u0002b')).toBe('ab');
    expect(text('a\u0003b\u0002c\u0003')).toBe('abc');
    expect(snippetPieces('')).toEqual([]);
  });

  test('words of the query are marked where words begin with them', () => {
    expect(markWords('Older than the folder', 'OLD')).toEqual([
      { text: 'Old', match: true },
      { text: 'er than the folder', match: false },
    ]);
  });

  test('a query of punctuation marks nothing and breaks nothing', () => {
    expect(markWords('C++ (notes)', '+ ( [ \\')).toEqual([{ text: 'C++ (notes)', match: false }]);
  });
});
