import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import type { SyncLogEntry } from '../../shared/sync/log.ts';
import { bridge } from '../bridge.ts';
import { joinEntries } from './log-words.ts';

const PAGE = 200;

/** The log as far as it has been read; new entries come in at the top while it is in view. */
export function useSyncLog() {
  const [entries, setEntries] = useState<SyncLogEntry[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  /** True when the oldest entry has been read. */
  const [complete, setComplete] = useState(false);
  const reading = useRef(false);

  const read = useCallback(async (before: number | null) => {
    if (reading.current) return;
    reading.current = true;
    const answer = await bridge.sync.log({ limit: PAGE, before });
    reading.current = false;
    setFailure(answer.ok ? null : answer.failure);
    if (!answer.ok) return;
    setEntries((known) => joinEntries(known ?? [], answer.value));
    if (answer.value.length < PAGE) setComplete(true);
  }, []);

  useEffect(() => {
    void read(null);
    return bridge.on('sync.changed', () => void read(null));
  }, [read]);

  const oldest = entries?.at(-1)?.entry ?? null;
  return { entries, failure, complete, readOlder: () => void read(oldest) };
}
