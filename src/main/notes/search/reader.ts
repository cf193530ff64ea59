import type { DatabaseSync } from 'node:sqlite';
import type { SearchHit } from './door.ts';
import { parseQuery } from './query.ts';
import { makeSnippet } from './snippet.ts';

const HITS = 50;
/** Up to this many matches are ranked by how well they match; of more, the newest are shown. */
const RANKED = 400;

/** Answers queries from the index; ids and texts come from the notes. */
export function createReader(notes: DatabaseSync, index: DatabaseSync): (query: string) => SearchHit[] {
  const newest = index.prepare('SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?');
  const best = index.prepare('SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, 10, 1, 4) LIMIT ?');
  const note = index.prepare('SELECT nr FROM rows WHERE row = ?');
  const text = notes.prepare('SELECT n.id, t.body FROM notes n JOIN texts t ON t.nr = n.nr WHERE n.nr = ?');
  const rowids = (rows: Record<string, unknown>[]): number[] => rows.map((row) => Number(row.rowid));

  const matches = (match: string): number[] => {
    const found = rowids(newest.all(match, RANKED + 1));
    if (found.length <= RANKED) return rowids(best.all(match, HITS));
    // A broad query: notes that have it in their title first, then the others, the newest first.
    return [...new Set([...rowids(newest.all(`title : (${match})`, HITS)), ...found])].slice(0, HITS);
  };

  return (typed) => {
    const query = parseQuery(typed);
    if (!query) return [];
    return matches(query.match).flatMap((row) => {
      const found = text.get(Number(note.get(row)?.nr));
      return found ? [{ id: String(found.id), snippet: makeSnippet(String(found.body), query) }] : [];
    });
  };
}
