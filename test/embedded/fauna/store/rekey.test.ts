/** From format 3 to 4: entries are where strings are now, whatever ends the step in its middle. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { brotliDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../../src/embedded/fauna/store/open.ts';
import { document, type Json, match, object } from '../raw.ts';
import { openRepeatable, QUERIES, TEXTS } from './format-3.ts';

const FORMAT_3 = brotliDecompressSync(readFileSync(join(import.meta.dirname, 'format-3.db.br')));

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'burrow-rekey-'));
  file = join(folder, 'fauna.db');
  writeFileSync(file, FORMAT_3);
});
afterEach(() => rmSync(folder, { recursive: true }));

const rows = (of: string, sql = 'SELECT * FROM entries ORDER BY scope, idx, terms, position, added'): string[] => {
  const database = new DatabaseSync(of);
  const statement = database.prepare(sql);
  statement.setReadBigInts(true);
  const found = statement.all().map((row) =>
    Object.values(row)
      .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value)))
      .join(' '),
  );
  database.close();
  return found;
};
const migrate = (): void => openDatabase(file).close();
const SOURCE = join(import.meta.dirname, '../../../../src/embedded/fauna/store');

/** What a file has that was written in the new format from the start. */
async function written(): Promise<string[]> {
  const fresh = join(folder, 'fresh.db');
  const fauna = openRepeatable(fresh);
  for (const query of QUERIES) await fauna.ask(query);
  await fauna.close();
  return rows(fresh);
}

describe('the entries of a file of format 3', () => {
  it('become those of a file that was written in the new format', async () => {
    const before = rows(file);
    migrate();
    const after = rows(file);
    expect(after).toEqual(await written());
    const unchanged = new Set(before);
    expect(after.filter((row) => !unchanged.has(row)).length).toBeGreaterThan(300);
    expect(after.filter((row) => unchanged.has(row)).length).toBeGreaterThan(100);
    expect(rows(file, 'PRAGMA integrity_check')).toEqual(['ok']);
  });

  it('are found, ended and refused as before', async () => {
    const fauna = openRepeatable(file);
    const page = async (set: Json): Promise<Json[]> =>
      ((await fauna.ask({ paginate: set, size: 1000 })) as { data: Json[] }).data;
    for (const [at, text] of TEXTS.entries()) {
      if (at < 3) continue;
      expect(await page(match('by_text', text))).toHaveLength(1);
      expect(await fauna.ask({ create: { collection: 'notes' }, params: object({ data: object({ text }) }) })).toBe(
        'instance not unique',
      );
    }
    for (const at of TEXTS.keys()) await fauna.ask({ delete: document('notes', String(at + 1)) });
    for (const name of ['sorted', 'descending']) expect(await page(match(name))).toEqual([]);
    await fauna.close();
    expect(rows(file, `SELECT * FROM entries WHERE removed = 9223372036854775807 AND idx > 100`)).toEqual([]);
  });

  it('are in the order in which strings compare', async () => {
    const fauna = openRepeatable(file);
    const page = async (name: string): Promise<Json[]> =>
      ((await fauna.ask({ paginate: match(name), size: 1000 })) as { data: [Json, Json][] }).data.map(([text]) => text);
    const up = (await page('sorted')).filter((text) => text !== null);
    expect((await page('descending')).filter((text) => text !== null)).toEqual(up.toReversed());
    for (const [at, text] of up.slice(1).entries()) expect(await fauna.ask({ lt: [up[at] as Json, text] })).toBe(true);
    expect(up.slice(0, 9)).toMatchInlineSnapshot(`
      [
        "",
        "-hyphen",
        "—dash",
        "'single'",
        ""plain"",
        "“quoted”",
        "👨‍👩‍👧",
        "😀 smile",
        "$5",
      ]
    `);
    await fauna.close();
  });
});

describe('the step', () => {
  it('leaves the file as it was when the process ends before the commit', async () => {
    const before = rows(file);
    const script = `
      import { DatabaseSync } from 'node:sqlite';
      import { rekeyStrings } from ${JSON.stringify(join(SOURCE, 'rekey.ts'))};
      const database = new DatabaseSync(${JSON.stringify(file)});
      database.exec('PRAGMA cache_size = 1; BEGIN IMMEDIATE');
      rekeyStrings(database);
      database.exec('PRAGMA user_version = 4');
      process.kill(process.pid, 'SIGKILL');`;
    const ended = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
    expect(ended.signal).toBe('SIGKILL');
    expect(rows(file, 'PRAGMA user_version')).toEqual(['3']);
    expect(rows(file)).toEqual(before);
    migrate();
    expect(rows(file)).toEqual(await written());
  });

  it('is undone when it fails', () => {
    const before = rows(file);
    const database = new DatabaseSync(file);
    database.exec(`CREATE TRIGGER stop BEFORE UPDATE ON entries WHEN NEW.idx > 100 AND NEW.added > 0 AND NEW.id = 20
      BEGIN SELECT RAISE(ABORT, 'no'); END`);
    database.close();
    expect(migrate).toThrow('no');
    expect(rows(file, 'PRAGMA user_version')).toEqual(['3']);
    expect(rows(file)).toEqual(before);
  });
});
