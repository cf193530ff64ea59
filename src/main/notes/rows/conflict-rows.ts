import type { StoreFile } from '../file/store-file.ts';

/** The two texts of a note that changed the same line. The last one counts; earlier ones are among the versions. */
export interface Conflict {
  at: number;
  mine: string;
  theirs: string;
}

export function keepConflict(file: StoreFile, nr: number, conflict: Conflict): void {
  file
    .prepare('INSERT OR REPLACE INTO conflicts (nr, at, mine, theirs) VALUES (?, ?, ?, ?)')
    .run(nr, conflict.at, conflict.mine, conflict.theirs);
}

export function findConflict(file: StoreFile, nr: number): Conflict | null {
  const row = file.prepare('SELECT at, mine, theirs FROM conflicts WHERE nr = ?').get(nr);
  return (row as unknown as Conflict | undefined) ?? null;
}

export function forgetConflict(file: StoreFile, nr: number): boolean {
  return Number(file.prepare('DELETE FROM conflicts WHERE nr = ?').run(nr).changes) > 0;
}
