import type { Failure } from '../../../shared/failure.ts';
import type { NoteSummary } from '../../../shared/notes/note.ts';
import { useStore } from '../../store.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import type { NotesView } from '../data/notes-view.ts';
import { EmptyList } from './empty-list.tsx';
import styles from './list.module.css';
import { NoteList } from './note-list.tsx';
import { SearchBox } from './search-box.tsx';

interface Props {
  notes: readonly NoteSummary[];
  loaded: boolean;
  failure: Failure | null;
  onRetry: () => void;
  view: NotesView;
}

export function ListPane({ notes, loaded, failure, onRetry, view }: Props) {
  const { problem } = useStore(view.state);
  return (
    <section className={styles.pane} aria-label="List">
      <SearchBox view={view} shown={notes.length} />
      {failure && (
        <div className={styles.notice}>
          <FailureNotice
            failure={failure}
            title="The list could not be read"
            actions={
              <Button small onClick={onRetry}>
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
