import { EditorView } from '@codemirror/view';
import { useEffect, useRef, useState } from 'react';
import { useStore } from '../../store.ts';
import type { NoteSession } from '../data/note-session.ts';
import type { NotesView } from '../data/notes-view.ts';
import { editorState, setReadOnly } from './codemirror/setup.ts';
import styles from './editor-pane.module.css';

/** Time for what broke the editor to pass, short enough that hardly a letter is typed into the broken one. */
const REPLACE_AFTER_MS = 20;

interface Props {
  session: NoteSession;
  readOnly: boolean;
  view: NotesView;
}

/** The note's text, bound to its Yjs document: edits from other devices enter it while it is open. */
export default function MarkdownEditor({ session, readOnly, view }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const focusWanted = useStore(view.editorFocus);
  /** Counts the editors made for this note: a broken one is replaced, since the note's document has all that was typed. */
  const [made, setMade] = useState(0);
  const caret = useRef<number | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each number is an editor of its own
  useEffect(() => {
    if (!box.current) return;
    const onBroken = () => {
      caret.current = created.state.selection.main.head;
      setTimeout(() => setMade((count) => count + 1), REPLACE_AFTER_MS);
    };
    const created = new EditorView({
      parent: box.current,
      state: editorState(session, { onBlur: () => void session.flush(), onLeave: view.leaveEditor, onBroken }),
    });
    editor.current = created;
    if (caret.current !== null) {
      created.dispatch({ selection: { anchor: Math.min(caret.current, created.state.doc.length) } });
      created.focus();
      caret.current = null;
    }
    return () => {
      created.destroy();
      editor.current = null;
    };
  }, [session, view, made]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new editor has to be told too
  useEffect(() => {
    if (editor.current) setReadOnly(editor.current, readOnly);
  }, [readOnly, made]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new wish for the focus is what the effect waits for
  useEffect(() => {
    if (!view.takeEditorFocus(session.id)) return;
    const end = session.body.length;
    editor.current?.dispatch({ selection: { anchor: end }, scrollIntoView: true });
    editor.current?.focus();
  }, [focusWanted, session, view]);

  return <div ref={box} className={styles.editor} />;
}
