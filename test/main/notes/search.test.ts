import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { workerDoor } from '../../../src/main/notes/search/worker-door.ts';
import { openStore, temporaryFile, virtualClock, write } from './helpers.ts';

const START = '\u0002';
const END = '\u0003';

describe('search', () => {
  it('finds words in title, body and tags, whatever their case and accents, and marks them', async () => {
    const store = openStore();
    const cafe = store.create({ body: '# Das Café\n\nMilch und Brötchen kaufen' });
    const tagged = store.create({ body: 'Nothing to see', tags: ['cafe'] });
    const hits = await store.search('CAFE');
    expect(hits.map((hit) => hit.id).sort()).toEqual([cafe.id, tagged.id].sort());
    expect(hits.find((hit) => hit.id === cafe.id)?.snippet).toContain(`Das ${START}Café${END}`);
    expect((await store.search('brotchen'))[0]?.snippet).toContain(`${START}Brötchen${END}`);
  });

  it('wants all the words, takes the last one as the start of a word, and quoted words as they stand', async () => {
    const store = openStore();
    const { id } = store.create({ body: 'the quick brown fox' });
    const ids = async (query: string) => (await store.search(query)).map((hit) => hit.id);
    expect(await ids('fox quick')).toEqual([id]);
    expect(await ids('quick bro')).toEqual([id]);
    expect(await ids('bro quick')).toEqual([]);
    expect(await ids('quick bro ')).toEqual([]);
    expect(await ids('"brown fox"')).toEqual([id]);
    expect(await ids('"fox brown"')).toEqual([]);
    expect(await ids('quick "brown f')).toEqual([id]);
  });

  it.each([
    '',
    ' ',
    '"',
    '""',
    '*',
    '()',
    'AND',
    'NOT',
    'OR NOT',
    'NEAR(',
    'a*b',
    'title:',
    'title : x',
    '-x',
    '^x',
    '{a b}',
    "'",
    ';--',
    '\u0000',
    '🎉',
    '\ud800',
    '\u0301',
    '"a',
    'a"',
    'a AND',
    '+',
    'x'.repeat(256),
    'a '.repeat(128),
    '…',
    '%',
    '_',
  ])('takes %j as words, never as a query language', async (query) => {
    const store = openStore();
    store.create({ body: 'a note and not near x' });
    await expect(store.search(query)).resolves.toBeInstanceOf(Array);
  });

  it('shows the newest first, titles before texts, when very many notes match', async () => {
    const clock = virtualClock();
    const store = openStore({ clock });
    const titled = store.create({ body: 'Meeting of the board' });
    let last = '';
    for (let i = 0; i < 410; i++) {
      clock.advance(1000);
      last = store.create({ body: `Note ${i}\nabout a meeting` }).id;
    }
    const hits = await store.search('m');
    expect(hits).toHaveLength(50);
    expect(hits.map((hit) => hit.id).slice(0, 2)).toEqual([titled.id, last]);
  });

  it('knows an edit at once, and forgets the old text', async () => {
    const store = openStore();
    const { id } = store.create({ body: 'apples' });
    store.restoreBody(id, 'pears');
    expect(await store.search('apples')).toEqual([]);
    expect(await store.search('pears')).toHaveLength(1);
    write(store, id, ' and plums');
    expect(await store.search('plums')).toHaveLength(1);
    store.setTags(id, ['fruit']);
    expect(await store.search('fruit')).toHaveLength(1);
  });

  it('shows the place of the match in a long note on one line without control characters', async () => {
    const store = openStore();
    store.create({
      body: `${'lorem ipsum\n'.repeat(300)}the ${START}needle${END}\n\tin the hay ${'dolor '.repeat(300)}`,
    });
    const [hit] = await store.search('needle');
    expect(hit?.snippet).toContain(`${START}needle${END}`);
    expect(hit?.snippet.split(START)).toHaveLength(2);
    expect(hit?.snippet).not.toMatch(/[\n\t]/);
    expect(hit?.snippet.length).toBeLessThan(260);
  });
});

describe('search in a worker', () => {
  const source = new URL('../../../src/main/notes/search/worker.ts', import.meta.url);
  const start = (data: object) => new Worker(source, { workerData: data });

  it('answers as the same thread does, sees each save, and drops a query that was overtaken', async () => {
    const store = openStore({ search: workerDoor(start) });
    const { id } = store.create({ body: 'hello world' });
    expect((await store.search('hello')).map((hit) => hit.id)).toEqual([id]);
    write(store, id, ' again');
    const answers = await Promise.all([store.search('hello'), store.search('agai'), store.search('again')]);
    expect(answers.map((hits) => hits.length)).toEqual([1, 0, 1]);
    expect(await store.check()).toBeNull();
  });

  it('starts another worker after one has died', async () => {
    const workers: Worker[] = [];
    const store = openStore({
      search: workerDoor((data) => {
        const worker = start(data);
        workers.push(worker);
        return worker;
      }),
    });
    store.create({ body: 'hello' });
    await store.search('hello');
    await workers[0]?.terminate();
    expect(await store.search('hello')).toHaveLength(1);
    expect(workers).toHaveLength(2);
  });

  it('fails in words when the worker cannot start', async () => {
    const store = openStore({
      file: temporaryFile(),
      search: workerDoor(() => new Worker('process.exit(1)', { eval: true })),
    });
    await expect(store.search('x')).rejects.toMatchObject({ failure: { code: 'search-failed' } });
  });
});
