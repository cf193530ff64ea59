import { Popover } from '@base-ui/react/popover';
import { CloudAlert, CloudCheck, CloudOff, type LucideIcon, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from '../store.ts';
import styles from './sync.module.css';
import { SyncDetails, type SyncDetailsProps } from './sync-details.tsx';
import { syncStatus } from './sync-state.ts';
import { type SyncTone, syncTone, syncWords } from './sync-status.ts';

const icons: Record<SyncTone, LucideIcon> = { good: CloudCheck, busy: RefreshCw, quiet: CloudOff, warn: CloudAlert };

/** Where the notes stand with the server, in the footer; more about it when opened. */
export function SyncPill(actions: Omit<SyncDetailsProps, 'status'>) {
  const status = useStore(syncStatus);
  const [open, setOpen] = useState(false);
  const [, tick] = useState(0);

  useEffect(() => {
    const minute = setInterval(() => tick((count) => count + 1), 60_000);
    return () => clearInterval(minute);
  }, []);

  if (!status) return <span role="status" aria-label="Sync" />;
  const tone = syncTone(status);
  const Icon = icons[tone];
  /** Whatever leads elsewhere closes the popover first. */
  const leaving = (action: () => void) => () => {
    setOpen(false);
    action();
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <span role="status" aria-label="Sync" data-state={status.state}>
        <Popover.Trigger className={`${styles.pill} ${styles[tone]}`}>
          <Icon size={14} aria-hidden="true" />
          {syncWords(status)}
        </Popover.Trigger>
      </span>
      <Popover.Portal>
        <Popover.Positioner side="top" align="start" sideOffset={8} className={styles.positioner}>
          <Popover.Popup className={styles.popup}>
            <Popover.Title className={styles.title}>{syncWords(status)}</Popover.Title>
            <SyncDetails
              status={status}
              onSignIn={leaving(actions.onSignIn)}
              onSeeUnsynced={leaving(actions.onSeeUnsynced)}
              onSeeLog={leaving(actions.onSeeLog)}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
