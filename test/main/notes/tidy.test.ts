import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openStore, temporaryFile, virtualClock, write } from './helpers.ts';

describe('tidying', () => {
  it('forgets the text of a note purged elsewhere, after a month and not before', async () => {
    const file = temporaryFile();
    const clock = virtualClock();
    const store = openStore({ file, clock });
    const { id } = store.create({ body: 'a very secret text' });
    const [sent] = store.sync.outgoing({ notes: 1, bytes: 1 });
    if (sent) store.sync.acknowledge([{ sent, ts: 1 }]);
    store.sync.apply([{ kind: 'purged', id, ts: 2 }]);
    const holdsIt = () => [file, `${file}-wal`].some((part) => readFileSync(part).includes('very secret'));
    clock.advance(29 * 86_400_000);
    store.tidy();
    expect(holdsIt()).toBe(true);
    clock.advance(2 * 86_400_000);
    store.tidy();
    await store.close();
    expect(readFileSync(file).includes('very secret')).toBe(false);
  });

  it('leaves what search answers as it was', async () => {
    const store = openStore();
    const { id } = store.create();
    for (let i = 0; i < 80; i++) write(store, id, `word${i} `);
    const before = await store.search('word7');
    store.tidy();
    expect(await store.search('word7')).toEqual(before);
    expect(before).toHaveLength(1);
  });
});
