import type { SyncLogEntry } from '../../shared/sync/log.ts';

const count = (number: unknown) => (number === 1 ? '1 note' : `${number} notes`);

/** Sentences for what the engine writes down; an event that is not here is shown by its own name. */
const sentences: Record<string, (detail: SyncLogEntry['detail']) => string> = {
  pushed: ({ notes }) => `Sent ${count(notes)}`,
  pulled: ({ notes, outcome }) => (notes === undefined ? `Received: ${outcomes(outcome)}` : `Received ${count(notes)}`),
  'first-sync': ({ notes }) => `First sync done: ${count(notes)}`,
  'deleted-elsewhere': ({ notes }) => `${count(notes)} deleted on another device`,
  missed: ({ notes }) => `Received ${count(notes)} that had been passed over`,
  restored: ({ notes }) => `The server had lost changes to ${count(notes)}, so they are sent again`,
  'set-aside': () => 'Set aside: the server refused it',
  unreadable: () => 'Received a note that could not be read',
  malformed: () => 'Received a note that is not one',
  live: () => 'Live: changes arrive at once',
  polling: () => 'Not live: asking for changes from time to time',
  online: () => 'The server can be reached again',
  offline: () => 'The server cannot be reached',
  'needs-sign-in': () => 'Needs a new sign-in',
  failed: () => 'Sync failed',
};

const results: Record<string, string> = {
  conflict: 'both devices changed the same line',
  foreign: 'another program changed it',
  parked: 'a newer Burrow wrote it',
  purged: 'deleted on another device',
  'kept-edit': 'deleted on another device, kept for the edit made here',
};
const outcomes = (outcome: unknown) => results[String(outcome)] ?? humanise(String(outcome));
const humanise = (name: string) => name.replaceAll('-', ' ');

/** What happened, as a sentence. */
export function logSentence(entry: SyncLogEntry): string {
  const words = sentences[entry.event]?.(entry.detail) ?? humanise(entry.event);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the sentence leaves out, such as a code: `code permission-denied · ts 17`. */
export function logDetail(entry: SyncLogEntry): string {
  const said = new Set(['notes', 'outcome']);
  return Object.entries(entry.detail)
    .filter(([key, value]) => value !== null && !(said.has(key) && entry.event in sentences))
    .map(([key, value]) => `${humanise(key)} ${value}`)
    .join(' · ');
}

export type LevelFilter = 'all' | 'problems' | 'errors';
export interface LogFilter {
  level: LevelFilter;
  text: string;
  /** Only entries about this note. */
  note: string | null;
}

/** Whether an entry is shown: every word of the text occurs in it somewhere, whatever the case. */
export function logMatches(entry: SyncLogEntry, filter: LogFilter): boolean {
  if (filter.level === 'errors' && entry.level !== 'error') return false;
  if (filter.level === 'problems' && entry.level === 'info') return false;
  if (filter.note !== null && entry.note !== filter.note) return false;
  const words = filter.text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const parts = [logSentence(entry), logDetail(entry), entry.event, entry.title ?? '', entry.note ?? ''];
  const all = parts.join(' ').toLocaleLowerCase();
  return words.every((word) => all.includes(word));
}

/** Entries of two readings as one list, the newest first, none twice. */
export const joinEntries = (a: readonly SyncLogEntry[], b: readonly SyncLogEntry[]): SyncLogEntry[] =>
  [...new Map([...a, ...b].map((entry) => [entry.entry, entry])).values()].sort((x, y) => y.entry - x.entry);
