import type { SyncStatus } from '../../shared/sync/status.ts';
import { bridge } from '../bridge.ts';
import { clerkState } from '../identity/clerk.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { fullTime } from '../ui/time.ts';
import styles from './sync.module.css';

export interface SyncDetailsProps {
  status: SyncStatus;
  onSignIn: () => void;
  onSeeUnsynced: () => void;
  onSeeLog: () => void;
}

const SHOWN = 3;

/** The status at length: why, which notes, and what can be done about it. */
export function SyncDetails({ status, onSignIn, onSeeUnsynced, onSeeLog }: SyncDetailsProps) {
  const clerk = useStore(clerkState);
  const signedOut = status.state === 'needs-sign-in' || (clerk.kind === 'ready' && !clerk.userId);
  const { progress, setAside } = status;
  const unsynced = status.waiting + setAside.length;
  return (
    <>
      {status.state === 'off' && <p>Every edit is saved on this computer.</p>}
      {status.state === 'offline' && <p>Everything works; edits are sent when the server can be reached again.</p>}
      {progress && progress.total !== null && (
        <progress className={styles.bar} aria-label="Sync" value={progress.done} max={progress.total} />
      )}
      {status.failure && (
        <p>
          {status.failure.message} {status.failure.mend}
        </p>
      )}
      {status.syncedAt !== null && status.state !== 'off' && <p>Last synced: {fullTime(status.syncedAt)}</p>}
      {status.restored && (
        <p>
          On {fullTime(status.restored.at)} the server turned out to have lost changes to{' '}
          {status.restored.notes === 1 ? '1 note' : `${status.restored.notes} notes`}, as it does when it is restored
          from a backup. What this computer has of them is sent again; notes deleted since the backup may be back.
        </p>
      )}
      {setAside.length > 0 && (
        <ul className={styles.aside} aria-label="Notes that could not be synced">
          {setAside.slice(0, SHOWN).map((note) => (
            <li key={note.id}>
              <strong>{note.title || 'Untitled'}</strong>
              {note.failure.message} {note.failure.mend}
            </li>
          ))}
          {setAside.length > SHOWN && <li>and {setAside.length - SHOWN} more</li>}
        </ul>
      )}
      <div className={styles.actions}>
        {signedOut && (
          <Button small look="primary" onClick={onSignIn}>
            Sign in again
          </Button>
        )}
        {status.state !== 'off' && setAside.length === 0 && (
          <Button small onClick={() => void bridge.sync.now()} disabled={status.state === 'syncing'}>
            Sync now
          </Button>
        )}
        {setAside.length > 0 && (
          <Button small onClick={() => void bridge.sync.retry({ id: null })}>
            Try again
          </Button>
        )}
        {unsynced > 0 && (
          <Button small onClick={onSeeUnsynced}>
            Unsynced notes
          </Button>
        )}
        <Button small look="quiet" onClick={onSeeLog}>
          Sync log
        </Button>
      </div>
    </>
  );
}
