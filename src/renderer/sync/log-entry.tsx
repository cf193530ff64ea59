import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { SyncLogEntry } from '../../shared/sync/log.ts';
import { fullTime } from '../ui/time.ts';
import styles from './log.module.css';
import { logDetail, logSentence } from './log-words.ts';

const icons = { info: Info, warning: TriangleAlert, error: CircleAlert };
const names = { info: 'Information', warning: 'Warning', error: 'Error' };

export const LogEntry = memo(function LogEntry({
  entry,
  onOnly,
}: {
  entry: SyncLogEntry;
  onOnly: (note: string) => void;
}) {
  const Icon = icons[entry.level];
  const { note } = entry;
  const detail = logDetail(entry);
  return (
    <li className={`${styles.entry} selectable`} data-level={entry.level}>
      <Icon size={15} role="img" aria-label={names[entry.level]} />
      <time dateTime={new Date(entry.at).toISOString()}>{fullTime(entry.at)}</time>
      <span className={styles.what}>
        {logSentence(entry)}
        {detail && <span className={styles.detail}>{detail}</span>}
      </span>
      {note && (
        <button type="button" className={styles.about} onClick={() => onOnly(note)}>
          <span className="visually-hidden">Only entries about </span>
          {entry.title || 'Untitled'}
        </button>
      )}
    </li>
  );
});
