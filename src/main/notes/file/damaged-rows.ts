import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;

/** Between the readable ends of a table keys are tried one by one, until so many in a row are damaged. */
const KEYS_TRIED = 500_000;
const DAMAGED_IN_A_ROW = 2_000;

/** What `read` gives, or undefined when the damage is in its way. */
export function tolerant<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * Every row of a table that can be read: from the front up to the damage, from the back down to it, and between the two
 * key by key. `select` names the key `key`; `byKey` says that single keys can be looked up.
 */
export function probeRows(db: DatabaseSync, select: string, key: string, byKey: boolean): Row[] {
  const front: Row[] = [];
  if (scan(db, select, front)) return front;
  const back: Row[] = [];
  if (byKey) scan(db, `${select} ORDER BY ${key} DESC`, back);
  const from = Number(front.at(-1)?.key ?? 0) + 1;
  const to = Number(back.at(-1)?.key ?? from + KEYS_TRIED);
  const between: Row[] = [];
  const one = byKey ? tolerant(() => db.prepare(`${select} WHERE ${key} = ?`)) : undefined;
  let damaged = 0;
  for (let value = from; one && value < Math.min(to, from + KEYS_TRIED) && damaged < DAMAGED_IN_A_ROW; value++) {
    const row = tolerant(() => one.get(value) ?? null);
    damaged = row === undefined ? damaged + 1 : 0;
    if (row) between.push(row);
  }
  return [...front, ...between, ...back.reverse()];
}

/** Reads rows until the end (true) or until the damage (false). */
function scan(db: DatabaseSync, sql: string, rows: Row[]): boolean {
  try {
    for (const row of db.prepare(sql).iterate()) rows.push(row);
    return true;
  } catch {
    return false;
  }
}
