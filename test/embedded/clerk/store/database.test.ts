import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../../src/embedded/clerk/store/database.ts';
import { migrations } from '../../../../src/embedded/clerk/store/migrations.ts';
import { one, run, transact } from '../../../../src/embedded/clerk/store/query.ts';
import { temporaryFolder, testClerk } from '../support/test-clerk.ts';

test('a new file is durable, private and at the newest version', () => {
  const folder = join(temporaryFolder(), 'deep', 'er');
  const database = openDatabase(join(folder, 'clerk.db'));
  expect(database.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
  expect(database.prepare('PRAGMA synchronous').get()).toMatchObject({ synchronous: 2 });
  expect(database.prepare('PRAGMA foreign_keys').get()).toMatchObject({ foreign_keys: 1 });
  expect(database.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: migrations.length });
  if (process.platform !== 'win32') {
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
  }
  database.close();
});

test('a file that is no database is refused in plain words and left as it is', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'clerk.db');
  writeFileSync(file, 'these are my notes, not a database at all, and they must not be lost');
  await expect(testClerk({ folder })).rejects.toMatchObject({
    failure: { code: 'clerk-database-unreadable', mend: expect.stringContaining(file) },
  });
  expect(readFileSync(file, 'utf8')).toContain('these are my notes');
});

test('a file of a newer Burrow is refused and left as it is', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'clerk.db');
  const newer = new DatabaseSync(file);
  newer.exec('CREATE TABLE future (x); PRAGMA user_version = 999;');
  newer.close();
  await expect(testClerk({ folder })).rejects.toMatchObject({ failure: { code: 'clerk-database-newer' } });
  const after = new DatabaseSync(file);
  expect(after.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: 999 });
  after.close();
});

test('a transaction that fails leaves nothing behind, and one inside another joins it', () => {
  const database = openDatabase(join(temporaryFolder(), 'clerk.db'));
  const add = (url: string) => run(database, 'INSERT INTO redirect_urls VALUES (?, ?, 1, 1)', url, url);
  expect(() =>
    transact(database, () => {
      add('a');
      transact(database, () => add('b'));
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(one(database, 'SELECT count(*) AS count FROM redirect_urls')).toMatchObject({ count: 0 });
  transact(database, () => add('c'));
  expect(one(database, 'SELECT count(*) AS count FROM redirect_urls')).toMatchObject({ count: 1 });
  database.close();
});
