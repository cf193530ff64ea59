import { DatabaseSync } from 'node:sqlite';
import type { SearchHit } from './door.ts';
import { parseQuery } from './query.ts';
import { makeSnippet } from './snippet.ts';

const HITS = 50;
/** Up to this many matches are ranked by how well they match; of more, the newest are shown. */
const RANKED = 400;

export interface SearchReader {
  search(query: string): SearchHit[];
  /** Looks at every page of the file: seconds in a large one. Null when all is well, else what SQLite found. */
  check(): string | null;
  close(): void;
}

/** A read-only connection of its own, so that a long search neither waits for a save nor delays one. */
export function openReader(path: string): SearchReader {
  const db = new DatabaseSync(path, { readOnly: true });
  db.exec('PRAGMA busy_timeout = 2000; PRAGMA cache_size = -16384;');
  const newest = db.prepare('SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?');
  const best = db.prepare('SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search, 10, 1, 4) LIMIT ?');
  const text = db.prepare(
    'SELECT n.id, s.body FROM notes n JOIN search s ON s.rowid = n.search_row WHERE n.search_row = ?',
  );
  const rowids = (rows: Record<string, unknown>[]): number[] => rows.map((row) => Number(row.rowid));

  const matches = (match: string): number[] => {
    const found = rowids(newest.all(match, RANKED + 1));
    if (found.length <= RANKED) return rowids(best.all(match, HITS));
    // A broad query: notes that have it in their title first, then the others, the newest first.
    return [...new Set([...rowids(newest.all(`title : (${match})`, HITS)), ...found])].slice(0, HITS);
  };

  return {
    search(typed) {
      const query = parseQuery(typed);
      if (!query) return [];
      return matches(query.match).flatMap((row) => {
        const found = text.get(row);
        return found ? [{ id: String(found.id), snippet: makeSnippet(String(found.body), query) }] : [];
      });
    },
    check() {
      const first = db.prepare('PRAGMA quick_check').get()?.quick_check;
      return first === 'ok' ? null : String(first);
    },
    close: () => {
      if (db.isOpen) db.close();
    },
  };
}
