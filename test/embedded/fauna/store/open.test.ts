import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../../../src/embedded/fauna/store/migrations.ts';
import { openDatabase, StoreError } from '../../../../src/embedded/fauna/store/open.ts';
import { Store } from '../../../../src/embedded/fauna/store/store.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'burrow-store-'));
  file = join(folder, 'fauna.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const contents = (): string[] =>
  readdirSync(folder).map((name) => {
    const hash = createHash('sha256').update(readFileSync(join(folder, name)));
    return `${name} ${hash.digest('hex')}`;
  });

const sqlite = (sql: string): void => {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
};

it('keeps the snapshot of a reader while the file is written to', () => {
  const writer = openDatabase(file);
  const put = (text: string): void => {
    writer.exec('BEGIN; DELETE FROM documents');
    const insert = writer.prepare('INSERT INTO documents VALUES (1, 1, ?, 1, 0, ?)');
    for (let id = 0; id < 200; id += 1) insert.run(id, Buffer.from(text.repeat(3000)));
    writer.exec('COMMIT');
    // Into the file itself, as far as nobody still reads what was there.
    writer.exec('PRAGMA wal_checkpoint(PASSIVE)');
  };
  put('a');
  const reader = openDatabase(file, { readOnly: true });
  const read = (): string[] => {
    const rows = reader.prepare('SELECT DISTINCT CAST(data AS TEXT) AS text FROM documents').all();
    return rows.map(({ text }) => String(text));
  };
  reader.exec('BEGIN');
  expect(read()).toEqual(['a'.repeat(3000)]);
  put('b');
  put('c');
  expect(read()).toEqual(['a'.repeat(3000)]);
  reader.exec('COMMIT');
  expect(read()).toEqual(['c'.repeat(3000)]);
  put('d');
  expect(read()).toEqual(['d'.repeat(3000)]);
  reader.close();
  writer.close();
});

const SOUND = (): void => openDatabase(file).close();
const REFUSED: readonly [string, () => void, RegExp][] = [
  ['a text', () => writeFileSync(file, 'Dear diary, '.repeat(100)), /is not a database/],
  ['a file of a few bytes', () => writeFileSync(file, 'SQLite'), /is not a database/],
  ["another program's database", () => sqlite('CREATE TABLE recipes (name TEXT)'), /belongs to another program/],
  [
    "a database with another program's mark",
    () => sqlite('PRAGMA application_id = 7; CREATE TABLE documents (id)'),
    /belongs to another program/,
  ],
  [
    'a store of a later format',
    () => {
      SOUND();
      sqlite('PRAGMA user_version = 1000');
    },
    /has format 1000; this version of Burrow knows \d+/,
  ],
  [
    'a store that was cut short',
    () => {
      SOUND();
      truncateSync(file, 4096 * 3);
    },
    /is damaged: \d+ bytes at its end are missing/,
  ],
  [
    'a store whose pages were overwritten',
    () => {
      SOUND();
      sqlite(`INSERT INTO lookups VALUES (1, 1, 1, 1)`);
      const bytes = readFileSync(file);
      bytes.fill(0x5a, 4096, bytes.length);
      writeFileSync(file, bytes);
    },
    /damaged|cannot be opened/,
  ],
];

describe('opening', () => {
  for (const [name, make, message] of REFUSED) {
    it(`refuses ${name} and changes nothing on disk`, () => {
      make();
      const before = contents();
      expect(() => openDatabase(file)).toThrow(StoreError);
      expect(() => openDatabase(file)).toThrow(message);
      expect(contents().filter((line) => !/-(wal|shm) /.test(line))).toEqual(before);
    });
  }

  it('says which file cannot be opened when it is a folder', () => {
    mkdirSync(file);
    expect(() => openDatabase(file)).toThrow(StoreError);
  });

  it('makes a store of an empty file', () => {
    writeFileSync(file, '');
    openDatabase(file).close();
    expect(() => openDatabase(file).close()).not.toThrow();
  });
});

describe('formats', () => {
  for (const version of MIGRATIONS.keys()) {
    it(`brings format ${version} up to date and keeps what is in it`, () => {
      const rows = `INSERT INTO documents (scope, collection, id, ts, action, data) VALUES (0, 1024, 5, 77, 0, x'0700');
        INSERT INTO lookups VALUES (1, 2, 3, 4);
        UPDATE counters SET value = 77 WHERE name = 'time'`;
      const steps = MIGRATIONS.slice(0, version).filter((step) => typeof step === 'string');
      sqlite(`${steps.join(';')}; PRAGMA user_version = ${version}; ${version > 0 ? rows : ''}`);
      const store = new Store(file, { now: () => 5n });
      const seen = store.read((transaction) => [
        transaction.version(0, 1024, 5n)?.ts,
        transaction.lookup('key', 2n),
        transaction.time,
      ]);
      store.close();
      expect(seen).toEqual(version > 0 ? [77n, { scope: 3, id: 4n }, 77n] : [undefined, undefined, 5n]);
      const database = new DatabaseSync(file);
      expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: MIGRATIONS.length });
      database.close();
    });
  }
});

describe('time', () => {
  it('grows over restarts and when the clock is set back', () => {
    const times: bigint[] = [];
    for (const now of [1000n, 400n, 1500n, 1500n, 2n]) {
      const store = new Store(file, { now: () => now });
      for (const result of store.write([
        (transaction) => {
          transaction.putLookup('key', now, 1, 1n);
          return transaction.time;
        },
        (transaction) => {
          transaction.putLookup('key', now, 1, 2n);
          return transaction.time;
        },
      ])) {
        if (result.status === 'fulfilled') times.push(result.value);
      }
      store.close();
    }
    expect(times).toEqual([1000n, 1001n, 1002n, 1003n, 1500n, 1501n, 1502n, 1503n, 1504n, 1505n]);
  });

  it('a group that wrote nothing leaves the file and its log alone', () => {
    const store = new Store(file, { now: () => 9n });
    const size = (): number => readFileSync(`${file}-wal`).length;
    store.write([(transaction) => transaction.putLookup('key', 1n, 1, 1n)]);
    const before = size();
    store.write([(transaction) => transaction.lookup('key', 1n)]);
    expect(size()).toBe(before);
    store.close();
  });

  it('a query that fails is undone alone', () => {
    const store = new Store(file, { now: () => 9n });
    const results = store.write([
      (transaction) => transaction.putLookup('key', 1n, 1, 1n),
      (transaction) => {
        transaction.putLookup('key', 2n, 1, 1n);
        throw new Error('no');
      },
      (transaction) => transaction.putLookup('key', 3n, 1, 1n),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const found = store.read((transaction) => [1n, 2n, 3n].map((key) => transaction.lookup('key', key) !== undefined));
    expect(found).toEqual([true, false, true]);
    store.close();
  });

  it("a reader's transaction writes nothing", () => {
    const store = new Store(file, { now: () => 9n });
    expect(() => store.read((transaction) => transaction.putLookup('key', 1n, 1, 1n))).toThrow('cannot write');
    store.close();
  });
});
