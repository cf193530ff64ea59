import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { indexPath } from '../../../src/main/notes/search/index-file.ts';
import { workerDoor } from '../../../src/main/notes/search/worker-door.ts';
import { openStore, temporaryFile, virtualClock, write } from './helpers.ts';

const inWorker = workerDoor(
  (data) => new Worker(new URL('../../../src/main/notes/search/worker.ts', import.meta.url), { workerData: data }),
);
const found = async (store: ReturnType<typeof openStore>, query: string): Promise<string[]> =>
  (await store.search(query)).map(({ id }) => id);

/** How many rows the index has, and how many of them have words. */
function sizeOf(file: string): { rows: number; indexed: number } {
  const db = new DatabaseSync(indexPath(file), { readOnly: true });
  try {
    const count = (sql: string): number => Number(db.prepare(sql).get()?.n);
    return {
      rows: count('SELECT count(*) AS n FROM rows'),
      indexed: count('SELECT count(*) AS n FROM words_docsize'),
    };
  } finally {
    db.close();
  }
}

describe('the search index', () => {
  it('has a file of its own, made at the first search and filled with all there is', async () => {
    const file = temporaryFile();
    const store = openStore({ file });
    const ids = Array.from({ length: 1_203 }, (_, at) => store.create({ body: `word${at} text` }).id);
    expect(existsSync(indexPath(file))).toBe(false);
    expect(await found(store, 'word1202 ')).toEqual([ids.at(-1)]);
    expect(await found(store, 'word0 ')).toEqual([ids[0]]);
    await store.close();
    expect(sizeOf(file)).toEqual({ rows: 1_203, indexed: 1_203 });
  });

  it('finds the notes beside it whatever their path, and reads tags as words', async () => {
    const file = temporaryFile().replace(/[^/\\]*$/, 'a #1 %20 ü&mode=rw.db');
    const store = openStore({ file });
    const { id } = store.create({ body: 'text', tags: ['one"two', 'naïve\\path'] });
    expect(await found(store, 'two')).toEqual([id]);
    expect(await found(store, 'naive')).toEqual([id]);
    expect(await found(store, '"one two"')).toEqual([id]);
    expect(await found(store, '"naive path"')).toEqual([id]);
    await store.close();
    expect(sizeOf(file)).toEqual({ rows: 1, indexed: 1 });
  });

  it('keeps apart, and in order, notes that were edited in the same second', async () => {
    const clock = virtualClock();
    const file = temporaryFile();
    const store = openStore({ file, clock });
    const at = (count: number) => Array.from({ length: count }, () => store.create({ body: 'same' }).id);
    const first = at(300);
    await store.indexed();
    const second = at(300);
    write(store, first[7] ?? '', ' again');
    clock.advance(3_600_000);
    const [last] = at(1);
    const hits = await found(store, 'same ');
    expect(hits[0]).toBe(last);
    expect(new Set(hits).size).toBe(50);
    expect(await found(store, 'again ')).toEqual([first[7]]);
    for (const id of [...first, ...second]) store.purge(id);
    expect(await found(store, 'same ')).toEqual([last]);
    await store.close();
    expect(sizeOf(file)).toEqual({ rows: 1, indexed: 1 });
  });

  it('takes in what was saved before a crash that left it behind', async () => {
    const file = temporaryFile();
    const store = openStore({ file });
    const { id } = store.create({ body: 'first' });
    await store.search('first');
    write(store, id, ' and second');
    const gone = store.create({ body: 'third' });
    store.purge(gone.id);
    await store.close();
    const again = openStore({ file, search: inWorker });
    expect(await found(again, 'second')).toEqual([id]);
    expect(await found(again, 'third')).toEqual([]);
    await again.close();
    expect(sizeOf(file)).toEqual({ rows: 1, indexed: 1 });
  });

  it('forgets a purged note and takes it back when it comes back', async () => {
    const store = openStore();
    const { id } = store.create({ body: 'here and gone' });
    const [sent] = store.sync.outgoing({ notes: 1, bytes: 1 });
    if (sent) store.sync.acknowledge([{ sent, ts: 1 }]);
    expect(await found(store, 'gone')).toEqual([id]);
    store.sync.apply([{ kind: 'purged', id, ts: 2 }]);
    expect(await found(store, 'gone')).toEqual([]);
    const [, doc] = [store, sent?.kind === 'note' ? sent.state : new Uint8Array()];
    store.sync.apply([
      {
        ...{ kind: 'note', id, ts: 3, format: 1, state: doc, body: 'here and gone', tags: [], pinned: false },
        ...{ trashedAt: null, createdAt: null, editedAt: null, device: null },
      },
    ]);
    expect(await found(store, 'gone')).toEqual([id]);
  });

  it.each([
    ['is damaged', (path: string) => writeFileSync(path, readFileSync(path).fill(0xa5, 4096))],
    ['is no database', (path: string) => writeFileSync(path, 'gibberish')],
    ['is empty', (path: string) => writeFileSync(path, '')],
    ['is gone', (path: string) => rmSync(path)],
  ])('is made anew, unseen, when it %s', async (_, harm) => {
    const file = temporaryFile();
    const store = openStore({ file });
    const ids = Array.from({ length: 40 }, (_, at) => store.create({ body: `note ${at} ${'text '.repeat(200)}` }).id);
    await store.indexed();
    await store.close();
    harm(indexPath(file));
    const again = openStore({ file });
    expect(again.notices).toEqual([]);
    expect(await found(again, 'note 7 ')).toEqual([ids[7]]);
    expect(await again.check()).toBeNull();
  });

  it('is made anew when it knows what the notes have lost, or is of other notes', async () => {
    const file = temporaryFile();
    const before = `${file}.before`;
    const store = openStore({ file });
    const { id } = store.create({ body: 'old words' });
    await store.close();
    copyFileSync(file, before);
    const later = openStore({ file });
    later.restoreBody(id, 'lost in a power cut');
    await later.indexed();
    await later.close();
    copyFileSync(before, file);
    const back = openStore({ file });
    back.create({ body: 'more' });
    back.create({ body: 'and more' });
    expect(await found(back, 'lost')).toEqual([]);
    expect(await found(back, 'old')).toEqual([id]);
    await back.close();

    const other = temporaryFile();
    const strangers = openStore({ file: other });
    const { id: strange } = strangers.create({ body: 'strange words' });
    await strangers.close();
    copyFileSync(indexPath(file), indexPath(other));
    const stranger = openStore({ file: other });
    expect(await found(stranger, 'words')).toEqual([strange]);
  });

  it('is filled by the worker while nobody searches', async () => {
    const file = temporaryFile();
    const store = openStore({ file, search: inWorker });
    for (let at = 0; at < 500; at++) store.create({ body: `word${at}` });
    const log = `${indexPath(file)}-wal`;
    await expect.poll(() => existsSync(log) && statSync(log).size, { timeout: 15_000 }).toBeGreaterThan(0);
    // Answered after the work that the worker is in the middle of.
    await store.check();
    await store.close();
    expect(sizeOf(file)).toEqual({ rows: 500, indexed: 500 });
  });
});
