import { PanelLeft, SquarePen } from 'lucide-react';
import type { NoteSummary } from '../../../shared/notes/note.ts';
import { useStore } from '../../store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { keyName } from '../../ui/keys.ts';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import type { NotesStore } from '../data/notes-store.ts';
import type { NotesView } from '../data/notes-view.ts';
import { EmptyList } from './empty-list.tsx';
import styles from './list.module.css';
import { NoteList } from './note-list.tsx';
import { SearchBox } from './search-box.tsx';

interface Props {
  notes: readonly NoteSummary[];
  store: NotesStore;
  view: NotesView;
  withSidebar: boolean;
}

export function ListPane({ notes, store, view, withSidebar }: Props) {
  const { loaded, failure } = useStore(store.state);
  const { problem } = useStore(view.state);
  return (
    <section className={styles.pane} aria-label="List">
      <header className={styles.head}>
        <IconButton
          label={withSidebar ? 'Hide the sidebar' : 'Show the sidebar'}
          keys={keyName('\\')}
          onClick={view.toggleSidebar}
        >
          <PanelLeft size={17} />
        </IconButton>
        <SearchBox view={view} shown={notes.length} />
        {!withSidebar && (
          <IconButton label="New note" keys={keyName('N')} onClick={() => void view.create()}>
            <SquarePen size={17} />
          </IconButton>
        )}
      </header>
      {failure && (
        <div className={styles.notice}>
          <FailureNotice
            failure={failure}
            title="The list could not be read"
            actions={
              <Button small onClick={() => void store.refresh()}>
                Try again
              </Button>
            }
          />
        </div>
      )}
      {problem && (
        <div className={styles.notice}>
          <Notice
            tone="bad"
            actions={
              <Button small onClick={view.dismissProblem}>
                Dismiss
              </Button>
            }
          >
            {problem}
          </Notice>
        </div>
      )}
      {notes.length > 0 ? <NoteList notes={notes} view={view} /> : loaded && <EmptyList view={view} />}
    </section>
  );
}
