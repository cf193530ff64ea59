import { lazy, Suspense } from 'react';
import type { NoteSummary } from '../../../shared/notes/note.ts';
import { useStore } from '../../store.ts';
import { syncStatus } from '../../sync/sync-state.ts';
import { isFirstSync } from '../../sync/sync-status.ts';
import { Button } from '../../ui/button.tsx';
import { keyName } from '../../ui/keys.ts';
import { Mark } from '../../ui/mark.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { ConflictBanner } from '../conflict/conflict-banner.tsx';
import { ConflictDialog } from '../conflict/conflict-dialog.tsx';
import type { NotesStore } from '../data/notes-store.ts';
import type { NotesView } from '../data/notes-view.ts';
import { VersionsDialog } from '../versions/versions-dialog.tsx';
import styles from './editor-pane.module.css';
import { EditorToolbar } from './editor-toolbar.tsx';
import { SaveProblem } from './save-status.tsx';
import { TrashBanner } from './trash-banner.tsx';
import { useNoteSession } from './use-note-session.ts';

// CodeMirror is a chunk of its own, so that the list is there before it.
const MarkdownEditor = lazy(() => import('./markdown-editor.tsx'));

interface Props {
  note: NoteSummary | null;
  store: NotesStore;
  view: NotesView;
}

export function EditorPane({ note, store, view }: Props) {
  if (!note) return <NothingOpen store={store} view={view} />;
  return <OpenNotePane note={note} store={store} view={view} />;
}

function OpenNotePane({ note, store, view }: { note: NoteSummary; store: NotesStore; view: NotesView }) {
  const opened = useNoteSession(store.sessions, note.id, note.readOnly);
  const { dialog } = useStore(view.state);
  const trashed = note.trashedAt !== null;
  const session = opened?.ok ? opened.value : null;
  return (
    <section className={styles.pane} aria-label="Editor">
      <EditorToolbar note={note} session={session} view={view} />
      {trashed && (
        <div className={styles.banner}>
          <TrashBanner note={note} view={view} />
        </div>
      )}
      {note.conflicted && !trashed && (
        <div className={styles.banner}>
          <ConflictBanner note={note} view={view} />
        </div>
      )}
      {note.readOnly && (
        <div className={styles.banner}>
          <Notice tone="warn" title="Written by a newer Burrow">
            You can read this note. Update Burrow to change it.
          </Notice>
        </div>
      )}
      {opened && !opened.ok && (
        <div className={styles.banner}>
          <FailureNotice failure={opened.failure} title="This note could not be opened" />
        </div>
      )}
      {session && (
        <>
          <SaveProblem session={session} />
          <Suspense>
            <MarkdownEditor session={session} readOnly={trashed || note.readOnly} view={view} />
          </Suspense>
          {dialog === 'versions' && (
            <VersionsDialog note={note} session={session} view={view} canRestore={!trashed && !note.readOnly} />
          )}
          {dialog === 'conflict' && <ConflictDialog note={note} session={session} view={view} />}
        </>
      )}
    </section>
  );
}

function NothingOpen({ store, view }: { store: NotesStore; view: NotesView }) {
  const { loaded, notes } = useStore(store.state);
  const fetching = isFirstSync(useStore(syncStatus));
  return (
    <section className={styles.nothing} aria-label="Editor">
      <Mark size={64} />
      {loaded && notes.length === 0 && !fetching ? (
        <>
          <h2>Dig in</h2>
          <p>Your first note is one key away. It is saved on this computer as you type.</p>
          <Button look="primary" onClick={() => void view.create()}>
            Write the first note
          </Button>
        </>
      ) : (
        <p>
          Choose a note, or press {keyName('N')} for a new one and {keyName('K')} to search.
        </p>
      )}
    </section>
  );
}
