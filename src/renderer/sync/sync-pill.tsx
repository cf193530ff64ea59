import { Popover } from '@base-ui/react/popover';
import { CloudAlert, CloudCheck, CloudOff, type LucideIcon, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { SyncStatus } from '../../shared/sync/status.ts';
import { bridge } from '../bridge.ts';
import { clerkState } from '../identity/clerk.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import styles from './sync.module.css';
import { type SyncTone, syncTone, syncWords } from './sync-status.ts';

const icons: Record<SyncTone, LucideIcon> = { good: CloudCheck, busy: RefreshCw, quiet: CloudOff, warn: CloudAlert };

/** Where the notes stand with the server, in the footer; more about it when opened. */
export function SyncPill({ onSignIn }: { onSignIn: () => void }) {
  const [status, setStatus] = useState<SyncStatus | null>(null);
  const [, tick] = useState(0);
  const clerk = useStore(clerkState);

  useEffect(() => {
    void bridge.sync.status().then((answer) => answer.ok && setStatus((known) => known ?? answer.value));
    const stop = bridge.on('sync.changed', setStatus);
    const minute = setInterval(() => tick((count) => count + 1), 60_000);
    return () => {
      stop();
      clearInterval(minute);
    };
  }, []);

  if (!status) return <span role="status" aria-label="Sync" />;
  const tone = syncTone(status);
  const Icon = icons[tone];
  const signedOut = status.state === 'needs-sign-in' || (clerk.kind === 'ready' && !clerk.userId);
  return (
    <Popover.Root>
      <span role="status" aria-label="Sync">
        <Popover.Trigger className={`${styles.pill} ${styles[tone]}`}>
          <Icon size={14} aria-hidden="true" />
          {syncWords(status)}
        </Popover.Trigger>
      </span>
      <Popover.Portal>
        <Popover.Positioner side="top" align="start" sideOffset={8} className={styles.positioner}>
          <Popover.Popup className={styles.popup}>
            <Popover.Title className={styles.title}>{syncWords(status)}</Popover.Title>
            {status.state === 'off' && <p>Every edit is saved on this computer.</p>}
            {status.failure && (
              <p>
                {status.failure.message} {status.failure.mend}
              </p>
            )}
            {status.setAside.length > 0 && (
              <ul className={styles.aside}>
                {status.setAside.map((note) => (
                  <li key={note.id}>
                    <strong>{note.title || 'Untitled'}</strong>
                    {note.failure.message} {note.failure.mend}
                  </li>
                ))}
              </ul>
            )}
            <div className={styles.actions}>
              {signedOut && (
                <Button small look="primary" onClick={onSignIn}>
                  Sign in again
                </Button>
              )}
              {status.state !== 'off' && (
                <Button small onClick={() => void bridge.sync.now()} disabled={status.state === 'syncing'}>
                  Sync now
                </Button>
              )}
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
