import type { Page } from 'playwright';
import { expect, onTestFinished, test } from 'vitest';
import type { Launched } from '../electron-simulation/launch.ts';
import { newUserData, openBurrow } from './support/burrow.ts';
import { openDoor } from './support/door.ts';
import { startStack } from './support/stack.ts';
import { seesSignIn, seesSync, signUp, typeAtEnd, writeNote } from './support/walk.ts';

/** Signed in on servers that can be cut off, with a synced note; from now on main waits for nothing longer than a moment. */
const withoutPatience = async () => {
  const { stack } = await startStack();
  const door = await openDoor(stack);
  onTestFinished(() => door.close());
  const burrow = await openBurrow(newUserData(), { env: { BURROW_CONNECTION: door.file } });
  await seesSignIn(burrow.window);
  await signUp(burrow.window, 'grace@example.com', 'correct horse battery staple');
  await writeNote(burrow.window, 'written before');
  await seesSync(burrow.window, /^Synced/);
  await stopTimers(burrow);
  return { ...burrow, door };
};

/** No timer of main rings any more but the shortest: a try again after a while, a poll and a time limit never come. */
const stopTimers = ({ app }: Launched): Promise<void> =>
  app.evaluate(() => {
    const set = globalThis.setTimeout;
    const never = 2 ** 31 - 1;
    globalThis.setTimeout = ((call: () => void, ms = 0) => set(call, ms > 250 ? never : ms)) as typeof setTimeout;
  });

const networkComesBack = async ({ window }: { window: Page }): Promise<void> => {
  await window.context().setOffline(true);
  await window.context().setOffline(false);
};
const personComesBack = ({ window }: { window: Page }): Promise<void> =>
  window.evaluate(() => {
    for (const state of ['hidden', 'visible']) {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }
  });
const computerWakesUp = ({ app }: Launched): Promise<void> =>
  app.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('resume');
  });

test.each<[string, (burrow: Launched) => Promise<void>]>([
  ['the network comes back', networkComesBack],
  ['the person comes back to the window', personComesBack],
  ['the computer wakes up', computerWakesUp],
])('%s: what was written offline is synced at once, not when the next try is due', async (_what, comesBack) => {
  const burrow = await withoutPatience();
  await burrow.door.cut();
  await typeAtEnd(burrow.window, ', and offline');
  await seesSync(burrow.window, /^Offline/);
  await burrow.door.restore();
  await comesBack(burrow);
  await seesSync(burrow.window, /^Synced/);
});

test('a request that was swallowed by the lost network is asked again on the new one, not awaited to its end', async () => {
  const burrow = await withoutPatience();
  burrow.door.silence();
  await typeAtEnd(burrow.window, ', into the silence');
  const waiting = burrow.window.getByRole('list', { name: 'Notes' }).getByRole('img', { name: 'Waiting to be synced' });
  await waiting.waitFor();
  await expect.poll(() => burrow.door.swallowed()).toBeGreaterThan(0);
  await burrow.door.restore();
  await networkComesBack(burrow);
  await waiting.waitFor({ state: 'detached' });
});
