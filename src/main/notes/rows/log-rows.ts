import type { StoreFile } from '../file/store-file.ts';

export interface LogEntry {
  entry: number;
  at: number;
  level: 'info' | 'warning' | 'error';
  /** Kebab-case: what tests, filters and the screen switch on. */
  event: string;
  /** The id of the note it is about. */
  note: string | null;
  /** Never holds what a note says, nor a token. */
  detail: Record<string, string | number | boolean | null>;
}

export type NewLogEntry = Pick<LogEntry, 'event'> & Partial<Pick<LogEntry, 'level' | 'note' | 'detail'>>;

const ENTRIES_KEPT = 5_000;

export function appendLog(file: StoreFile, at: number, entry: NewLogEntry): void {
  const { lastInsertRowid } = file
    .prepare('INSERT INTO sync_log (at, level, event, note, detail) VALUES (?, ?, ?, ?, ?)')
    .run(at, entry.level ?? 'info', entry.event, entry.note ?? null, JSON.stringify(entry.detail ?? {}));
  file.prepare('DELETE FROM sync_log WHERE entry <= ?').run(Number(lastInsertRowid) - ENTRIES_KEPT);
}

/** The newest first. `before` (an entry's number) pages back. */
export function readLog(file: StoreFile, limit: number, before = Number.MAX_SAFE_INTEGER): LogEntry[] {
  return file
    .prepare('SELECT * FROM sync_log WHERE entry < ? ORDER BY entry DESC LIMIT ?')
    .all(before, limit)
    .map((row) => ({ ...row, detail: JSON.parse(String(row.detail)) }) as unknown as LogEntry);
}
