import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { useStore } from '../../store.ts';
import type { NoteSession } from '../data/note-session.ts';
import type { NotesView } from '../data/notes-view.ts';
import { editorState, setReadOnly } from './codemirror/setup.ts';
import styles from './editor-pane.module.css';

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

  useEffect(() => {
    if (!box.current) return;
    const created = new EditorView({
      parent: box.current,
      state: editorState(session, () => void session.flush(), view.leaveEditor),
    });
    editor.current = created;
    return () => {
      created.destroy();
      editor.current = null;
    };
  }, [session, view]);

  useEffect(() => {
    if (editor.current) setReadOnly(editor.current, readOnly);
  }, [readOnly]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new wish for the focus is what the effect waits for
  useEffect(() => {
    if (!view.takeEditorFocus(session.id)) return;
    const end = session.body.length;
    editor.current?.dispatch({ selection: { anchor: end }, scrollIntoView: true });
    editor.current?.focus();
  }, [focusWanted, session, view]);

  return <div ref={box} className={styles.editor} />;
}
