import { ArrowLeft, Search, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import { bridge } from '../bridge.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { FailureNotice, Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import styles from './log.module.css';
import { LogEntry } from './log-entry.tsx';
import { type LogFilter, logMatches } from './log-words.ts';
import { useSyncLog } from './use-sync-log.ts';

const levels = [
  { value: 'all', label: 'Everything' },
  { value: 'problems', label: 'Problems' },
  { value: 'errors', label: 'Errors' },
] as const;

/** What the sync did, entry by entry, kept over restarts. It never holds what a note says. */
export function SyncLogScreen({ onBack, onOpen }: { onBack: () => void; onOpen: (id: string) => void }) {
  const { entries, failure, complete, readOlder } = useSyncLog();
  const [filter, setFilter] = useState<LogFilter>({ level: 'all', text: '', note: null });
  const shown = useMemo(() => entries?.filter((entry) => logMatches(entry, filter)) ?? [], [entries, filter]);
  const about = filter.note && entries?.find(({ note }) => note === filter.note);

  return (
    <Page title="Sync log" lead="What was sent and received, and what went wrong. Kept on this computer.">
      <div className={styles.bar}>
        <Button small look="quiet" onClick={onBack}>
          <ArrowLeft size={15} aria-hidden="true" /> Settings
        </Button>
        <Choice
          label="Level"
          value={filter.level}
          options={levels}
          onChoose={(level) => setFilter({ ...filter, level })}
        />
        <label className={styles.search}>
          <Search size={15} aria-hidden="true" />
          <input
            type="search"
            aria-label="Filter the log"
            placeholder="Filter by text or note"
            value={filter.text}
            onChange={(event) => setFilter({ ...filter, text: event.target.value })}
          />
        </label>
        <ExportLog />
      </div>
      {about && (
        <div className={styles.only}>
          Only about “{about.title || 'Untitled'}”
          <Button small look="quiet" onClick={() => onOpen(about.note ?? '')}>
            Open the note
          </Button>
          <Button small look="quiet" onClick={() => setFilter({ ...filter, note: null })}>
            <X size={14} aria-hidden="true" /> Show all notes
          </Button>
        </div>
      )}
      {failure && <FailureNotice failure={failure} title="The log could not be read" />}
      <ol className={styles.entries} aria-label="Sync log entries">
        {shown.map((entry) => (
          <LogEntry key={entry.entry} entry={entry} onOnly={(note) => setFilter({ ...filter, note })} />
        ))}
      </ol>
      {entries && shown.length === 0 && (
        <p className={styles.none}>
          {entries.length === 0 ? 'Nothing yet. Entries appear once Burrow syncs.' : 'No entry matches.'}
        </p>
      )}
      {entries && entries.length > 0 && !complete && (
        <Button className={styles.older} onClick={readOlder}>
          Show older entries
        </Button>
      )}
      <span className="visually-hidden" role="status">
        {entries ? `${shown.length} entries` : ''}
      </span>
    </Page>
  );
}

function ExportLog() {
  const [done, setDone] = useState<{ file: string } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async () => {
    const answer = await bridge.sync.exportLog();
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) setDone(answer.value);
  };
  return (
    <>
      <Button small onClick={() => void run()}>
        Export log…
      </Button>
      {(done || failure) && (
        <div className={styles.exported}>
          {failure && <FailureNotice failure={failure} title="The log was not exported" />}
          {done && !failure && <Notice tone="good">The log is in {done.file}, with private data masked.</Notice>}
        </div>
      )}
    </>
  );
}
