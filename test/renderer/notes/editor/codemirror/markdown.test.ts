import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import { ensureSyntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { describe, expect, test } from 'vitest';
import { taskChange } from '../../../../../src/renderer/notes/editor/codemirror/format-commands.ts';
import { linkAt, safeAddress } from '../../../../../src/renderer/notes/editor/codemirror/open-links.ts';

const stateOf = (doc: string) => {
  const state = EditorState.create({ doc, extensions: [markdown({ base: markdownLanguage })] });
  ensureSyntaxTree(state, doc.length, 5_000);
  return state;
};
const toggled = (text: string) => {
  const state = EditorState.create({ doc: text });
  return state.update({ changes: taskChange(state.doc.line(1)) }).newDoc.toString();
};

describe('a task', () => {
  test('is ticked and unticked, nested and numbered ones too', () => {
    expect(toggled('- [ ] oil')).toBe('- [x] oil');
    expect(toggled('- [X] oil')).toBe('- [ ] oil');
    expect(toggled('    * [x] oil')).toBe('    * [ ] oil');
    expect(toggled('2. [ ] oil')).toBe('2. [x] oil');
  });

  test('is made of a list item or of plain text', () => {
    expect(toggled('- oil')).toBe('- [ ] oil');
    expect(toggled('  oil')).toBe('  - [ ] oil');
    expect(toggled('')).toBe('- [ ] ');
  });
});

describe('a link', () => {
  test('is found under the pointer, by its text and by its address', () => {
    const state = stateOf('See [the guide](https://example.org/a) or https://example.org/b now.');
    expect(linkAt(state, 6)).toBe('https://example.org/a');
    expect(linkAt(state, 20)).toBe('https://example.org/a');
    expect(linkAt(state, 50)).toBe('https://example.org/b');
    expect(linkAt(state, 1)).toBeNull();
  });

  test('opens only what belongs in a browser or a mail program', () => {
    expect(safeAddress('https://example.org')).toBe('https://example.org');
    expect(safeAddress('www.example.org')).toBe('https://www.example.org');
    expect(safeAddress('mailto:a@example.org')).toBe('mailto:a@example.org');
    for (const bad of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'burrow://app/',
      'data:text/html,x',
      'smb://h',
      '../x',
      '',
    ]) {
      expect(safeAddress(bad)).toBeNull();
    }
  });
});
