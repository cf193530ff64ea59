import { describe, expect, test } from 'vitest';
import { joinEntries, logDetail, logMatches, logSentence } from '../../../src/renderer/sync/log-words.ts';
import type { SyncLogEntry } from '../../../src/shared/sync/log.ts';

const entry = (change: Partial<SyncLogEntry> = {}): SyncLogEntry => ({
  entry: 1,
  at: 1_000,
  level: 'info',
  event: 'pulled',
  note: null,
  title: null,
  detail: {},
  ...change,
});

describe('the sync log in words', () => {
  test('an entry is a sentence, what it leaves out stands beside it', () => {
    const aside = entry({ event: 'set-aside', level: 'warning', detail: { code: 'too-large' } });
    expect(logSentence(entry({ detail: { notes: 1 } }))).toBe('Received 1 note');
    expect(logSentence(aside)).toBe('Set aside: the server refused it');
    const restored = entry({ event: 'restored', detail: { notes: 3 } });
    expect(logSentence(restored)).toBe('The server had lost changes to 3 notes, so they are sent again');
    expect(logSentence(entry({ event: 'missed', detail: { notes: 1 } }))).toBe(
      'Received 1 note that had been passed over',
    );
    expect(logDetail(aside)).toBe('code too-large');
    expect(logDetail(entry({ detail: { notes: 12 } }))).toBe('');
  });

  test('an event that nobody put into words is shown by its name, with all it holds', () => {
    const unknown = entry({ event: 'token-renewed', detail: { notes: 2, code: null } });
    expect(logSentence(unknown)).toBe('Token renewed');
    expect(logDetail(unknown)).toBe('notes 2');
  });

  test('filters by level, by note and by words of the sentence, the title and the details', () => {
    const error = entry({ level: 'error', event: 'unreadable', note: '7', title: 'Plum jam', detail: { ts: 17 } });
    const all = { level: 'all', text: '', note: null } as const;
    expect(logMatches(error, { ...all, level: 'errors' })).toBe(true);
    expect(logMatches(entry({ level: 'warning' }), { ...all, level: 'errors' })).toBe(false);
    expect(logMatches(entry({ level: 'warning' }), { ...all, level: 'problems' })).toBe(true);
    expect(logMatches(entry(), { ...all, level: 'problems' })).toBe(false);
    expect(logMatches(error, { ...all, note: '7' })).toBe(true);
    expect(logMatches(entry(), { ...all, note: '7' })).toBe(false);
    expect(logMatches(error, { ...all, text: 'JAM read' })).toBe(true);
    expect(logMatches(error, { ...all, text: 'jam bread' })).toBe(false);
  });

  test('readings that overlap become one list, the newest first', () => {
    const numbers = (...all: number[]) => all.map((number) => entry({ entry: number }));
    expect(joinEntries(numbers(4, 3), numbers(5, 4, 2)).map((one) => one.entry)).toEqual([5, 4, 3, 2]);
  });
});
