import { indentLess, indentMore } from '@codemirror/commands';
import { type ChangeSpec, EditorSelection, type EditorState } from '@codemirror/state';
import type { Command, EditorView } from '@codemirror/view';

/** Wraps the selection in the mark, or takes it away when it is there. */
export const toggleMark =
  (mark: string): Command =>
  (view) => {
    if (view.state.readOnly) return false;
    const { state } = view;
    const change = state.changeByRange((range) => {
      const { from, to } = range;
      const size = mark.length;
      if (state.sliceDoc(from - size, from) === mark && state.sliceDoc(to, to + size) === mark) {
        return {
          changes: [
            { from: from - size, to: from },
            { from: to, to: to + size },
          ],
          range: EditorSelection.range(from - size, to - size),
        };
      }
      return {
        changes: [
          { from, insert: mark },
          { from: to, insert: mark },
        ],
        range: EditorSelection.range(from + size, to + size),
      };
    });
    view.dispatch(state.update(change, { scrollIntoView: true, userEvent: 'input' }));
    return true;
  };

const task = /^(\s*(?:[-*+]|\d+[.)])\s+)\[([ xX])\]/;
const item = /^\s*(?:[-*+]|\d+[.)])\s/;

/** The change that turns the line into a task, or its box from empty to done and back. */
export function taskChange(line: { from: number; text: string }): ChangeSpec {
  const found = task.exec(line.text);
  if (found) {
    const box = line.from + (found[1]?.length ?? 0) + 1;
    return { from: box, to: box + 1, insert: found[2] === ' ' ? 'x' : ' ' };
  }
  const marker = item.exec(line.text);
  if (marker) return { from: line.from + marker[0].length, insert: '[ ] ' };
  return { from: line.from + (/^\s*/.exec(line.text)?.[0].length ?? 0), insert: '- [ ] ' };
}

export function toggleTaskAt(view: EditorView, pos: number): void {
  if (view.state.readOnly) return;
  view.dispatch({ changes: taskChange(view.state.doc.lineAt(pos)), userEvent: 'input' });
}

export const toggleTask: Command = (view) => {
  if (view.state.readOnly) return false;
  toggleTaskAt(view, view.state.selection.main.head);
  return true;
};

const inList = (state: EditorState) =>
  state.selection.ranges.every((range) => item.test(state.doc.lineAt(range.from).text));

/** Tab indents list items only; elsewhere it moves the focus on, as everywhere. */
export const indentListItem: Command = (view) => inList(view.state) && indentMore(view);
export const outdentListItem: Command = (view) => inList(view.state) && indentLess(view);
