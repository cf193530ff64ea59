import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openFile } from '../../../src/main/notes/file/open-file.ts';
import type { RemoteText } from '../../../src/main/notes/remote/remote-note.ts';
import { openStore, temporaryFile, write } from './helpers.ts';

const PAGE = 20;
const page = (number: number): RemoteText[] =>
  Array.from({ length: PAGE }, (_, at) => ({
    ...{
      kind: 'note',
      id: String(1 + number * PAGE + at),
      ts: 1_000_000 - number * PAGE - at,
      format: 1,
      state: null,
      earlier: [],
    },
    ...{ body: `note ${number}/${at} ${'text '.repeat(100)}`, tags: [], pinned: false, trashedAt: null },
    ...{ createdAt: 1, editedAt: 1, device: null },
  }));

/** A server's own notes, with the state that Burrow writes. */
const pages = (count: number): RemoteText[][] => {
  const store = openStore();
  for (let number = 0; number < count; number++) store.sync.apply(page(number));
  const sent = store.sync.outgoing({ notes: 1e6, bytes: 1e9 });
  const states = new Map(sent.map((one) => [one.id, one.kind === 'note' ? one.state : null]));
  return Array.from({ length: count }, (_, number) =>
    page(number).map((note) => ({ ...note, state: states.get(note.id) ?? null })),
  );
};

describe('a page of a first sync', () => {
  it('is merged with where the walk is, whole or not at all, wherever a power cut ends the log', async () => {
    const file = temporaryFile();
    const store = openStore({ file });
    for (const [number, notes] of pages(8).entries()) {
      store.sync.applyFirst(notes, { walk: JSON.stringify({ done: (number + 1) * PAGE }) });
    }
    const log = readFileSync(`${file}-wal`);
    const seen = new Set<number>();
    for (let length = 0; length < log.length; length += 7_919) {
      const cut = temporaryFile();
      copyFileSync(file, cut);
      writeFileSync(`${cut}-wal`, log.subarray(0, length));
      // Cut before the tables were there: nothing to compare.
      const again = openStore({ file: cut });
      const done = Number(JSON.parse(again.sync.walk ?? '{"done":0}').done);
      expect(again.list()).toHaveLength(done);
      expect(again.sync.cursor).toBeNull();
      seen.add(done);
      await again.close();
    }
    expect(seen.size).toBeGreaterThan(4);
    expect(store.list()).toHaveLength(8 * PAGE);
  });

  it('that fails leaves the walk where it was, and every later save waits for the disk again', () => {
    const file = openFile(temporaryFile());
    const durable = (): unknown => file.db.prepare('PRAGMA synchronous').get()?.synchronous;
    file.fetched(() => expect(durable()).toBe(1));
    expect(durable()).toBe(2);
    expect(() =>
      file.fetched(() => {
        throw new Error('half way');
      }),
    ).toThrow('half way');
    expect(durable()).toBe(2);
    file.close();

    const store = openStore();
    const [first, second] = pages(2) as [RemoteText[], RemoteText[]];
    store.sync.applyFirst(first, { walk: 'first' });
    expect(() => store.sync.applyFirst([...second, null as never], { walk: 'second' })).toThrow();
    expect(store.sync.walk).toBe('first');
    expect(store.list()).toHaveLength(PAGE);
  });

  it('leaves nothing to be sent, and can be edited at once', () => {
    const store = openStore();
    const [notes] = pages(1) as [RemoteText[]];
    expect(store.sync.applyFirst(notes, {}).map(({ outcome }) => outcome)).toEqual(notes.map(() => 'new'));
    expect(store.sync.outgoing({ notes: 10, bytes: 1e6 })).toEqual([]);
    write(store, '3', ' and more');
    expect(store.sync.outgoing({ notes: 10, bytes: 1e6 })).toMatchObject([{ id: '3', baseTs: 999_998 }]);
  });
});
