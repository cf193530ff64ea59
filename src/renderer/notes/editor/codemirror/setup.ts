import { defaultKeymap } from '@codemirror/commands';
import { markdown, markdownKeymap, markdownLanguage } from '@codemirror/lang-markdown';
import { indentOnInput } from '@codemirror/language';
import { findNext, findPrevious, openSearchPanel, search } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightSpecialChars, keymap, placeholder } from '@codemirror/view';
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next';
import { cspNonce } from '../../../csp-nonce.ts';
import type { NoteSession } from '../../data/note-session.ts';
import { indentListItem, outdentListItem, toggleMark, toggleTask } from './format-commands.ts';
import { livePreview } from './live-preview.ts';
import { openLinks } from './open-links.ts';
import { editorTheme } from './theme.ts';

const writable = new Compartment();

interface Hooks {
  onBlur: () => void;
  /** Esc leaves the editor, so that Tab is not a trap for the keyboard. */
  onLeave: () => void;
  /** A part of the editor threw and was switched off: if it was the binding, typing no longer reaches the note. */
  onBroken: () => void;
}

export function editorState(session: NoteSession, { onBlur, onLeave, onBroken }: Hooks): EditorState {
  const leave = () => {
    onLeave();
    return true;
  };
  const broken = (error: unknown) => {
    console.error('a part of the editor failed', error);
    onBroken();
  };
  return EditorState.create({
    doc: session.body.toString(),
    extensions: [
      EditorView.cspNonce.of(cspNonce()),
      EditorView.exceptionSink.of(broken),
      // The Y.Text counts characters as they are: no line break may be turned into another one.
      EditorState.lineSeparator.of('\n'),
      EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n?/g, '\n')),
      writable.of(readOnlyIf(session.readOnly)),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': 'Note', spellcheck: 'true', autocapitalize: 'sentences' }),
      placeholder('Title, then whatever is on your mind…'),
      highlightSpecialChars(),
      drawSelection(),
      indentOnInput(),
      search({ top: true }),
      markdown({ base: markdownLanguage, addKeymap: false }),
      livePreview(),
      openLinks(),
      editorTheme,
      keymap.of([
        { key: 'Mod-b', run: toggleMark('**') },
        { key: 'Mod-i', run: toggleMark('*') },
        { key: 'Mod-e', run: toggleMark('`') },
        { key: 'Mod-Enter', run: toggleTask },
        { key: 'Tab', run: indentListItem, shift: outdentListItem },
        { key: 'Mod-Alt-f', run: openSearchPanel },
        { key: 'F3', run: findNext, shift: findPrevious },
        ...markdownKeymap,
        ...yUndoManagerKeymap,
        ...defaultKeymap,
        { key: 'Escape', run: leave },
      ]),
      EditorView.domEventHandlers({ blur: onBlur }),
      yCollab(session.body, null, { undoManager: session.undo }),
    ],
  });
}

const readOnlyIf = (readOnly: boolean) => [EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly)];

export function setReadOnly(view: EditorView, readOnly: boolean): void {
  view.dispatch({ effects: writable.reconfigure(readOnlyIf(readOnly)) });
}
