import { CloudAlert, CloudUpload } from 'lucide-react';
import type { NoteSummary } from '../../shared/notes/note.ts';
import type { SetAsideNote } from '../../shared/sync/status.ts';
import { bridge } from '../bridge.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import styles from './sync.module.css';
import { syncStatus } from './sync-state.ts';

interface Props {
  notes: readonly NoteSummary[];
  /** Shown as a button when given. */
  onOpen?: (id: string) => void;
}

/** Notes whose last edits are only on this computer: which, and why if the server refused them. */
export function UnsyncedNotes({ notes, onOpen }: Props) {
  const status = useStore(syncStatus);
  return (
    <ul className={styles.notes} aria-label="Notes that are not synced">
      {notes.map((note) => (
        <Unsynced
          key={note.id}
          note={note}
          aside={status?.setAside.find(({ id }) => id === note.id)}
          {...(onOpen ? { onOpen } : {})}
        />
      ))}
    </ul>
  );
}

interface UnsyncedProps {
  note: NoteSummary;
  aside: SetAsideNote | undefined;
  onOpen?: (id: string) => void;
}

function Unsynced({ note, aside, onOpen }: UnsyncedProps) {
  const title = note.title || 'Untitled';
  const Icon = note.sync === 'set-aside' ? CloudAlert : CloudUpload;
  return (
    <li className={styles.unsynced}>
      <Icon size={16} aria-hidden="true" className={note.sync === 'set-aside' ? styles.alert : undefined} />
      <div className={styles.what}>
        <strong>{title}</strong>
        <span>
          {aside
            ? `${aside.failure.message} ${aside.failure.mend ?? ''}`
            : note.sync === 'set-aside'
              ? 'Could not be synced'
              : 'Waiting to be synced'}
        </span>
      </div>
      {note.sync === 'set-aside' && (
        <Button small aria-label={`Try again to sync ${title}`} onClick={() => void bridge.sync.retry({ id: note.id })}>
          Try again
        </Button>
      )}
      {onOpen && (
        <Button small aria-label={`Open ${title}`} onClick={() => onOpen(note.id)}>
          Open
        </Button>
      )}
    </li>
  );
}
