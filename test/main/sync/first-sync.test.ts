import { expect, it, vi } from 'vitest';
import { ACCOUNT, temporaryFile } from '../notes/helpers.ts';
import { startDevice } from './device.ts';
import { startFauna } from './fauna.ts';

const until = (check: () => void) => vi.waitFor(check, { timeout: 60_000, interval: 10 });

const NOTES = 650;

/** An account whose notes a laptop has pushed. */
const largeAccount = async () => {
  const fauna = await startFauna();
  const token = await fauna.tokenFor(ACCOUNT);
  const laptop = startDevice({ gateway: fauna.gateway, token });
  laptop.engine.stop();
  for (let at = 0; at < NOTES; at++) laptop.store.create({ body: `note ${at}` });
  for (;;) {
    const batch = laptop.store.sync.outgoing({ notes: 50, bytes: 10_000_000 });
    if (batch.length === 0) break;
    const answers = await fauna.gateway.push(token, batch);
    laptop.store.sync.acknowledge(
      batch.flatMap((sent, at) => {
        const answer = answers[at];
        return answer?.kind === 'written' ? [{ sent, ts: answer.ts }] : [];
      }),
    );
  }
  return { fauna, token };
};

it('a large account arrives the newest notes first, says how far it is, and goes on where it was cut off', async () => {
  const { fauna, token } = await largeAccount();
  const file = temporaryFile();
  let pages = 0;
  const phone = startDevice({
    token,
    file,
    device: 'phone',
    gateway: {
      ...fauna.gateway,
      newest: (...question) => {
        pages += 1;
        if (pages === 3) return new Promise(() => {});
        return fauna.gateway.newest(...question);
      },
    },
  });
  // The third page is asked for while the second is merged.
  await until(() => expect(phone.store.list()).toHaveLength(500));
  expect(pages).toBe(3);
  const titles = phone.store.list().map(({ title }) => title);
  expect(titles).toContain('note 649');
  expect(titles).not.toContain('note 0');
  // Counted only when it takes long.
  expect(phone.told.find(({ progress }) => progress)?.progress).toEqual({ done: 100, total: null });
  await until(() => expect(phone.told.at(-1)?.progress).toEqual({ done: 500, total: 650 }));
  phone.engine.stop();
  await phone.store.close();

  const again = startDevice({ gateway: fauna.gateway, token, file, device: 'phone' });
  await until(() => expect(again.engine.status()).toMatchObject({ state: 'synced', progress: null }));
  expect(again.store.list()).toHaveLength(650);
  expect(again.store.sync.readLog(50).find(({ event }) => event === 'first-sync')?.detail).toEqual({ notes: 650 });
});

it('passes no note over when the process ends in the middle of it, wherever that is', async () => {
  const { fauna, token } = await largeAccount();
  const found: number[] = [];
  for (const step of [1, 4, 6, 8, 11, 12]) {
    const file = temporaryFile();
    let steps = 0;
    let dead = false;
    const phone = startDevice({
      ...{ gateway: fauna.gateway, token, file, device: 'phone' },
      probe: () => {
        steps += 1;
        // The first steps are those of opening the file.
        dead ||= steps > 6 + step;
        if (dead) throw new Error('the process has ended');
      },
    });
    await until(() => expect(dead).toBe(true));
    phone.engine.stop();
    await phone.store.close();

    const again = startDevice({ gateway: fauna.gateway, token, file, device: 'phone' });
    found.push(again.store.list().length);
    await until(() => expect(again.engine.status()).toMatchObject({ state: 'synced', waiting: 0 }));
    expect(again.store.list()).toHaveLength(NOTES);
    again.engine.stop();
    await again.store.close();
  }
  // It did end at different places.
  expect(new Set(found).size).toBeGreaterThan(2);
}, 90_000);
