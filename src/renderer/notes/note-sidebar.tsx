import { Hash, type LucideIcon, NotebookText, SquarePen, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import type { NoteSummary } from '../../shared/notes/note.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Hint } from '../ui/hint.tsx';
import { keyName } from '../ui/keys.ts';
import { countTags, type NoteFilter, sameFilter } from './data/note-list.ts';
import type { NotesView } from './data/notes-view.ts';
import styles from './note-sidebar.module.css';

/** Which notes to show: all of them, those with a tag, the trash. */
export function NoteSidebar({ notes, view }: { notes: readonly NoteSummary[]; view: NotesView }) {
  const tags = useMemo(() => countTags(notes), [notes]);
  const kept = useMemo(() => notes.filter((note) => note.trashedAt === null).length, [notes]);
  return (
    <aside className={styles.sidebar} aria-label="Filters">
      <Hint text="New note" keys={keyName('N')}>
        <Button look="primary" className={styles.create} onClick={() => void view.create()}>
          <SquarePen size={16} aria-hidden="true" />
          New note
        </Button>
      </Hint>
      <ul className={styles.group}>
        <FilterItem view={view} filter={{ kind: 'all' }} label="All notes" count={kept} Icon={NotebookText} />
        <FilterItem view={view} filter={{ kind: 'trash' }} label="Trash" count={notes.length - kept} Icon={Trash2} />
      </ul>
      {tags.length > 0 && (
        <>
          <h2 className={styles.heading} id="tags-heading">
            Tags
          </h2>
          <ul className={styles.tags} aria-labelledby="tags-heading">
            {tags.map(({ tag, count }) => (
              <FilterItem key={tag} view={view} filter={{ kind: 'tag', tag }} label={tag} count={count} Icon={Hash} />
            ))}
          </ul>
        </>
      )}
    </aside>
  );
}

interface ItemProps {
  view: NotesView;
  filter: NoteFilter;
  label: string;
  count: number;
  Icon: LucideIcon;
}

function FilterItem({ view, filter, label, count, Icon }: ItemProps) {
  const current = sameFilter(useStore(view.state).filter, filter);
  return (
    <li>
      <button
        type="button"
        className={styles.item}
        aria-current={current || undefined}
        onClick={() => view.show(filter)}
      >
        <Icon size={16} strokeWidth={1.8} aria-hidden="true" />
        <span className={styles.label}>{label}</span>
        {count > 0 && (
          <span className={styles.count} aria-hidden="true">
            {count.toLocaleString()}
          </span>
        )}
      </button>
    </li>
  );
}
