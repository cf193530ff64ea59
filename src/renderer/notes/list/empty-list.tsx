import { CloudDownload, Hash, NotebookText, SearchX, Trash2 } from 'lucide-react';
import { useStore } from '../../store.ts';
import { syncStatus } from '../../sync/sync-state.ts';
import { isFirstSync } from '../../sync/sync-status.ts';
import { keyName } from '../../ui/keys.ts';
import type { NotesView } from '../data/notes-view.ts';
import styles from './list.module.css';

/** Why the list is empty, and what would fill it. */
export function EmptyList({ view }: { view: NotesView }) {
  const { filter, hits, query } = useStore(view.state);
  const fetching = isFirstSync(useStore(syncStatus));
  const [Icon, title, text] = hits
    ? [SearchX, 'Nothing found', `No note has “${query.trim()}”. Try fewer or other words.`]
    : filter.kind === 'trash'
      ? [Trash2, 'The trash is empty', 'Deleted notes wait here until you delete them forever.']
      : filter.kind === 'tag'
        ? [Hash, 'No notes with this tag', 'Add the tag under a note’s title.']
        : fetching
          ? [CloudDownload, 'Looking for your notes', 'The newest come first. You can write meanwhile.']
          : [NotebookText, 'No notes yet', `Start one with “New note” or ${keyName('N')}.`];
  return (
    <div className={styles.empty}>
      <Icon size={26} strokeWidth={1.5} aria-hidden="true" />
      <strong>{title}</strong>
      <p>{text}</p>
    </div>
  );
}
