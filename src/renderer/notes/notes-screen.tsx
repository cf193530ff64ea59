import { useMemo } from 'react';
import { useStore } from '../store.ts';
import { useNarrow } from '../ui/use-media.ts';
import { visibleNotes } from './data/note-list.ts';
import type { NotesStore } from './data/notes-store.ts';
import { type NotesView, sidebarVisible } from './data/notes-view.ts';
import { EditorPane } from './editor/editor-pane.tsx';
import { ListPane } from './list/list-pane.tsx';
import { NoteSidebar } from './note-sidebar.tsx';
import styles from './notes.module.css';

export function NotesScreen({ store, view }: { store: NotesStore; view: NotesView }) {
  const { notes } = useStore(store.state);
  const { filter, hits, selected, sidebar } = useStore(view.state);
  const narrow = useNarrow();
  const shown = useMemo(() => visibleNotes(notes, filter, hits), [notes, filter, hits]);
  const open = useMemo(() => notes.find((note) => note.id === selected) ?? null, [notes, selected]);

  const withSidebar = sidebarVisible(sidebar, narrow);
  return (
    <div className={styles.screen} data-sidebar={withSidebar && !narrow ? 'beside' : 'none'}>
      <h1 className="visually-hidden">Notes</h1>
      {withSidebar && (
        <div className={narrow ? styles.drawer : styles.beside}>
          <NoteSidebar notes={notes} view={view} />
        </div>
      )}
      {withSidebar && narrow && (
        <button type="button" className={styles.scrim} aria-label="Hide the filters" onClick={view.toggleSidebar} />
      )}
      <ListPane notes={shown} store={store} view={view} withSidebar={withSidebar} />
      <EditorPane key={open?.id ?? 'none'} note={open} store={store} view={view} />
    </div>
  );
}
