import { useMemo } from 'react';
import { useStore } from '../store.ts';
import { visibleNotes } from './data/note-list.ts';
import type { NotesStore } from './data/notes-store.ts';
import type { NotesView } from './data/notes-view.ts';
import { EditorPane } from './editor/editor-pane.tsx';
import { ListPane } from './list/list-pane.tsx';
import { NoteSidebar } from './note-sidebar.tsx';
import styles from './notes.module.css';

export function NotesScreen({ store, view }: { store: NotesStore; view: NotesView }) {
  const { notes, loaded, failure } = useStore(store.state);
  const { filter, hits, selected, sidebarHidden } = useStore(view.state);
  const shown = useMemo(() => visibleNotes(notes, filter, hits), [notes, filter, hits]);
  const open = useMemo(() => notes.find((note) => note.id === selected) ?? null, [notes, selected]);

  return (
    <div className={styles.screen} data-sidebar={sidebarHidden ? 'hidden' : 'shown'} data-open={open ? 'note' : 'list'}>
      {!sidebarHidden && <NoteSidebar notes={notes} view={view} />}
      <ListPane notes={shown} loaded={loaded} failure={failure} onRetry={() => void store.refresh()} view={view} />
      <EditorPane key={open?.id ?? 'none'} note={open} store={store} view={view} empty={loaded && notes.length === 0} />
    </div>
  );
}
