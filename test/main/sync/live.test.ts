import { describe, expect, it, vi } from 'vitest';
import { ACCOUNT, bodyOf, write } from '../notes/helpers.ts';
import { startDevice } from './device.ts';
import { startFauna } from './fauna.ts';

const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 5 });

describe('the live stream', () => {
  it('brings an edit to another device without anybody asking', async () => {
    const fauna = await startFauna();
    const token = await fauna.tokenFor(ACCOUNT);
    const laptop = startDevice({ gateway: fauna.gateway, token });
    const note = laptop.store.create({ body: '1' });
    await until(() => expect(laptop.engine.status()).toMatchObject({ state: 'synced', waiting: 0 }));
    const phone = startDevice({ gateway: fauna.gateway, token, device: 'phone' });
    await until(() => expect(phone.store.list()).toHaveLength(1));
    await until(() => expect(phone.store.sync.readLog(5).map(({ event }) => event)).toContain('live'));
    for (let edit = 2; edit < 6; edit++) {
      write(laptop.store, note.id, String(edit));
      await until(() => expect(bodyOf(phone.store, note.id)).toContain(String(edit)));
      write(phone.store, note.id, String(edit));
      await until(() => expect(bodyOf(laptop.store, note.id)).toContain(`${edit}${edit}`));
    }
  });
});
