import { useStore } from '../store.ts';
import { syncStatus } from '../sync/sync-state.ts';
import { syncWords } from '../sync/sync-status.ts';
import { Button } from '../ui/button.tsx';
import styles from './settings.module.css';

export function SyncCard({ onSeeLog, onSeeUnsynced }: { onSeeLog: () => void; onSeeUnsynced: () => void }) {
  const status = useStore(syncStatus);
  return (
    <section className={styles.card} aria-labelledby="sync-heading">
      <h2 id="sync-heading">Sync</h2>
      <div className={styles.account}>
        <p className={styles.who}>
          <span>{status ? `${syncWords(status)}.` : 'Every edit is saved on this computer.'}</span>
        </p>
        <Button small onClick={onSeeUnsynced}>
          Unsynced notes
        </Button>
        <Button small onClick={onSeeLog}>
          Sync log
        </Button>
      </div>
    </section>
  );
}
