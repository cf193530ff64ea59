import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Launched } from '../electron-simulation/launch.ts';
import { newUserData, openBurrow } from './support/burrow.ts';
import { askFauna, continueHere, seesSignIn, seesSync, typeAtEnd, writeNote } from './support/walk.ts';

const opened = async () => {
  const userData = newUserData();
  const burrow = await openBurrow(userData);
  await seesSignIn(burrow.window);
  await continueHere(burrow.window);
  await writeNote(burrow.window, 'before it crashed');
  return { ...burrow, log: () => readFileSync(join(userData, 'logs', 'main.log'), 'utf8') };
};

/** What the window shows, asked by main: Playwright itself gives a page up once its process has ended. */
const shown = ({ app }: Launched): Promise<string> =>
  app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window || window.webContents.isCrashed()) return '';
    return String(await window.webContents.executeJavaScript('document.body.innerText').catch(() => ''));
  });

const crashWindow = ({ app }: Launched): Promise<void> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());

/** From now on questions are kept in `asked`, by their sentence, and answered with the button of this name. */
const answering = ({ app }: Launched, button: string): Promise<void> =>
  app.evaluate(({ dialog }, name) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = (async (_window: unknown, { message, buttons }: Electron.MessageBoxOptions) => {
      asked.push(message);
      return { response: buttons?.indexOf(name) ?? 0, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  }, button);
const asked = ({ app }: Launched): Promise<string[]> =>
  app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);

/** The process of Burrow's own services, once there is one other than `not`. */
const services = async ({ app }: Launched, not = 0): Promise<number> => {
  const find = () =>
    app.evaluate(({ app: running }) => running.getAppMetrics().find(({ name }) => name === 'Burrow services')?.pid);
  await expect.poll(async () => ![undefined, not].includes(await find())).toBe(true);
  return (await find()) ?? 0;
};

const endServices = async (burrow: Launched, times: number): Promise<void> => {
  for (let ended = 0, pid = 0; ended < times; ended++) {
    pid = await services(burrow, pid);
    process.kill(pid, 'SIGKILL');
  }
};

test('a window whose process has ended is loaded again by itself, on the notes as they were saved', async () => {
  const burrow = await opened();
  await crashWindow(burrow);
  await expect.poll(() => shown(burrow)).toContain('before it crashed');
  expect(burrow.log()).toMatch(/error window: its process is gone \(\w+, \d+\); the page is loaded again/);
});

test('a window that keeps crashing is loaded once more only when the person says so', async () => {
  const burrow = await opened();
  await answering(burrow, 'Try again');
  for (let crash = 1; crash <= 3; crash++) {
    await crashWindow(burrow);
    await expect.poll(() => burrow.log().match(/its process is gone/g)?.length).toBe(crash);
    await expect.poll(() => shown(burrow)).toContain('before it crashed');
  }
  expect(await asked(burrow)).toEqual(["Burrow's window keeps crashing."]);
});

test('a window that does not answer: the person is asked, and it is loaded again on the notes as they were saved', async () => {
  const burrow = await opened();
  await answering(burrow, 'Load the window again');
  await burrow.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    // A page that really hangs: it could not hear a question, nor a wish to reload.
    void window?.webContents.executeJavaScript('for (;;);').catch(() => {});
    window?.emit('unresponsive');
  });
  await expect.poll(() => burrow.log()).toContain('window: it does not answer');
  await expect.poll(() => shown(burrow)).toContain('before it crashed');
  expect(await asked(burrow)).toEqual(['The window does not answer.']);
});

test("Burrow's own services are killed: they are started again, and what was written meanwhile is synced", async () => {
  const burrow = await opened();
  await seesSync(burrow.window, /^Synced/);
  const before = await services(burrow);
  process.kill(before, 'SIGKILL');
  await typeAtEnd(burrow.window, ', and after it');
  expect(await services(burrow, before)).not.toBe(before);
  await seesSync(burrow.window, /^Synced/);
  await burrow.window
    .getByRole('list', { name: 'Notes' })
    .getByRole('img', { name: 'Waiting to be synced' })
    .waitFor({ state: 'detached' });
});

test("Burrow's own services end whenever they start, before anybody signed in: the sign-in says so, and comes once they stay", async () => {
  const burrow = await openBurrow(newUserData());
  await endServices(burrow, 4);
  const entry = burrow.window.getByRole('main', { name: 'Sign in' });
  await entry.getByText("Burrow's own services on this computer ended 4 times in a row").waitFor();
  await seesSignIn(burrow.window);
  await continueHere(burrow.window);
  // Their set-up was broken off four times, and is whole all the same.
  const { clerk, main, fauna } = await askFauna(burrow.window);
  expect(clerk).toMatch(/^user_/);
  expect([main, fauna]).toEqual([clerk, clerk]);
});

test("Burrow's own services end again and again: the window says so in words, and goes on once they stay", async () => {
  const burrow = await opened();
  await seesSync(burrow.window, /^Synced/);
  await endServices(burrow, 4);
  await typeAtEnd(burrow.window, ', and after it');
  await seesSync(burrow.window, /^Offline/);
  await burrow.window.getByRole('status', { name: 'Sync' }).getByRole('button').click();
  await burrow.window.getByText("Burrow's own services on this computer ended 4 times in a row").waitFor();
  await burrow.window.keyboard.press('Escape');
  await seesSync(burrow.window, /^Synced/);
});
