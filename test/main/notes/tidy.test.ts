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
    while (store.tidy());
    expect(holdsIt()).toBe(true);
    clock.advance(2 * 86_400_000);
    while (store.tidy());
    await store.close();
    expect(readFileSync(file).includes('very secret')).toBe(false);
  });

  it('comes to an end, and search answers the same before and after', async () => {
    const store = openStore();
    const { id } = store.create();
    for (let i = 0; i < 80; i++) write(store, id, `word${i} `);
    const before = await store.search('word7');
    let calls = 1;
    while (store.tidy()) calls++;
    expect(calls).toBeLessThan(50);
    expect(await store.search('word7')).toEqual(before);
    expect(before).toHaveLength(1);
  });
});
