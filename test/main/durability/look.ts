import { DatabaseSync } from 'node:sqlite';
import { openNotes } from '../../../src/main/notes/open-notes.ts';
import { readLines } from './lines.ts';

/** What one process had acknowledged when it was killed. */
export interface Acknowledged {
  round: number;
  /** Null: it was killed before its note was acknowledged. */
  note: string | null;
  /** The last line. */
  line: number;
}

/** Everything that is wrong with the file after a kill, in words; empty when it keeps its promises. */
export const look = async (file: string, account: string, rounds: readonly Acknowledged[]): Promise<string[]> => {
  const wrong: string[] = [];
  const store = openNotes({ file, account, device: 'the one who looks' });
  try {
    for (const notice of store.notices) wrong.push(`opening said: ${notice.message}`);
    for (const { round, note, line } of rounds) {
      if (note === null) continue;
      const [summary] = store.summaries([note]);
      if (!summary) {
        wrong.push(`round ${round}: its note is missing`);
        continue;
      }
      const body = store.body(note);
      const lines = readLines(body, round);
      if (!lines) wrong.push(`round ${round}: half a save in ${JSON.stringify(body.slice(-200))}`);
      // One more than acknowledged may be in: it was saved, and killed before it could say so.
      else if (lines.length < line || lines.length > line + 1 || lines.some((number, at) => number !== at + 1))
        wrong.push(`round ${round}: ${line} lines were acknowledged, ${lines.length} are there`);
      if (line > 0 && !(await store.search(`"line ${line} of round ${round}"`)).some(({ id }) => id === note))
        wrong.push(`round ${round}: its last line is not found by searching`);
      if (line > 0 && summary.title !== body.split('\n')[0])
        wrong.push(`round ${round}: the list says ${JSON.stringify(summary.title)}`);
    }
  } finally {
    await store.close();
  }
  const database = new DatabaseSync(file, { readOnly: true });
  // Looks at the search index, too.
  const check = String(database.prepare('PRAGMA integrity_check').get()?.integrity_check);
  database.close();
  if (check !== 'ok') wrong.push(`SQLite says: ${check}`);
  return wrong;
};
